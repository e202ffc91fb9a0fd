package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What is given in place of an answer while the registry can't be asked. It is believed only as long as that lasts: every few
 * seconds the registry is asked again, in the background, so that nobody waits for it.
 */
final class Fallback<K, V> {

    private static final int SIZE = 1_000;

    /** How long it is given when nobody has asked meanwhile. */
    private static final long AWAY = TimeUnit.SECONDS.toNanos(30);

    /** @param askFrom when to ask the registry again */
    private record Given<V>(V value, long askFrom) {}

    private final Cache<K, Given<V>> given =
            Caffeine.newBuilder().maximumSize(SIZE).executor(Runnable::run).build();

    private final Ticker ticker;
    private final KeyedTasks<K> background;
    private final CacheMeter meter;

    Fallback(Ticker ticker, Executor background, CacheMeter meter) {
        this.ticker = ticker;
        this.background = new KeyedTasks<>(background);
        this.meter = meter;
    }

    /**
     * The registry's answer, or else what is known without it.
     *
     * @param ask asks the registry, and keeps what it answers
     * @param lastKnown what is known; empty for nothing
     */
    V get(K key, Supplier<V> ask, Supplier<Optional<V>> lastKnown) {
        Given<V> known = given.getIfPresent(key);
        if (known != null && ticker.read() - known.askFrom < AWAY) {
            if (ticker.read() - known.askFrom >= 0
                    && !background.contains(key)
                    && given.asMap().replace(key, known, next(known.value))) {
                background.execute(key, () -> askAgain(key, ask));
            }
            meter.stale.increment();
            return known.value;
        }
        try {
            V answer = ask.get();
            given.invalidate(key);
            return answer;
        } catch (RegistryUnavailableException e) {
            // An interrupt says nothing about the registry.
            Optional<V> last = e.getCause() instanceof InterruptedException ? Optional.empty() : lastKnown.get();
            if (last.isEmpty()) {
                throw e;
            }
            given.put(key, next(last.get()));
            meter.stale.increment();
            return last.get();
        }
    }

    private Given<V> next(V value) {
        return new Given<>(value, ticker.read() + Breaker.OPEN.toNanos());
    }

    private void askAgain(K key, Supplier<V> ask) {
        try {
            V unused = ask.get();
            given.invalidate(key);
        } catch (RegistryUnavailableException e) {
            // Still away.
        } catch (RuntimeException e) {
            // Whoever asks next gets it.
            given.invalidate(key);
        }
    }

    void removeIf(Predicate<K> outdated) {
        given.asMap().keySet().removeIf(outdated);
    }
}
