package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A bounded cache in which each missing key is loaded once, by the first thread that asks, while the others wait for
 * it. A failed load fails all that wait and is forgotten. Loading blocks nobody who asks for other keys, which is why
 * the entries are futures.
 */
final class SingleFlightCache<K, V> {

    private final AsyncCache<K, V> entries;

    /**
     * @param size the most entries to keep
     * @param age how long an entry stays; negative for as long as there is room
     */
    SingleFlightCache(int size, Duration age, Ticker ticker) {
        Caffeine<Object, Object> caffeine =
                Caffeine.newBuilder().maximumSize(size).ticker(ticker).executor(Runnable::run);
        if (!age.isNegative()) {
            caffeine.expireAfterWrite(age);
        }
        entries = caffeine.buildAsync();
    }

    /** The cached value, or what {@code load} gives. What it throws, it throws to all that wait. */
    V get(K key, Supplier<V> load) {
        CompletableFuture<V> known = entries.getIfPresent(key);
        if (known != null) {
            return value(known);
        }
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> others = entries.asMap().putIfAbsent(key, mine);
        if (others != null) {
            return value(others);
        }
        try {
            V loaded = load.get();
            mine.complete(loaded);
            return loaded;
        } catch (Throwable e) {
            // The cache drops an entry that fails.
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static <V> V value(CompletableFuture<V> entry) {
        try {
            return entry.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    void remove(K key) {
        entries.asMap().remove(key);
    }
}
