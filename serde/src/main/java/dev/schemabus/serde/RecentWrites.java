package dev.schemabus.serde;

import dev.schemabus.serde.PreparedWrites.Entry;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The few preparations that a writer mostly needs, found for every record by looking at some entries of an array: no lock, no
 * hash, no allocation. They are held weakly, and otherwise hang on their class ({@link PreparedWrites}), so that a writer that
 * lives long keeps no class from unloading.
 */
final class RecentWrites<T> {

    /** With more, those that come last would cost more than a hash. */
    private static final int MOST = 8;

    private volatile WeakReference<Entry<T>>[] entries = entries(0);

    /** What was prepared for an event; null if that isn't here. */
    @Nullable
    PreparedWrite<T> find(String topic, Object event) {
        for (WeakReference<Entry<T>> reference : entries) {
            Entry<T> entry = reference.get();
            if (entry != null && entry.isFor(event, topic)) {
                return entry.write;
            }
        }
        return null;
    }

    /**
     * Adds one that lasts, if there is room, or one of an unloaded class to make room. Threads that miss one together all add
     * it: the first counts.
     */
    synchronized void add(Entry<T> added) {
        WeakReference<Entry<T>>[] old = entries;
        int place = old.length;
        for (int i = old.length - 1; i >= 0; i--) {
            Entry<T> known = old[i].get();
            if (known == null) {
                place = i;
            } else if (known.isForTheSame(added)) {
                return;
            }
        }
        if (place < MOST) {
            WeakReference<Entry<T>>[] newer = entries(Math.max(old.length, place + 1));
            System.arraycopy(old, 0, newer, 0, old.length);
            newer[place] = new WeakReference<>(added);
            entries = newer;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type arguments
    private static <T> WeakReference<Entry<T>>[] entries(int length) {
        return new WeakReference[length];
    }
}
