package dev.schemabus.bus;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Internal: writes dead letters of one group. */
final class DeadLetterWriter {

    private final Producer<byte[], byte[]> producer;
    private final String group;
    private final Map<String, Integer> partitions;

    /** @param partitions how many partitions each dead letter topic has */
    DeadLetterWriter(Producer<byte[], byte[]> producer, String group, Map<String, Integer> partitions) {
        this.producer = producer;
        this.group = group;
        this.partitions = Map.copyOf(partitions);
    }

    /**
     * Writes a dead letter and waits for its acknowledgement.
     *
     * @throws KafkaException if it is not acknowledged; it may have been written all the same
     */
    void write(ConsumerRecord<byte[], byte[]> record, Failure failure) throws InterruptedException {
        String topic = TopicNames.deadLetter(record.topic(), group);
        int count = partitions.getOrDefault(topic, 0);
        // The same partition as in the source keeps the order of a key; a topic with fewer takes Kafka's choice.
        @Nullable Integer partition = record.partition() < count ? Integer.valueOf(record.partition()) : null;
        try {
            // No timestamp of the source: a topic's retention would delete an old record at once.
            producer.send(new ProducerRecord<>(
                            topic,
                            partition,
                            null,
                            record.key(),
                            record.value(),
                            DeadLetterHeaders.of(record, group, failure)))
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
