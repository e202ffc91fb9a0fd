package dev.schemabus.bus;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Internal: writes dead letters of one group. */
final class DeadLetterWriter {

    private final Producer<byte[], byte[]> producer;
    private final String group;
    private final WriterSchemas schemas;

    DeadLetterWriter(Producer<byte[], byte[]> producer, String group, WriterSchemas schemas) {
        this.producer = producer;
        this.group = group;
        this.schemas = schemas;
    }

    /**
     * Writes a dead letter and waits for its acknowledgement. A record that leaves no room for our headers goes without
     * the failure's message; one that is too large even so leaves a pointer, for otherwise it would wait for ever.
     *
     * @throws KafkaException if it is not acknowledged; it may have been written all the same
     */
    void write(ConsumerRecord<byte[], byte[]> record, Failure failure) throws InterruptedException {
        WriterSchema schema = schemas.of(Origin.of(record, group).topic(), record.headers(), record.value());
        try {
            send(record, record.key(), record.value(), DeadLetterHeaders.of(record, group, failure, schema));
        } catch (RecordTooLargeException | RecordBatchTooLargeException e) {
            writeShorter(record, failure, schema);
        }
    }

    private void writeShorter(ConsumerRecord<byte[], byte[]> record, Failure failure, WriterSchema schema)
            throws InterruptedException {
        try {
            send(
                    record,
                    record.key(),
                    record.value(),
                    DeadLetterHeaders.withoutMessage(record, group, failure, schema));
        } catch (RecordTooLargeException | RecordBatchTooLargeException e) {
            send(record, null, null, DeadLetterHeaders.pointer(record, group, failure, schema));
        }
    }

    private void send(
            ConsumerRecord<byte[], byte[]> record, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers)
            throws InterruptedException {
        Origin origin = Origin.of(record, group);
        String topic = TopicNames.deadLetter(origin.topic(), group);
        try {
            // The same partition as in the source keeps the order of a key; a topic with fewer takes Kafka's choice.
            // Asked each time (the producer knows), because the topic may have been made anew with fewer.
            int count = producer.partitionsFor(topic).size();
            @Nullable
            Integer partition =
                    origin.partition() >= 0 && origin.partition() < count ? Integer.valueOf(origin.partition()) : null;
            // No timestamp of the source: a topic's retention would delete an old record at once.
            producer.send(new ProducerRecord<>(topic, partition, null, key, value, headers))
                    .get();
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (IllegalStateException e) {
            throw new KafkaException("The bus is closed", e);
        }
    }

    private static InterruptedException interrupted(InterruptException cause) {
        InterruptedException result = new InterruptedException(cause.getMessage());
        result.initCause(cause);
        return result;
    }
}
