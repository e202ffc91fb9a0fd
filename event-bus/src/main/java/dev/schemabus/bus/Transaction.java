package dev.schemabus.bus;

import dev.schemabus.bus.PublishOutcome.Rejected;
import dev.schemabus.bus.PublishOutcome.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * An open transaction: what is published here becomes visible to {@code read_committed} consumers all at once, or never.
 * Belongs to {@link EventBus#inTransaction}, and ends with it. May be used by several threads.
 */
public final class Transaction {

    private final Producer<byte[], byte[]> producer;
    private final EventRecords records;
    private final Signals signals;
    private final List<Sent> sent = new ArrayList<>();
    private volatile @Nullable Throwable failure;
    private boolean ended;

    /**
     * An event on its way.
     *
     * @param start when it was published, by {@link System#nanoTime}
     */
    private record Sent(Future<RecordMetadata> acknowledgement, String eventId, String topic, long start) {}

    Transaction(Producer<byte[], byte[]> producer, EventRecords records, Signals signals) {
        this.producer = producer;
        this.records = records;
        this.signals = signals;
    }

    /**
     * Publishes an event in this transaction. Doesn't wait for its acknowledgement: the commit does.
     *
     * @return the event's id
     * @throws PublishRejectedException if it can't be published; the transaction can't be committed any more, even if this
     *     exception is caught
     * @throws IllegalStateException if the transaction has ended
     */
    public String publish(Object event) {
        return publish(event, With.NOTHING);
    }

    /** The same with a key, an id or headers of the caller's. A deadline has no meaning here: the commit is waited for. */
    public String publish(Object event, With with) {
        Objects.requireNonNull(event, "There is no event to publish: it is null");
        return send(event.getClass(), with, how -> records.record(event, how));
    }

    /** Deletes a key from a compacted topic in this transaction, see {@link EventBus#publishTombstone}. */
    public String publishTombstone(Class<?> type, Object... key) {
        List<Object> values = List.of(key);
        return send(type, With.NOTHING, how -> records.tombstone(type, values, how));
    }

    private String send(Class<?> type, With with, Function<Publication, ProducerRecord<byte[], byte[]>> prepared) {
        long start = System.nanoTime();
        Publication how = Publication.unbounded(with, signals.tracing().current());
        String eventId = how.eventId();
        try {
            ProducerRecord<byte[], byte[]> record = prepared.apply(how);
            synchronized (this) {
                checkOpen();
                sent.add(new Sent(producer.send(record, this::acknowledged), eventId, record.topic(), start));
            }
        } catch (ClosedTransactionException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            Rejected rejected = (Rejected) Rejections.beforeSend(type, e);
            failed(rejected.exception());
            signals.metrics()
                    .published(records.knownTopic(type), BusMetrics.Publication.REJECTED, System.nanoTime() - start);
            throw rejected.exception();
        }
        return eventId;
    }

    /** Publishes what is a record already. */
    synchronized void send(ProducerRecord<byte[], byte[]> record, String eventId) {
        checkOpen();
        long start = System.nanoTime();
        sent.add(new Sent(producer.send(record, this::acknowledged), eventId, record.topic(), start));
    }

    /**
     * Makes the offsets of a consumer group part of this transaction.
     *
     * @param offsets the next offset to read, by partition
     * @throws org.apache.kafka.common.KafkaException if the group has moved on, or no broker answers; abort then
     */
    synchronized void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        checkOpen();
        producer.sendOffsetsToTransaction(offsets, group);
    }

    /** Tells the metrics what became of its events, which is the same for all. */
    synchronized void told(BusMetrics.Publication end) {
        if (signals.metrics() != BusMetrics.NONE) {
            long now = System.nanoTime();
            sent.forEach(event -> signals.metrics().published(event.topic(), end, now - event.start()));
        }
    }

    /** Takes no more events. */
    synchronized void end() {
        ended = true;
    }

    /** Why it can't be committed, if something failed. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    synchronized List<String> eventIds() {
        return sent.stream().map(Sent::eventId).toList();
    }

    /** Where the events stand, in order, once they are flushed. */
    synchronized List<Receipt> receipts() {
        List<Receipt> receipts = new ArrayList<>(sent.size());
        for (Sent event : sent) {
            RecordMetadata metadata = flushed(event.acknowledgement());
            receipts.add(new Receipt(metadata.topic(), metadata.partition(), metadata.offset(), event.eventId()));
        }
        return receipts;
    }

    /** An interrupt comes too late to change anything: it is kept for whoever waits next. */
    static RecordMetadata flushed(Future<RecordMetadata> acknowledgement) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return acknowledgement.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A committed event is acknowledged", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void acknowledged(@Nullable RecordMetadata metadata, @Nullable Exception error) {
        if (error != null) {
            failed(error);
        }
    }

    private void failed(Throwable error) {
        if (failure == null) {
            failure = error;
        }
    }

    private void checkOpen() {
        if (ended) {
            throw new ClosedTransactionException();
        }
    }

    /** The reason for an abort because of a failure. */
    static RejectionReason reason(Throwable failure) {
        return failure instanceof PublishRejectedException rejected
                ? rejected.reason()
                : Rejections.inTransaction(failure);
    }

    /** Tells a use after the end from what the producer throws. */
    private static final class ClosedTransactionException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        ClosedTransactionException() {
            super("The transaction has ended: publish in it before its work returns");
        }
    }
}
