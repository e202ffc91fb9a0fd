package dev.schemabus.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.schemabus.testkit.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A bus with topics of its own on a real broker, and plain Kafka clients beside it. */
final class Shop implements AutoCloseable {

    /** A registry of the shop's own. */
    static final String IN_MEMORY = "memory:";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    static {
        // What a test waits for comes within a second; a busy machine may take a multiple of Awaitility's 10 s.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    private final String name = "t" + NUMBER.incrementAndGet();
    private final TopicNaming naming = TopicNamings.environment(name, TopicNamings.entityStream());
    private final Map<String, Object> kafka;
    private final String registry;
    private final List<EventBus> buses = new ArrayList<>();
    private final EventBus bus;

    Shop(EmbeddedKafka kafka, int partitions) {
        this(kafka, partitions, IN_MEMORY, Map.of());
    }

    /**
     * @param registry its URL, or {@link #IN_MEMORY}
     * @param settings more settings for Kafka's clients
     */
    Shop(EmbeddedKafka kafka, int partitions, String registry, Map<String, ?> settings) {
        this.kafka = new HashMap<>(kafka.clientProperties());
        this.kafka.putAll(settings);
        this.registry = registry.equals(IN_MEMORY) ? "memory:" + name : registry;
        this.bus = anotherBus(partitions);
    }

    EventBus bus() {
        return bus;
    }

    /** Another one, like another process. */
    EventBus anotherBus(int partitions) {
        EventBus another = EventBus.builder()
                .kafka(kafka)
                .registry(registry)
                .topics(naming)
                .createTopics(partitions, 1)
                .build();
        buses.add(another);
        return another;
    }

    TopicNaming naming() {
        return naming;
    }

    Map<String, Object> kafka() {
        return kafka;
    }

    String registry() {
        return registry;
    }

    String topic() {
        return name + ".shop.order.events";
    }

    String deadLetters(String group) {
        return TopicNames.deadLetter(topic(), group);
    }

    /** Writes bytes past the bus. */
    void produce(ProducerRecord<byte[], byte[]> record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    /** Reads all that stands in a topic now. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return read(topic, Map.of());
    }

    /** The same with settings for the consumer. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic, Map<String, ?> settings) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.putAll(settings);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
            return records;
        }
    }

    /** What a group has committed, by partition. */
    Map<Integer, Long> committed(String group) throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            Map<Integer, Long> result = new HashMap<>();
            for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()) {
                if (entry.getKey().topic().equals(topic())) {
                    result.put(entry.getKey().partition(), entry.getValue().offset());
                }
            }
            return result;
        }
    }

    /** A member of a group that commits records as soon as it has polled them. */
    void pollAndCommit(String group, int count) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put("group.id", group);
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic()));
            for (int polled = 0; polled < count; ) {
                polled += consumer.poll(Duration.ofMillis(50)).count();
            }
            consumer.commitSync();
        }
    }

    /** Sets a group's offset, while nobody of the group is there. */
    void commit(String group, int partition, OffsetAndMetadata offset) throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            admin.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(topic(), partition), offset))
                    .all()
                    .get();
        }
    }

    /** Removes the records before an offset, as retention does. */
    void deleteBefore(int partition, long offset) throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            admin.deleteRecords(Map.of(new TopicPartition(topic(), partition), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    void deleteTopic(String topic) throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), UTF_8);
    }

    @Override
    public void close() {
        buses.forEach(EventBus::close);
    }
}
