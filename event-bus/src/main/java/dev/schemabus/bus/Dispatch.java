package dev.schemabus.bus;

import dev.schemabus.bus.PublishOutcome.Acked;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/** Internal: hands records to the producer, and makes an outcome of what comes back. */
final class Dispatch {

    private final Producer<byte[], byte[]> producer;
    private final Retries retries;
    private volatile @Nullable Thread acknowledging;
    private volatile boolean closing;
    private volatile boolean everAcked;

    Dispatch(Producer<byte[], byte[]> producer) {
        this.producer = producer;
        this.retries = new Retries(producer);
    }

    /**
     * Sends a record. May block while the producer's buffer is full, for {@code max.block.ms}.
     *
     * @return never completes exceptionally
     */
    CompletableFuture<PublishOutcome> send(ProducerRecord<byte[], byte[]> record, String eventId) {
        Sending sending = new Sending(record.topic(), eventId);
        try {
            // The outcome comes through the callback, which tells what this future doesn't: on which thread it failed.
            Future<RecordMetadata> unused = producer.send(record, sending);
        } catch (RuntimeException e) {
            sending.outcome.complete(Rejections.notEnqueued(record.topic(), e));
        } finally {
            sending.caller = null;
        }
        return sending.outcome;
    }

    /** Whether this is the one thread that brings the acknowledgements, on which nothing may wait for one. */
    boolean isAcknowledging(Thread thread) {
        return thread == acknowledging;
    }

    /** Waits for what was handed to the producer, at most so long. What is open then gets its outcome. */
    void close(Duration time) {
        closing = true;
        producer.close(time);
    }

    /** A record on its way. */
    private final class Sending implements Callback {
        final CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
        private final String topic;
        private final String eventId;
        private final Retries.Sample before = retries.before();

        /**
         * Until send() returns, a callback on this thread means: given up before the record was enqueued.
         * Acknowledgements and errors of enqueued records come on the producer's own thread.
         */
        @Nullable
        Thread caller = Thread.currentThread();

        Sending(String topic, String eventId) {
            this.topic = topic;
            this.eventId = eventId;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception error) {
            Thread current = Thread.currentThread();
            if (current == caller && error != null) {
                outcome.complete(Rejections.notEnqueued(topic, error));
                return;
            }
            if (!closing) { // a close may bring outcomes on its own thread
                acknowledging = current;
            }
            outcome.complete(error == null && metadata != null ? acked(metadata) : failed(error));
        }

        private PublishOutcome acked(RecordMetadata metadata) {
            everAcked = true;
            return new Acked(new Receipt(metadata.topic(), metadata.partition(), metadata.offset(), eventId));
        }

        private PublishOutcome failed(@Nullable Exception error) {
            Exception cause = error == null ? new IllegalStateException("The producer gave neither answer") : error;
            return Rejections.afterSend(topic, eventId, cause, closing, surelyFirst(cause));
        }

        /**
         * Whether a refusal answers the first attempt. That of a topic does so for its batch alone; others (of the
         * cluster, of the login) end all that is open, and then something of it may have been written.
         */
        private boolean surelyFirst(Exception error) {
            return retries.noneSince(before) && (error instanceof TopicAuthorizationException || !everAcked);
        }
    }
}
