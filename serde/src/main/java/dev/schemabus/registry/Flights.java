package dev.schemabus.registry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads under way, one per key: the first thread that asks loads, the others wait for it, for as long as a load may take. A
 * failed load fails all that wait and is forgotten, and so is one that takes longer. Loading blocks nobody who asks for other keys.
 */
final class Flights<K, V> {

    private final ConcurrentHashMap<K, CompletableFuture<Outcome<V>>> flights = new ConcurrentHashMap<>();

    private final Duration limit;

    /** @param limit the longest that a thread waits for another one's load */
    Flights(Duration limit) {
        this.limit = limit;
    }

    /**
     * Loads a value, or waits for whoever does.
     *
     * @param landed what has been loaded by now, if anything: a load may have ended since the caller looked
     * @param load makes the value; what it throws, it throws to all that wait
     * @param land keeps the value; not called if the key was grounded meanwhile
     * @throws RegistryUnavailableException if another thread's load doesn't end in time, or the caller is interrupted
     */
    V fly(K key, Supplier<@Nullable V> landed, Supplier<V> load, Consumer<V> land) {
        long end = System.nanoTime() + limit.toNanos();
        CompletableFuture<Outcome<V>> mine = new CompletableFuture<>();
        for (CompletableFuture<Outcome<V>> others = flights.putIfAbsent(key, mine);
                others != null;
                others = flights.putIfAbsent(key, mine)) {
            Outcome<V> outcome = await(key, others, end - System.nanoTime());
            if (!outcome.ofAnInterruptedThread()) {
                return outcome.value();
            }
        }
        Outcome<V> outcome = outcome(landed, load);
        flights.computeIfPresent(key, (k, flight) -> {
            if (flight != mine) {
                return flight;
            }
            if (outcome instanceof Outcome.Loaded<V> loaded) {
                land.accept(loaded.value());
            }
            return null;
        });
        mine.complete(outcome);
        return outcome.value();
    }

    private Outcome<V> await(K key, CompletableFuture<Outcome<V>> flight, long nanos) {
        try {
            return flight.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // It may never end: who asks next loads for itself.
            flights.remove(key, flight);
            throw new RegistryUnavailableException(
                    0,
                    "Another thread has been asking the registry the same for " + Failures.text(limit)
                            + " (schemabus.registry.deadline.ms), and has no answer yet. Try again later");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException(
                    0, "Interrupted while waiting for another thread that asks the registry the same", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome is never a failure of its own", e);
        }
    }

    private static <V> Outcome<V> outcome(Supplier<@Nullable V> landed, Supplier<V> load) {
        try {
            V known = landed.get();
            return new Outcome.Loaded<>(known == null ? load.get() : known);
        } catch (RuntimeException | Error e) {
            return new Outcome.Failed<>(e);
        }
    }

    /** Whether the key is being loaded. */
    boolean contains(K key) {
        return flights.containsKey(key);
    }

    /** What is being loaded isn't to be kept, and isn't waited for by those who ask from now on. */
    void ground(K key) {
        flights.remove(key);
    }

    /** As {@link #ground}, for all keys of a kind. */
    void groundIf(Predicate<K> outdated) {
        flights.keySet().removeIf(outdated);
    }

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
