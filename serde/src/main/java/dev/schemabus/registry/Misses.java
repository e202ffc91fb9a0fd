package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a registry said no to, so that it isn't asked the same for every record: what it doesn't have, what it refuses. Other
 * failures are not kept.
 */
final class Misses<K, E extends RegistryException> {

    private final Class<E> kind;
    private final UnaryOperator<E> again;
    private final Cache<K, E> misses;

    /**
     * @param kind the exception that says no
     * @param again makes another one each time: its stack trace is that of the caller
     * @param ttl how long a miss is believed; zero for never
     */
    Misses(Class<E> kind, UnaryOperator<E> again, int size, Duration ttl, Ticker ticker) {
        this.kind = kind;
        this.again = again;
        misses = Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfterWrite(ttl)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** What {@code load} gives, unless the answer is known to be no. */
    <V> V get(K key, Supplier<V> load) {
        E known = misses.getIfPresent(key);
        if (known != null) {
            throw again.apply(known);
        }
        try {
            return load.get();
        } catch (RegistryException e) {
            if (kind.isInstance(e)) {
                misses.put(key, kind.cast(e));
            }
            throw e;
        }
    }

    void removeIf(Predicate<K> outdated) {
        misses.asMap().keySet().removeIf(outdated);
    }
}
