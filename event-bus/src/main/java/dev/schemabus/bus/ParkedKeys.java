package dev.schemabus.bus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Internal: which keys of a source partition are parked, because records of theirs stand in the retry partition of the
 * same number. It lives as long as this member has the retry partition, and holds nothing that can't be read from there
 * again: the retry partition itself is the lock.
 *
 * <p>What holds at any time, for each key:
 *
 * <ol>
 *   <li><b>Lock.</b> The key is parked exactly while the retry partition has a record of it at or behind the committed
 *       offset. (Uncommitted, and not unfinished: after a crash such a record comes again, and a later one of its key must
 *       then come after it.)
 *   <li><b>No overtaking.</b> While the key is parked, no record of it goes from the source partition to the handler: it
 *       goes behind, in the retry partition.
 *   <li><b>Order.</b> Of the unfinished records of the key, the one with the lowest origin (its offset in the source) is
 *       handled first. One that fails moves to the end with its attempts counted, and those behind it move behind it.
 *   <li><b>Write first.</b> An offset, in the source or in the retry partition, is complete only when the copy behind is
 *       acknowledged. So a crash leaves a record twice and never not at all.
 *   <li><b>One copy counts.</b> Of copies with the same origin, the last one. A source record at or before the highest
 *       origin of its parked key is there already or finished, because the key's records went in order: it is dropped.
 *       That is remembered until the source is committed beyond.
 *   <li><b>Strangers are dropped.</b> A copy that was there when this term began is in the index, one that this term wrote
 *       is noted before it is sent. Any other was written late by a former owner who never completed its original, and
 *       the original is ours.
 *   <li><b>Limits hold, nothing is dropped.</b> Beyond so many keys, or records of a key, the source partition pauses.
 * </ol>
 *
 * <p>Workers and the poll thread use it. A key's lane lets one record at a time ask, so between the answer and what the
 * record does with it, no other record of the key intervenes.
 */
final class ParkedKeys {

    /** What a record that has its turn does. */
    enum Turn {
        /** Goes to the handler. */
        HANDLE,
        /** Goes to the end of the retry partition, behind what it must not overtake. */
        FOLLOW,
        /** Is complete: a duplicate. */
        DROP,
        /** Asks again a little later. */
        WAIT
    }

    /** The origin of a record that nobody moved: a replay, which stands in no order with the source. */
    static final long NO_ORIGIN = -1;

    /** How long a key whose records are all finished waits for their commit, before more of it goes there. */
    private static final long COMMIT_WAIT = TimeUnit.SECONDS.toNanos(2);

    /** How long the source partition pauses after a record found no room; it asks again more often than that. */
    private static final long FULL = TimeUnit.MILLISECONDS.toNanos(300);

    /** A key. */
    private static final class Parked {
        /** Its uncommitted copies, by their offset in the retry partition. */
        final TreeMap<Long, Long> origins = new TreeMap<>();
        /** For each origin that is unfinished, the offset of the copy that counts. */
        final TreeMap<Long, Long> counting = new TreeMap<>();

        int unfinished;
        long highest = NO_ORIGIN;
        /** Origins on their way: at most one from the source and one within the retry partition. */
        final Set<Long> appending = new HashSet<>();

        long handled = NO_ORIGIN;
        long finishedAt;

        boolean isGone() {
            return origins.isEmpty() && appending.isEmpty();
        }
    }

    private final int maxKeys;
    private final int maxRecords;
    private final LongSupplier nanoTime;
    private final Map<Object, Parked> keys = new HashMap<>();
    /** Whose record stands at an offset, for all uncommitted ones. */
    private final TreeMap<Long, Object> owners = new TreeMap<>();

    private final TreeSet<Long> unfinished = new TreeSet<>();
    private @Nullable Long fullSince;
    private long committedTo;
    private long sourceCommittedTo;
    /** Keys with nothing in the retry partition any more, of which the source may bring duplicates: by highest origin. */
    private final TreeMap<Long, Object> lingering = new TreeMap<>();

    /**
     * @param maxKeys how many keys may be parked
     * @param maxRecords how many records of a key may be unfinished
     */
    ParkedKeys(int maxKeys, int maxRecords, LongSupplier nanoTime) {
        this.maxKeys = maxKeys;
        this.maxRecords = maxRecords;
        this.nanoTime = nanoTime;
    }

    /** Notes a copy that stood there when the term began. In the order of offsets. */
    synchronized void found(Object key, long origin, long at) {
        add(key, origin, at);
    }

    /** Notes a record of the retry partition that has come; a stranger will be told to drop. */
    synchronized void arrived(Object key, long origin, long at) {
        Parked parked = keys.get(key);
        // Of two that come before the acknowledgement, the second is a stranger if the first is handled already.
        boolean ours =
                origin == NO_ORIGIN || (parked != null && parked.appending.contains(origin) && parked.handled < origin);
        if (ours) {
            add(key, origin, at);
        }
    }

    /** What a record of the source partition does. */
    synchronized Turn ofSource(Object key, long offset) {
        Parked parked = keys.get(key);
        if (parked == null) {
            return Turn.HANDLE;
        }
        if (offset <= parked.highest) {
            return Turn.DROP;
        }
        if (parked.isGone()) {
            return Turn.HANDLE;
        }
        if (parked.unfinished == 0 && parked.appending.isEmpty() && commitIsNear(parked)) {
            return Turn.WAIT;
        }
        return hasRoom(parked) ? Turn.FOLLOW : Turn.WAIT;
    }

    /** What a record of the retry partition does. */
    synchronized Turn ofRetry(Object key, long at) {
        Parked parked = keys.get(key);
        Long origin = parked == null ? null : parked.origins.get(at);
        if (parked == null || origin == null) {
            return Turn.DROP;
        }
        if (origin == NO_ORIGIN) {
            return Turn.HANDLE;
        }
        Long counting = parked.counting.get(origin);
        if (counting == null || counting != at) {
            return Turn.DROP;
        }
        return parked.counting.firstKey() < origin ? Turn.FOLLOW : Turn.HANDLE;
    }

    /**
     * Parks the key before a record of it is sent to the retry partition. Asked again for a record that is sent again.
     *
     * @param moved whether it stands there already, so that it needs no room of its own
     * @return false if there is no room now
     */
    synchronized boolean appending(Object key, long origin, boolean moved) {
        Parked parked = keys.get(key);
        if (parked == null && !moved && keys.size() >= maxKeys) {
            fullSince = nanoTime.getAsLong();
            return false;
        }
        if (parked == null) {
            parked = new Parked();
            keys.put(key, parked);
        }
        if (!moved && !parked.appending.contains(origin) && !hasRoom(parked)) {
            return false;
        }
        parked.appending.add(origin);
        return true;
    }

    /** Notes that it stands there now. */
    synchronized void appended(Object key, long origin, long at) {
        // The consumer may have been quicker than the acknowledgement, and all of it over.
        if (at >= committedTo) {
            add(key, origin, at);
        }
        notAppended(key, origin);
    }

    /** Notes that it is not on its way there any more. */
    synchronized void notAppended(Object key, long origin) {
        Parked parked = keys.get(key);
        if (parked != null) {
            parked.appending.remove(origin);
            unparkIfEmpty(key, parked);
        }
    }

    /** Notes that a record of the retry partition is handled, a dead letter, dropped, or moved behind. */
    synchronized void finished(Object key, long at) {
        Parked parked = keys.get(key);
        if (parked == null || !unfinished.remove(at)) {
            return;
        }
        parked.unfinished--;
        Long origin = parked.origins.get(at);
        if (origin != null && parked.counting.remove(origin, at)) {
            parked.handled = Math.max(parked.handled, origin);
        }
        parked.finishedAt = nanoTime.getAsLong();
    }

    /** Notes up to where the retry partition is committed: keys that have nothing from there on are free. */
    synchronized void committed(long position) {
        committedTo = Math.max(committedTo, position);
        while (!owners.isEmpty() && owners.firstKey() < position) {
            Map.Entry<Long, Object> first = Objects.requireNonNull(owners.pollFirstEntry());
            unfinished.remove(first.getKey());
            Parked parked = keys.get(first.getValue());
            if (parked != null) {
                parked.origins.remove(first.getKey());
                unparkIfEmpty(first.getValue(), parked);
            }
        }
    }

    /** Notes up to where the source partition is committed: no duplicates come from before. */
    synchronized void sourceCommitted(long position) {
        sourceCommittedTo = Math.max(sourceCommittedTo, position);
        while (!lingering.isEmpty() && lingering.firstKey() < sourceCommittedTo) {
            Object key = Objects.requireNonNull(lingering.pollFirstEntry()).getValue();
            Parked parked = keys.get(key);
            if (parked != null) {
                unparkIfEmpty(key, parked);
            }
        }
    }

    /** Whether a record found no room a moment ago. */
    synchronized boolean full() {
        return fullSince != null && nanoTime.getAsLong() - fullSince < FULL;
    }

    /** How many keys are parked. */
    synchronized int size() {
        return (int) keys.values().stream().filter(key -> !key.isGone()).count();
    }

    /** How many keys are remembered. */
    synchronized int remembered() {
        return keys.size();
    }

    private void add(Object key, long origin, long at) {
        Parked parked = keys.computeIfAbsent(key, k -> new Parked());
        if (parked.origins.putIfAbsent(at, origin) != null) {
            return;
        }
        owners.put(at, key);
        unfinished.add(at);
        parked.unfinished++;
        if (origin != NO_ORIGIN) {
            parked.counting.merge(origin, at, Math::max);
            parked.highest = Math.max(parked.highest, origin);
        }
    }

    /** Whether only the next commit is between a key and its freedom, and not an unfinished record of another key. */
    private boolean commitIsNear(Parked parked) {
        boolean blocked =
                !unfinished.isEmpty() && !parked.origins.isEmpty() && unfinished.first() < parked.origins.lastKey();
        return !blocked && nanoTime.getAsLong() - parked.finishedAt < COMMIT_WAIT;
    }

    private boolean hasRoom(Parked parked) {
        if (parked.unfinished < maxRecords) {
            return true;
        }
        fullSince = nanoTime.getAsLong();
        return false;
    }

    private void unparkIfEmpty(Object key, Parked parked) {
        if (!parked.isGone()) {
            return;
        }
        if (parked.highest < sourceCommittedTo) {
            keys.remove(key);
        } else {
            lingering.put(parked.highest, key);
        }
    }
}
