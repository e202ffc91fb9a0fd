package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a registry said it doesn't have, so that it isn't asked the same for every record. Other failures are not kept. */
final class Misses<K> {

    private final Cache<K, SchemaNotFoundException> misses;

    /** @param ttl how long a miss is believed; zero for never */
    Misses(int size, Duration ttl, Ticker ticker) {
        misses = Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfterWrite(ttl)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** What {@code load} gives, unless it is known to be missing. */
    <V> V get(K key, Supplier<V> load) {
        SchemaNotFoundException known = misses.getIfPresent(key);
        if (known != null) {
            // Another one each time: its stack trace is that of the caller.
            throw new SchemaNotFoundException(known.code(), String.valueOf(known.getMessage()), known);
        }
        try {
            return load.get();
        } catch (SchemaNotFoundException e) {
            misses.put(key, e);
            throw e;
        }
    }

    void removeIf(Predicate<K> outdated) {
        misses.asMap().keySet().removeIf(outdated);
    }
}
