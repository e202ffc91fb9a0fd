package dev.schemabus.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Text records to and from a cluster. */
final class Records {

    private Records() {}

    /** A producer that asks for {@code acks=all}. */
    static KafkaProducer<String, String> producer(Map<String, Object> clientProperties, Map<String, Object> settings) {
        var properties = new HashMap<>(clientProperties);
        properties.put("acks", "all");
        properties.put("linger.ms", 0);
        properties.putAll(settings);
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    /** The values of all records that the topic holds now. */
    static List<String> values(Map<String, Object> clientProperties, String topic) {
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(clientProperties, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, String> received : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(received.value());
                }
            }
        }
        return values;
    }
}
