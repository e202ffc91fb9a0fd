package dev.schemabus.bus.faults;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.EventBusBuilder;
import dev.schemabus.bus.faults.History.Logged;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where a fault test plays.
 *
 * @param kafka how clients reach the brokers
 * @param registry the URL of the schema registry
 * @param topic the one topic of all events
 * @param group the consumer group
 */
record Scene(Map<String, Object> kafka, String registry, String topic, String group) {

    /** The header that says which of its key an event is, so that it can be counted without decoding. */
    static final String NUMBER = "number";

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** With a topic and a group that nobody has. */
    static Scene of(Map<String, Object> kafka, String registry) {
        int number = COUNT.incrementAndGet();
        return new Scene(kafka, registry, "faults." + number, "readers-" + number);
    }

    /** With a registry in this JVM that nobody has. */
    static Scene of(Map<String, Object> kafka) {
        return of(kafka, "memory:faults" + COUNT.incrementAndGet());
    }

    /** The same place for clients with other settings. */
    Scene with(Map<String, ?> settings) {
        Map<String, Object> more = new HashMap<>(kafka);
        more.putAll(settings);
        return new Scene(more, registry, topic, group);
    }

    /** A bus, as each process has its own. */
    EventBus bus() {
        return bus(settings -> settings);
    }

    /** The same with settings of its own. */
    EventBus bus(UnaryOperator<EventBusBuilder> settings) {
        return settings.apply(EventBus.builder()
                        .kafka(kafka)
                        .registry(registry)
                        .topics(type -> type.javaType() == Done.class ? outputs() : topic))
                .build();
    }

    /** The topic of what handlers publish. */
    String outputs() {
        return topic + ".done";
    }

    String deadLetters() {
        return topic + "." + group + ".dlt";
    }

    /** @param number from 1; 0 is the one that keeps the order of keys */
    String retry(int number) {
        return topic + "." + group + ".retry." + number;
    }

    /** Reads a topic from its beginning to its present end. */
    void read(String from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.putIfAbsent("isolation.level", "read_committed");
        properties.keySet().removeAll(List.of("delivery.timeout.ms", "linger.ms", "max.block.ms", "buffer.memory"));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(from).stream()
                    .map(info -> new TopicPartition(from, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(50)).forEach(each);
            }
        }
    }

    /** Writes down what stands in the topic. */
    History readInto(History history) {
        read(
                topic,
                record -> history.add(new Logged(
                        record.partition(),
                        record.offset(),
                        new String(record.key(), StandardCharsets.UTF_8),
                        Long.parseLong(new String(
                                Objects.requireNonNull(record.headers().lastHeader(NUMBER))
                                        .value(),
                                StandardCharsets.UTF_8)))));
        return history;
    }
}
