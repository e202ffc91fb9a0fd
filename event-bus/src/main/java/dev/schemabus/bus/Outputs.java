package dev.schemabus.bus;

import dev.schemabus.bus.PublishOutcome.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Internal: what a handler publishes through its context. Kept until the handler has returned, so that an attempt that
 * fails leaves nothing behind, and then until the offset of its record is committed in the same transaction.
 */
final class Outputs {

    /** For modes that have none. */
    static final List<Output> NONE = List.of();

    private final EventRecords records;
    private final Tracing tracing;
    private @Nullable List<Output> collected = new ArrayList<>();

    /** An event on its way. */
    record Output(ProducerRecord<byte[], byte[]> record, String eventId) {

        long bytes() {
            byte @Nullable [] key = record.key();
            byte @Nullable [] value = record.value();
            return (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
        }
    }

    Outputs(EventRecords records, Tracing tracing) {
        this.records = records;
        this.tracing = tracing;
    }

    /**
     * Takes an event.
     *
     * @return its id
     * @throws PublishRejectedException if it can't be published
     * @throws IllegalStateException if the handler has returned
     */
    String publish(Object event, With with) {
        Objects.requireNonNull(event, "There is no event to publish: it is null");
        Publication how = Publication.unbounded(with, tracing.current());
        String eventId = how.eventId();
        ProducerRecord<byte[], byte[]> record;
        try {
            record = records.record(event, how);
        } catch (RuntimeException | StackOverflowError e) {
            throw ((Rejected) Rejections.beforeSend(event.getClass(), e)).exception();
        }
        synchronized (this) {
            if (collected == null) {
                throw new IllegalStateException("The handler has returned: publish before it does");
            }
            collected.add(new Output(record, eventId));
        }
        return eventId;
    }

    /** The handler has returned: what it published. */
    synchronized List<Output> end() {
        List<Output> all = collected == null ? NONE : collected;
        collected = null;
        return all;
    }
}
