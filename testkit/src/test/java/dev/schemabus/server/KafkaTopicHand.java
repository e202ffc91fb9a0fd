package dev.schemabus.server;

import dev.schemabus.testkit.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Another registry, played by hand: it writes and reads the topic as text, without transactions. */
final class KafkaTopicHand implements AutoCloseable {

    private final KafkaProducer<String, String> producer;
    private final Map<String, Object> properties;
    private final String topic;

    KafkaTopicHand(EmbeddedKafka kafka, String topic) {
        this.topic = topic;
        properties = new HashMap<>(kafka.clientProperties());
        producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    /** Single quotes stand for double ones. */
    void write(String key, @Nullable String value) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(
                        topic, key.replace('\'', '"'), value == null ? null : value.replace('\'', '"')))
                .get();
    }

    /** All that is there, as one sees who doesn't look at transactions: also what was never committed. */
    List<KafkaMessage> readAll() {
        List<KafkaMessage> all = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> read : consumer.poll(Duration.ofMillis(100))) {
                    all.add(new KafkaMessage(read.key(), read.value()));
                }
            }
        }
        return all;
    }

    @Override
    public void close() {
        producer.close();
    }
}
