package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What changes over time, believed for a while. Before its time is over it is asked for again in the background, so that who
 * reads it regularly never waits; when it can't be asked for, what was last known goes on being believed, and only the
 * background waits for the registry. The first who finds its time over waits a little, to get a new one if there is one.
 */
final class LatestCache<K, V> {

    private static final Logger LOG = LoggerFactory.getLogger(LatestCache.class);

    /**
     * An answer.
     *
     * @param since when it was given
     * @param refreshFrom from when on it is asked for again in the background
     * @param away whether the registry couldn't be asked when last it was tried
     */
    private record Known<V>(V value, long since, long refreshFrom, boolean away) {}

    /** How long after a failure it is asked for again. */
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);

    /** How long the registry counts as away when nobody has asked meanwhile. */
    private static final long AWAY = TimeUnit.SECONDS.toNanos(30);

    /** The longest that a caller waits for a new one when there is an old one. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    /**
     * Where the registry is asked.
     *
     * @param background where it is asked before an answer's time is over
     * @param askers where it is asked for callers, who don't wait for longer than their patience
     * @param limit the longest that a thread waits for another one that asks
     */
    record Threads(Executor background, Executor askers, Duration limit) {}

    /** A question that is asked for others, who wait for the answer. */
    private static final class Asking<V> {
        final CompletableFuture<V> answer = new CompletableFuture<>();
        volatile boolean begun;
    }

    private final Cache<K, Known<V>> entries;
    private final Function<K, V> load;
    private final Flights<K, V> flights;
    private final ConcurrentHashMap<K, Asking<V>> asking = new ConcurrentHashMap<>();
    private final KeyedTasks<K> refreshes;
    private final long ttl;
    private final Ticker ticker;
    private final Threads threads;
    private final CacheMeter meter;

    /** When a question was last begun, by the system's clock. */
    private volatile long lastBegun = System.nanoTime();

    /**
     * @param load asks the registry
     * @param weight about how many bytes a value takes
     * @param ttl how long an answer is believed while the registry can be asked; negative for ever, zero for once
     */
    LatestCache(
            Function<K, V> load,
            Bounds bounds,
            ToIntFunction<V> weight,
            Duration ttl,
            Ticker ticker,
            Threads threads,
            CacheMeter meter) {
        this.load = load;
        this.entries = bounds.<K, Known<V>>cache((key, known) -> weight.applyAsInt(known.value))
                .evictionListener((key, known, cause) -> meter.evictions.increment())
                .build();
        this.flights = new Flights<>(threads.limit);
        this.ttl = ttl.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0 ? -1 : ttl.toNanos();
        this.ticker = ticker;
        this.threads = threads;
        this.refreshes = new KeyedTasks<>(threads.background);
        this.meter = meter;
    }

    /** The value that is believed, or a new one; if the registry can't be asked for it, the last known one. */
    V get(K key) {
        Known<V> known = entries.getIfPresent(key);
        if (known != null && isFresh(known)) {
            meter.hits.increment();
            refreshIfDue(key, known);
            return known.value;
        }
        meter.misses.increment();
        if (known == null) {
            return fly(key);
        }
        if (isAway(known)) {
            // Somebody has waited in vain: nobody else need.
            refreshIfDue(key, known);
            Known<V> now = entries.getIfPresent(key);
            if (now == null || !isFresh(now)) {
                meter.stale.increment();
            }
            return now == null ? known.value : now.value;
        }
        try {
            // Who wants a new one each time gets one, also if it takes long.
            return ttl == 0 ? fly(key) : flyWithPatience(key, known.value);
        } catch (RegistryUnavailableException e) {
            // An interrupt says nothing about the registry.
            if (!(e.getCause() instanceof InterruptedException)) {
                tried(key, true);
            }
            meter.stale.increment();
            return known.value;
        }
    }

    /** As {@link #fly}, which goes on elsewhere if it takes long: then what is known is given. */
    private V flyWithPatience(K key, V known) {
        Asking<V> mine = new Asking<>();
        Asking<V> others = asking.putIfAbsent(key, mine);
        Asking<V> asked = others == null ? mine : others;
        if (others == null) {
            threads.askers.execute(() -> askFor(key, mine));
        }
        try {
            return asked.answer.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (asked.begun) {
                asking.remove(key, asked);
                tried(key, true);
            } else if (System.nanoTime() - lastBegun > 2 * threads.limit.toNanos()) {
                // No question takes that long: all those threads hang, and may do so for ever.
                return fly(key);
            }
            meter.stale.increment();
            return known;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException(0, "Interrupted while waiting for " + key, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    private void askFor(K key, Asking<V> asked) {
        lastBegun = System.nanoTime();
        asked.begun = true;
        try {
            asked.answer.complete(fly(key));
        } catch (RuntimeException | Error e) {
            asked.answer.completeExceptionally(e);
        } finally {
            asking.remove(key, asked);
        }
    }

    /** What {@code asked} gives now, whatever is known or on its way. */
    V reload(K key, Supplier<V> asked) {
        flights.ground(key);
        return flights.fly(key, () -> null, () -> meter.timed(asked), value -> keep(key, value));
    }

    /** Apart from the rest, which makes no objects. */
    private V fly(K key) {
        return flights.fly(key, () -> fresh(key), () -> meter.timed(() -> load.apply(key)), value -> keep(key, value));
    }

    private @Nullable V fresh(K key) {
        Known<V> known = entries.getIfPresent(key);
        return known != null && isFresh(known) ? known.value : null;
    }

    private boolean isFresh(Known<V> known) {
        return ttl < 0 || ticker.read() - known.since < ttl;
    }

    private boolean isAway(Known<V> known) {
        return known.away && ticker.read() - known.refreshFrom < AWAY;
    }

    /** Nothing new was to be had, because the registry is away or for another reason. */
    private void tried(K key, boolean away) {
        entries.asMap()
                .computeIfPresent(
                        key,
                        (k, known) -> new Known<>(
                                known.value,
                                known.since,
                                isFresh(known) ? known.refreshFrom : ticker.read() + AGAIN,
                                away));
    }

    private void keep(K key, V value) {
        long now = ticker.read();
        entries.put(key, new Known<>(value, now, now + ttl / 4 * 3, false));
    }

    private void refreshIfDue(K key, Known<V> known) {
        if (ttl < 0 || ticker.read() - known.refreshFrom < 0 || flights.contains(key) || refreshes.contains(key)) {
            return;
        }
        // If it fails, there is time for a second try.
        long next = isFresh(known) ? known.refreshFrom + ttl / 8 : ticker.read() + AGAIN;
        Known<V> asked = new Known<>(known.value, known.since, next, known.away);
        if (entries.asMap().replace(key, known, asked)) {
            refreshes.execute(key, () -> refresh(key, known.since));
        }
    }

    /** Asks for a newer one than that of a given time, unless there is one by now. */
    private void refresh(K key, long since) {
        Known<V> known = entries.getIfPresent(key);
        if (known == null || known.since != since) {
            return;
        }
        try {
            flights.fly(key, () -> null, () -> meter.timed(() -> load.apply(key)), value -> keep(key, value));
        } catch (RuntimeException e) {
            tried(key, e instanceof RegistryUnavailableException);
            // Unless the registry is away, whoever asks when its time is over gets the exception, if it still fails
            // then.
            LOG.debug("{} can't be refreshed", key, e);
        }
    }

    void removeIf(Predicate<K> outdated) {
        flights.groundIf(outdated);
        entries.asMap().keySet().removeIf(outdated);
    }

    long size() {
        entries.cleanUp();
        return entries.estimatedSize();
    }

    /** About how many bytes they take. */
    long bytes() {
        return Bounds.bytes(entries);
    }
}
