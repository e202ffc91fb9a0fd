package dev.schemabus.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;

/** Internal: brings records of one group to its retry topics, byte for byte, with what they have behind them. */
final class RetryWriter {

    private final RetryTopics topics;
    private final Producer<byte[], byte[]> producer;
    private final String group;
    private final Executor threads;
    private final AwayTopics away;

    /** @param threads start the writing, which may block while the topic is away */
    RetryWriter(
            RetryTopics topics, Producer<byte[], byte[]> producer, String group, Executor threads, AwayTopics away) {
        this.topics = topics;
        this.producer = producer;
        this.group = group;
        this.threads = threads;
        this.away = away;
    }

    /**
     * Starts to write a copy to the retry topic.
     *
     * @return completes when it is acknowledged, exceptionally if it is not; it may have been written all the same
     */
    CompletableFuture<Void> write(Incoming incoming, RetryState state) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    send(incoming, state, written);
                } catch (Throwable e) {
                    written.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            written.completeExceptionally(new KafkaException("The subscription is closed", e));
        }
        return written;
    }

    /** Whether a record doesn't fit into the topic and never will. */
    static boolean isTooLarge(Throwable error) {
        return error instanceof RecordTooLargeException || error instanceof RecordBatchTooLargeException;
    }

    private void send(Incoming incoming, RetryState state, CompletableFuture<Void> written) {
        ConsumerRecord<byte[], byte[]> event = incoming.event();
        // The name of a retry topic counts the attempts before it; a record that is only parked has none yet.
        String topic = topics.after(event.topic(), group, Math.max(1, state.attempts()));
        away.enter(topic);
        List<Header> headers = new ArrayList<>(Origin.published(event.headers()));
        headers.addAll(Origin.of(event, group).headers());
        headers.addAll(state.headers());
        try {
            // No timestamp of the source: a topic's retention would delete an old record at once.
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>(topic, event.partition(), null, event.key(), event.value(), headers),
                    (metadata, error) -> {
                        if (error == null) {
                            away.there(topic);
                            incoming.moved(metadata.offset());
                            written.complete(null);
                        } else {
                            away.failed(topic, error);
                            written.completeExceptionally(error);
                        }
                    });
        } catch (KafkaException e) {
            away.failed(topic, e);
            throw e;
        } catch (IllegalStateException e) {
            throw new KafkaException("The bus is closed", e);
        }
    }
}
