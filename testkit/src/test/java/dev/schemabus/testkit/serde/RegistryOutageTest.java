package dev.schemabus.testkit.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.serde.EventDeserializer;
import dev.schemabus.serde.EventSerializer;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The registry goes away and comes back while a producer and a consumer are at work. */
@ExtendWith(SchemabusExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RegistryOutageTest {

    private static final Duration DEADLINE = Duration.ofSeconds(2);

    sealed interface OrderEvent {
        record Placed(String orderId) implements OrderEvent {}

        record Paid(String orderId, long cents) implements OrderEvent {}
    }

    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private String topic;
    private Producer<String, OrderEvent> producer;
    private Consumer<String, OrderEvent> consumer;

    RegistryOutageTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void openClients(TestInfo test) {
        topic = "outage-" + test.getTestMethod().orElseThrow().getName();
        kafka.createTopic(topic, 1);
        producer = producer();
        consumer = consumer();
    }

    @AfterEach
    void close() {
        producer.close();
        consumer.close();
        registry.close();
    }

    @Test
    void whatIsKnownIsStillWrittenAndRead() throws Exception {
        send(new OrderEvent.Placed("o-1"));
        assertThat(receive(1)).containsExactly(new OrderEvent.Placed("o-1"));

        registry.stop();
        send(new OrderEvent.Placed("o-2"));
        assertThat(receive(1)).containsExactly(new OrderEvent.Placed("o-2"));
    }

    @Test
    void aNewTypeIsRefusedInTimeAndWrittenWhenTheRegistryIsBack() throws Exception {
        send(new OrderEvent.Placed("o-1"));
        registry.stop();

        long start = System.nanoTime();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> send(new OrderEvent.Paid("o-1", 100)))
                .withCauseInstanceOf(RetriableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE.plusSeconds(1));
        send(new OrderEvent.Placed("o-2"));

        registry.restart();
        send(new OrderEvent.Paid("o-1", 100));
        assertThat(receive(3))
                .containsExactly(
                        new OrderEvent.Placed("o-1"), new OrderEvent.Placed("o-2"), new OrderEvent.Paid("o-1", 100));
    }

    @Test
    void aNewIdIsNoPoisonRecordAndIsReadWhenTheRegistryIsBack() throws Exception {
        send(new OrderEvent.Placed("o-1"));
        assertThat(receive(1)).hasSize(1);
        send(new OrderEvent.Paid("o-1", 100));
        registry.stop();

        assertThatExceptionOfType(RecordDeserializationException.class)
                .isThrownBy(() -> receive(1))
                .withCauseInstanceOf(RetriableException.class);
        TopicPartition partition = new TopicPartition(topic, 0);
        assertThat(consumer.position(partition)).isEqualTo(1);

        registry.restart();
        assertThat(receive(1)).containsExactly(new OrderEvent.Paid("o-1", 100));
    }

    private void send(OrderEvent event) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(topic, "k", event)).get();
    }

    private List<OrderEvent> receive(int count) {
        List<OrderEvent> received = new ArrayList<>();
        while (received.size() < count) {
            consumer.poll(Duration.ofSeconds(1)).forEach(record -> received.add(record.value()));
        }
        return received;
    }

    private Producer<String, OrderEvent> producer() {
        Map<String, Object> settings = settings();
        settings.put("key.serializer", StringSerializer.class.getName());
        settings.put("value.serializer", EventSerializer.class.getName());
        return new KafkaProducer<>(settings);
    }

    private Consumer<String, OrderEvent> consumer() {
        Map<String, Object> settings = settings();
        settings.put("key.deserializer", StringDeserializer.class.getName());
        settings.put("value.deserializer", EventDeserializer.class.getName());
        settings.put("schemabus.value.type", OrderEvent.class.getName());
        settings.put("fetch.max.wait.ms", 10);
        Consumer<String, OrderEvent> opened = new KafkaConsumer<>(settings);
        opened.assign(List.of(new TopicPartition(topic, 0)));
        opened.seekToBeginning(opened.assignment());
        return opened;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
        settings.put("schema.registry.url", registry.url());
        settings.put("schemabus.registry.deadline.ms", (int) DEADLINE.toMillis());
        settings.put("value.subject.name.strategy", "TopicRecordNameStrategy");
        return settings;
    }
}
