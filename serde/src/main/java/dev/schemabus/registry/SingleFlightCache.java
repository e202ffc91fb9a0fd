package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache in which each missing key is loaded once, by the first thread that asks, while the others wait for
 * it. A failed load fails all that wait and is forgotten. Loading blocks nobody who asks for other keys, which is why
 * the entries are futures.
 */
final class SingleFlightCache<K, V> {

    private final AsyncCache<K, Outcome<V>> entries;

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
        CompletableFuture<Outcome<V>> mine = new CompletableFuture<>();
        for (CompletableFuture<Outcome<V>> others = entered(key, mine); others != null; others = entered(key, mine)) {
            Outcome<V> outcome = others.join();
            if (!outcome.ofAnInterruptedThread()) {
                return outcome.value();
            }
        }
        Outcome<V> outcome = outcome(load);
        if (outcome instanceof Outcome.Failed) {
            entries.asMap().remove(key, mine);
        }
        mine.complete(outcome);
        return outcome.value();
    }

    /** The entry of whoever loads or has loaded; null if that is the caller now. */
    private @Nullable CompletableFuture<Outcome<V>> entered(K key, CompletableFuture<Outcome<V>> mine) {
        CompletableFuture<Outcome<V>> known = entries.getIfPresent(key);
        return known != null ? known : entries.asMap().putIfAbsent(key, mine);
    }

    private static <V> Outcome<V> outcome(Supplier<V> load) {
        try {
            return new Outcome.Loaded<>(load.get());
        } catch (RuntimeException | Error e) {
            return new Outcome.Failed<>(e);
        }
    }

    /** Whoever waits for it already, still gets it. */
    void remove(K key) {
        entries.asMap().remove(key);
    }

    void removeIf(Predicate<K> outdated) {
        entries.asMap().keySet().removeIf(outdated);
    }

    /** A failure is a value here: Caffeine would log a future that fails, with a stack trace, though its caller knows. */
    private sealed interface Outcome<V> {

        V value();

        /** Whether it says something about the thread that loaded, and nothing about the key. */
        default boolean ofAnInterruptedThread() {
            return false;
        }

        record Loaded<V>(V value) implements Outcome<V> {}

        record Failed<V>(Throwable failure) implements Outcome<V> {
            @Override
            public V value() {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            }

            @Override
            public boolean ofAnInterruptedThread() {
                return failure.getCause() instanceof InterruptedException;
            }
        }
    }
}
