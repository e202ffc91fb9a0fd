package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * What a registry said no to, so that it isn't asked the same for every record: what it doesn't have, what it refuses. Other
 * failures are not kept. They take little room, whatever the registry said: ids come from records, and so from anybody.
 */
final class Misses<K, E extends RegistryException> {

    /** As much of a message as is remembered. */
    private static final int MESSAGE = 2_000;

    /**
     * An exception that says no.
     *
     * @param <E> its type
     * @param remembered makes one to keep, of code and message: it comes from nowhere
     * @param again makes one to throw: its stack trace is that of the caller, and its cause what was remembered
     */
    record Kind<E extends RegistryException>(
            Class<E> type, BiFunction<Integer, String, E> remembered, UnaryOperator<E> again) {

        static final Kind<SchemaNotFoundException> NOT_FOUND = new Kind<>(
                SchemaNotFoundException.class,
                SchemaNotFoundException::remembered,
                known -> new SchemaNotFoundException(known.code(), String.valueOf(known.getMessage()), known));

        static final Kind<RegistryAccessException> DENIED = new Kind<>(
                RegistryAccessException.class,
                RegistryAccessException::remembered,
                known -> new RegistryAccessException(known.code(), String.valueOf(known.getMessage()), known));

        static final Kind<NotARegistryException> ALIEN = new Kind<>(
                NotARegistryException.class,
                NotARegistryException::remembered,
                known -> new NotARegistryException(known.code(), String.valueOf(known.getMessage()), known));

        static final Kind<SchemaRefusedException> REFUSED = new Kind<>(
                SchemaRefusedException.class,
                SchemaRefusedException::remembered,
                known -> new SchemaRefusedException(known.code(), String.valueOf(known.getMessage()), known));
    }

    private final Kind<E> kind;
    private final Cache<K, E> misses;
    private final CacheMeter meter;

    /**
     * @param kind which exceptions are kept
     * @param weight about how many bytes a key takes
     * @param ttl how long a miss is believed; zero for never
     */
    Misses(Kind<E> kind, Bounds bounds, ToIntFunction<K> weight, Duration ttl, Ticker ticker, CacheMeter meter) {
        this.kind = kind;
        this.meter = meter;
        misses = bounds.<K, E>cache((key, known) -> weight.applyAsInt(key)
                        + 2 * String.valueOf(known.getMessage()).length())
                .expireAfterWrite(ttl)
                .ticker(ticker)
                .build();
    }

    /** Throws what is known to be thrown for this key, if anything is. */
    void check(K key) {
        E known = misses.getIfPresent(key);
        if (known != null) {
            meter.hits.increment();
            throw kind.again.apply(known);
        }
    }

    /** What {@code load} gives, unless the answer is known to be no. */
    <V> V get(K key, Supplier<V> load) {
        check(key);
        try {
            return load.get();
        } catch (RegistryException e) {
            if (kind.type.isInstance(e)) {
                misses.put(key, kind.remembered.apply(e.code(), shortened(String.valueOf(e.getMessage()))));
            }
            throw e;
        }
    }

    private static String shortened(String message) {
        return message.length() <= MESSAGE ? message : message.substring(0, MESSAGE) + "…";
    }

    void removeIf(Predicate<K> outdated) {
        misses.asMap().keySet().removeIf(outdated);
    }

    long size() {
        misses.cleanUp();
        return misses.estimatedSize();
    }

    /** About how many bytes they take. */
    long bytes() {
        return Bounds.bytes(misses);
    }
}
