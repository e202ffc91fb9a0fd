package dev.schemabus.bus;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Internal: writes dead letters of one group. */
final class DeadLetterWriter {

    private final Producer<byte[], byte[]> producer;
    private final String group;
    private final WriterSchemas schemas;
    private final Executor threads;
    private final AwayTopics away;

    /** @param threads start the writing, which may block while the topic is away */
    DeadLetterWriter(
            Producer<byte[], byte[]> producer, String group, WriterSchemas schemas, Executor threads, AwayTopics away) {
        this.producer = producer;
        this.group = group;
        this.schemas = schemas;
        this.threads = threads;
        this.away = away;
    }

    /**
     * Starts to write a dead letter. A record that leaves no room for our headers goes without the failure's message; one
     * that is too large even so leaves a pointer, for otherwise it would wait for ever.
     *
     * @return completes when it is acknowledged, exceptionally if it is not; it may have been written all the same
     */
    CompletableFuture<Void> write(ConsumerRecord<byte[], byte[]> record, Failure failure) {
        return send(
                        record,
                        record.key(),
                        record.value(),
                        () -> DeadLetterHeaders.of(record, group, failure, schema(record)))
                .exceptionallyCompose(e -> isTooLarge(e)
                        ? send(
                                record,
                                record.key(),
                                record.value(),
                                () -> DeadLetterHeaders.withoutMessage(record, group, failure, schema(record)))
                        : CompletableFuture.failedFuture(e))
                .exceptionallyCompose(e -> isTooLarge(e)
                        ? send(
                                record,
                                null,
                                null,
                                () -> DeadLetterHeaders.pointer(record, group, failure, schema(record)))
                        : CompletableFuture.failedFuture(e));
    }

    /** Asks the registry if need be, so only on a thread that may wait. */
    private WriterSchema schema(ConsumerRecord<byte[], byte[]> record) {
        return schemas.of(Origin.of(record, group).topic(), record.headers(), record.value());
    }

    private static boolean isTooLarge(Throwable error) {
        Throwable reason = error instanceof CompletionException ? error.getCause() : error;
        return reason instanceof RecordTooLargeException || reason instanceof RecordBatchTooLargeException;
    }

    private CompletableFuture<Void> send(
            ConsumerRecord<byte[], byte[]> record,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Supplier<List<Header>> headers) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    send(record, key, value, headers.get(), written);
                } catch (Throwable e) {
                    written.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            written.completeExceptionally(new KafkaException("The subscription is closed", e));
        }
        return written;
    }

    private void send(
            ConsumerRecord<byte[], byte[]> record,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers,
            CompletableFuture<Void> written) {
        Origin origin = Origin.of(record, group);
        String topic = TopicNames.deadLetter(origin.topic(), group);
        away.enter(topic);
        try {
            // The same partition as in the source keeps the order of a key; a topic with fewer takes Kafka's choice.
            // Asked each time (the producer knows), because the topic may have been made anew with fewer.
            int count = producer.partitionsFor(topic).size();
            @Nullable
            Integer partition =
                    origin.partition() >= 0 && origin.partition() < count ? Integer.valueOf(origin.partition()) : null;
            // No timestamp of the source: a topic's retention would delete an old record at once.
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>(topic, partition, null, key, value, headers), (metadata, error) -> {
                        if (error == null) {
                            away.there(topic);
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
