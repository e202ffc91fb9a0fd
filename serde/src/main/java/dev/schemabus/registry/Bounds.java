package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;

/**
 * How much a cache may hold.
 *
 * @param size the most entries
 * @param bytes about the most bytes, at least 1
 */
record Bounds(int size, long bytes) {

    /**
     * A cache within them.
     *
     * @param weigher about how many bytes an entry takes
     */
    <K, V> Caffeine<K, V> cache(Weigher<? super K, ? super V> weigher) {
        // Caffeine bounds by one measure only: if no entry counts for less than its share, the bytes bound the number,
        // too.
        int share = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / Math.max(1, size)));
        return Caffeine.newBuilder()
                .maximumWeight(size == 0 ? 0 : bytes)
                .weigher((K key, V value) -> Math.max(share, weigher.weigh(key, value)))
                .executor(Runnable::run);
    }

    /** About how many bytes a cache holds that was made by {@link #cache}. */
    static long bytes(Cache<?, ?> cache) {
        return cache.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }
}
