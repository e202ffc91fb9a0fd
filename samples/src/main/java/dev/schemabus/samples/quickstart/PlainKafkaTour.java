package dev.schemabus.samples.quickstart;

import dev.schemabus.samples.shop.OrderPaid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/** Step 4 of the tour, second half: a plain producer and consumer, told by properties alone what to write and read. */
final class PlainKafkaTour {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Surroundings surroundings;

    PlainKafkaTour(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Sends the events through a topic of their own in a format ({@code avro} or {@code json}); gives what came out. */
    List<OrderPaid> run(List<OrderPaid> events, String format) throws InterruptedException, ExecutionException {
        TopicPartition place = new TopicPartition("quickstart.plain." + format, 0);
        createTopic(place.topic());
        try (KafkaConsumer<String, OrderPaid> consumer = new KafkaConsumer<>(consumerProperties())) {
            consumer.assign(List.of(place));
            consumer.seekToEnd(List.of(place)); // past what earlier runs left there
            consumer.position(place);
            try (KafkaProducer<String, OrderPaid> producer = new KafkaProducer<>(producerProperties(format))) {
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (OrderPaid event : events) {
                    sent.add(producer.send(new ProducerRecord<>(place.topic(), event.orderId(), event)));
                }
                for (Future<RecordMetadata> acknowledgement : sent) {
                    acknowledgement.get();
                }
            }
            return receive(consumer, events.size());
        }
    }

    private Map<String, Object> producerProperties(String format) {
        return Map.of(
                "bootstrap.servers",
                surroundings.bootstrapServers(),
                "key.serializer",
                "org.apache.kafka.common.serialization.StringSerializer",
                "value.serializer",
                "dev.schemabus.serde.EventSerializer",
                "schema.registry.url",
                surroundings.registryUrl(),
                "schemabus.format",
                format);
    }

    private Map<String, Object> consumerProperties() {
        return Map.of(
                "bootstrap.servers", surroundings.bootstrapServers(),
                "key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer",
                "value.deserializer", "dev.schemabus.serde.EventDeserializer",
                "schema.registry.url", surroundings.registryUrl(),
                "schemabus.value.type", "dev.schemabus.samples.shop.OrderPaid",
                "enable.auto.commit", "false");
    }

    private static List<OrderPaid> receive(KafkaConsumer<String, OrderPaid> consumer, int count) {
        List<OrderPaid> received = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (received.size() < count && System.nanoTime() < end) {
            for (ConsumerRecord<String, OrderPaid> record : consumer.poll(Duration.ofMillis(200))) {
                received.add(record.value());
            }
        }
        return received;
    }

    private void createTopic(String topic) throws InterruptedException, ExecutionException {
        Map<String, Object> properties = Map.of("bootstrap.servers", surroundings.bootstrapServers());
        try (Admin admin = Admin.create(properties)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
