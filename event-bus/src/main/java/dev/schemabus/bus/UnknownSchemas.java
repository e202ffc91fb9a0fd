package dev.schemabus.bus;

import dev.schemabus.registry.SchemaIdentifier;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Internal: since when the registry doesn't know a schema. The budget is the schema's, not the record's: a thousand
 * records of a lost schema wait for it once, together, and not one after the other. Used by all workers.
 */
final class UnknownSchemas {

    /** Ids come from the wire: beyond this the ids met first are forgotten, and would be waited for anew. */
    private static final int MOST = 10_000;

    private final Duration budget;
    private final LongSupplier nanoTime;
    private final Map<SchemaIdentifier, Long> since = new LinkedHashMap<>();
    private volatile boolean some;

    /** @param nanoTime a clock that never jumps */
    UnknownSchemas(Duration budget, LongSupplier nanoTime) {
        this.budget = budget;
        this.nanoTime = nanoTime;
    }

    /**
     * Notes that the registry doesn't know the schema of a record.
     *
     * @return how long it may still be a new one that the registry is about to know; empty if that time is over
     */
    Optional<Duration> missing(ConsumerRecord<byte[], byte[]> record) {
        @Nullable SchemaIdentifier schema = SchemaLookups.schema(record);
        if (schema == null) {
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        long first;
        synchronized (since) {
            first = since.computeIfAbsent(schema, id -> now);
            if (since.size() > MOST) {
                since.remove(since.keySet().iterator().next());
            }
            some = true;
        }
        Duration left = budget.minusNanos(now - first);
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    /** Notes that the registry knows it: should it be lost again, there is a new budget. */
    void found(ConsumerRecord<byte[], byte[]> record) {
        if (!some) {
            return;
        }
        @Nullable SchemaIdentifier schema = SchemaLookups.schema(record);
        synchronized (since) {
            if (schema != null) {
                since.remove(schema);
            }
            some = !since.isEmpty();
        }
    }

    int size() {
        synchronized (since) {
            return since.size();
        }
    }
}
