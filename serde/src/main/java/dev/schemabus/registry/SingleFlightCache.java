package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Weigher;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What never changes, bounded by number and by bytes. Each missing key is loaded once, by the first thread that asks, while
 * the others wait for it. To find what is there takes no lock and makes no object.
 */
final class SingleFlightCache<K, V> {

    private final Cache<K, V> entries;
    private final Flights<K, V> flights;
    private final CacheMeter meter;

    /**
     * @param weigher about how many bytes an entry takes
     * @param limit the longest that a thread waits for another one's load
     */
    SingleFlightCache(Bounds bounds, Weigher<K, V> weigher, Duration limit, CacheMeter meter) {
        this.meter = meter;
        this.flights = new Flights<>(limit);
        this.entries = bounds.cache(weigher)
                .evictionListener((key, value, cause) -> meter.evictions.increment())
                .build();
    }

    /** The cached value; null if there is none. */
    @Nullable
    V find(K key) {
        V known = entries.getIfPresent(key);
        if (known != null) {
            meter.hits.increment();
        }
        return known;
    }

    /** What {@code load} gives, for a key that {@link #find} doesn't. What it throws, it throws to all that wait. */
    V load(K key, Supplier<V> load) {
        meter.misses.increment();
        return flights.fly(
                key, () -> entries.getIfPresent(key), () -> meter.timed(load), value -> entries.put(key, value));
    }

    /** The cached value, or what {@code load} gives. */
    V get(K key, Supplier<V> load) {
        V known = find(key);
        return known != null ? known : load(key, load);
    }

    void removeIf(Predicate<K> outdated) {
        flights.groundIf(outdated);
        entries.asMap().keySet().removeIf(outdated);
    }

    /** How many entries there are; brings the bounds into force first. */
    long size() {
        entries.cleanUp();
        return entries.estimatedSize();
    }

    /** About how many bytes they take. */
    long bytes() {
        return Bounds.bytes(entries);
    }
}
