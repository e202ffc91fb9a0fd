package dev.schemabus.testkit.contract;

import dev.schemabus.serde.EventDeserializer;
import dev.schemabus.serde.EventSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic of its own with one partition, and real Kafka clients for it that know the serdes by class name alone. Keys are
 * plain text unless the settings say otherwise.
 */
final class ContractTopic {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String bootstrapServers;
    private final String registryUrl;
    private final String name = "contract-" + UUID.randomUUID();

    private ContractTopic(String bootstrapServers, String registryUrl) {
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
    }

    static ContractTopic create(String bootstrapServers, String registryUrl) {
        ContractTopic topic = new ContractTopic(bootstrapServers, registryUrl);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            await(admin.createTopics(List.of(new NewTopic(topic.name, 1, (short) 1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture());
        }
        return topic;
    }

    String name() {
        return name;
    }

    String registryUrl() {
        return registryUrl;
    }

    /** Settings of a producer, with more of them or others. */
    Map<String, Object> producing(Map<String, ?> more) {
        Map<String, Object> settings = clientSettings();
        settings.put("key.serializer", StringSerializer.class.getName());
        settings.put("value.serializer", EventSerializer.class.getName());
        settings.put("linger.ms", 0);
        settings.putAll(more);
        return settings;
    }

    /** Settings of a consumer, with more of them or others. */
    Map<String, Object> consuming(Map<String, ?> more) {
        Map<String, Object> settings = clientSettings();
        settings.put("key.deserializer", StringDeserializer.class.getName());
        settings.put("value.deserializer", EventDeserializer.class.getName());
        // A consumer waits for its last fetch when it closes; half a second each time, by default.
        settings.put("fetch.max.wait.ms", 10);
        settings.putAll(more);
        return settings;
    }

    private Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("schema.registry.url", registryUrl);
        return settings;
    }

    /** Writes records with a producer of these settings; returns when the broker has them. */
    void write(Map<String, ?> settings, @Nullable Object key, @Nullable Object... values) {
        try (Producer<Object, Object> producer = new KafkaProducer<>(producing(settings))) {
            for (Object value : values) {
                await(producer.send(new ProducerRecord<>(name, key, value)));
            }
        }
    }

    /** Reads all that the topic holds now with a consumer of these settings. */
    List<ConsumerRecord<Object, Object>> read(Map<String, ?> settings) {
        try (Consumer<Object, Object> consumer = new KafkaConsumer<>(consuming(settings))) {
            return read(consumer);
        }
    }

    /** Reads what the consumer has not read yet, from the beginning. */
    <K, V> List<ConsumerRecord<K, V>> read(Consumer<K, V> consumer) {
        List<ConsumerRecord<K, V>> records = new ArrayList<>();
        TopicPartition partition = partition();
        if (consumer.assignment().isEmpty()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
        }
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (consumer.position(partition) < end) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "Topic " + name + " gave " + records.size() + " records, and its end is at offset " + end);
            }
            consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
        }
        return records;
    }

    TopicPartition partition() {
        return new TopicPartition(name, 0);
    }

    static <R> R await(Future<R> answer) {
        try {
            return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Kafka", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("No answer from Kafka within " + LIMIT.toSeconds() + " s", e);
        }
    }
}
