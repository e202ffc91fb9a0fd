package dev.schemabus.bus;

import dev.schemabus.bus.PublishOutcome.Acked;
import dev.schemabus.bus.PublishOutcome.Indeterminate;
import dev.schemabus.bus.PublishOutcome.IndeterminateReason;
import dev.schemabus.bus.PublishOutcome.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Internal: the road from an event to its outcome. */
final class Publisher {

    private final Producer<byte[], byte[]> producer;
    private final EventRecords records;
    private final BusMetrics metrics;
    private volatile @Nullable Thread acknowledging;
    private volatile boolean closing;

    Publisher(Producer<byte[], byte[]> producer, EventRecords records, BusMetrics metrics) {
        this.producer = producer;
        this.records = records;
        this.metrics = metrics;
    }

    /**
     * Never completes exceptionally and never throws: every way to fail is an outcome.
     *
     * @param with with an event id
     */
    CompletableFuture<PublishOutcome> publish(Object event, With with) {
        return publish(event.getClass(), with, () -> records.record(event, with, KafkaSettings.MAX_BLOCK));
    }

    /** The same for the deletion of a key. */
    CompletableFuture<PublishOutcome> publishTombstone(Class<?> type, List<?> key, With with) {
        return publish(type, with, () -> records.tombstone(type, key, with, KafkaSettings.MAX_BLOCK));
    }

    private CompletableFuture<PublishOutcome> publish(
            Class<?> type, With with, Supplier<ProducerRecord<byte[], byte[]>> prepared) {
        long start = System.nanoTime();
        CompletableFuture<PublishOutcome> outcome;
        try {
            outcome = send(prepared.get(), with.eventId().orElseThrow());
        } catch (RuntimeException | StackOverflowError e) {
            outcome = CompletableFuture.completedFuture(Rejections.beforeSend(type, e));
        }
        return metrics == BusMetrics.NONE ? outcome : outcome.thenApply(end -> told(type, end, start));
    }

    private PublishOutcome told(Class<?> type, PublishOutcome outcome, long start) {
        metrics.published(records.knownTopic(type), outcome.end(), System.nanoTime() - start);
        return outcome;
    }

    /**
     * Refuses to wait on the one thread that brings the acknowledgements: it would wait for itself, for ever.
     *
     * @throws IllegalStateException on that thread
     */
    void checkMayWait() {
        if (Thread.currentThread() == acknowledging) {
            throw new IllegalStateException(
                    "publish waits for an acknowledgement, and this thread is the one that brings"
                            + " them: in what follows publishAsync call publishAsync again, or go on in an executor"
                            + " (thenAcceptAsync)");
        }
    }

    /** Waits for what was handed to the producer, at most so long. What is open then gets its outcome. */
    void close(Duration time) {
        closing = true;
        producer.close(time);
    }

    private CompletableFuture<PublishOutcome> send(ProducerRecord<byte[], byte[]> record, String eventId) {
        CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
        Thread caller = Thread.currentThread();
        // Until send() returns, a callback on this thread means: given up before the record was enqueued.
        // Acknowledgements and errors of enqueued records come on the producer's own thread.
        boolean[] sending = {true};
        try {
            // The outcome comes through the callback, which tells what this future doesn't: on which thread it failed.
            Future<RecordMetadata> unused = producer.send(record, (metadata, error) -> {
                Thread current = Thread.currentThread();
                if (sending[0] && current == caller) {
                    outcome.complete(Rejections.notEnqueued(record.topic(), error));
                    return;
                }
                if (!closing) { // a close may bring outcomes on its own thread
                    acknowledging = current;
                }
                outcome.complete(
                        error == null
                                ? acked(metadata, eventId)
                                : Rejections.afterSend(record.topic(), eventId, error, closing));
            });
        } catch (RuntimeException e) {
            outcome.complete(Rejections.notEnqueued(record.topic(), e));
        } finally {
            sending[0] = false;
        }
        return outcome;
    }

    private static PublishOutcome acked(RecordMetadata metadata, String eventId) {
        return new Acked(new Receipt(metadata.topic(), metadata.partition(), metadata.offset(), eventId));
    }

    /** What {@link EventBus#publish(Object)} makes of an outcome. */
    static Receipt receipt(PublishOutcome outcome) {
        if (outcome instanceof Acked acked) {
            return acked.receipt();
        }
        if (outcome instanceof Rejected rejected) {
            throw rejected.exception();
        }
        throw ((Indeterminate) outcome).exception();
    }

    /** For a caller that stopped waiting. */
    static PublishIndeterminateException interrupted(Class<?> type, String eventId, InterruptedException cause) {
        return new PublishIndeterminateException(
                IndeterminateReason.INTERRUPTED,
                eventId,
                "Interrupted while waiting for the acknowledgement of " + type.getName() + " " + eventId,
                cause);
    }
}
