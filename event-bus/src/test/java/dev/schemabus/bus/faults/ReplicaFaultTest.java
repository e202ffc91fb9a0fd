package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.PublishOutcome;
import dev.schemabus.bus.PublishOutcome.Acked;
import dev.schemabus.bus.PublishOutcome.Indeterminate;
import dev.schemabus.bus.With;
import dev.schemabus.bus.faults.History.Outcome;
import dev.schemabus.testkit.EmbeddedKafka;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two of three replicas are away, one less than an acknowledgement needs. */
@Timeout(300)
class ReplicaFaultTest {

    private final History history = new History();
    private final EmbeddedKafka kafka = EmbeddedKafka.start(3);
    private final Scene scene = Scene.of(kafka.clientProperties());

    @BeforeEach
    void createTopic() {
        kafka.createTopic(scene.topic(), 2);
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void withTooFewReplicasNothingIsAckedAndWhatWaitedIsAckedWhenTheyAreBack() throws Exception {
        try (EventBus bus = scene.bus();
                EventBus impatient = scene.with(Map.of("delivery.timeout.ms", 3_000, "request.timeout.ms", 1_000))
                        .bus()) {
            publish(bus, "warm", 0);
            publish(impatient, "warm", 1);
            kafka.stopNode(0);
            kafka.stopNode(1);

            PublishOutcome late = impatient
                    .publishAsync(event("late", 0), number(0))
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertThat(late).isInstanceOf(Indeterminate.class);

            try (Load load = Load.start(history, Load.through(bus), 10, 200)) {
                Awaitility.await().until(() -> load.started() > 200);
                assertThat(load.acked()).isZero();
                kafka.startNode(0);
                load.awaitAcked(200);
                load.stop();
            }
        }

        scene.readInto(history);
        assertThat(HistoryCheck.ofPublishing(history)).isEmpty();
        assertThat(history.publications(Outcome.REJECTED)).isEmpty();
        assertThat(history.publications(Outcome.INDETERMINATE)).isEmpty();
    }

    /** The control: a producer content with one replica is told that all is well, though one disk has it all. */
    @Test
    void aProducerContentWithOneReplicaIsAckedMeanwhile() throws Exception {
        kafka.stopNode(0);
        kafka.stopNode(1);
        Map<String, Object> content =
                scene.with(Map.of("acks", "1", "enable.idempotence", false)).kafka();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(content, new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThat(Load.all(history, Load.through(producer, scene.topic()), 10, 100)
                            .acked())
                    .isEqualTo(100);
        }
    }

    private static void publish(EventBus bus, String key, long number) throws Exception {
        assertThat(bus.publishAsync(event(key, number), number(number))
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS))
                .isInstanceOf(Acked.class);
    }

    private static Numbered event(String key, long number) {
        return new Numbered(key, number, "");
    }

    private static With number(long number) {
        return With.NOTHING.header(Scene.NUMBER, Long.toString(number));
    }
}
