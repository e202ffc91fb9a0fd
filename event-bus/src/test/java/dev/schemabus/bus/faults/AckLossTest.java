package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.faults.History.Outcome;
import dev.schemabus.bus.faults.HistoryCheck.Finding;
import dev.schemabus.bus.faults.HistoryCheck.Sin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests get through and are carried out, and their answers don't come back; then the connection breaks. */
@Timeout(600)
class AckLossTest {

    private static final int CUTS = Extent.of(15, 75);
    private static final Duration LOSING = Duration.ofMillis(15);

    private static Brokers brokers;

    private final History history = new History();

    @BeforeAll
    static void start() throws InterruptedException {
        brokers = Brokers.start(1);
    }

    @AfterAll
    static void stop() {
        brokers.close();
    }

    @Test
    void lostAcksLeadNeitherToDuplicatesNorToAnotherOrder() throws Exception {
        Scene scene = scene();
        try (EventBus bus = scene.with(Map.of("linger.ms", 1)).bus()) {
            loseAcks(Load.start(history, Load.through(bus), 20, 5_000));
        }

        List<Finding> findings = HistoryCheck.ofPublishing(scene.readInto(history));
        Figures.print(
                "ack-loss",
                "cuts",
                CUTS,
                "acked",
                history.publications(Outcome.ACKED).size());
        assertThat(findings).isEmpty();
        assertThat(history.publications(Outcome.INDETERMINATE)).isEmpty();
        assertThat(history.publications(Outcome.REJECTED)).isEmpty();
    }

    /** The control: a producer that isn't idempotent writes again what it had written. */
    @Test
    void aProducerThatIsNotIdempotentWritesTwiceWhenAcksAreLost() throws Exception {
        Scene scene = scene();
        Map<String, Object> careless = scene.with(Map.of("acks", "all", "enable.idempotence", false, "linger.ms", 1))
                .kafka();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(careless, new ByteArraySerializer(), new ByteArraySerializer())) {
            loseAcks(Load.start(history, Load.through(producer, scene.topic()), 20, 5_000));
        }

        List<Finding> findings = HistoryCheck.ofPublishing(scene.readInto(history));
        Figures.print("ack-loss-control", "cuts", CUTS, "findings", HistoryCheck.count(findings));
        assertThat(findings).extracting(Finding::sin).contains(Sin.DUPLICATED);
    }

    private static void loseAcks(Load load) throws InterruptedException {
        try (load) {
            for (int cut = 0; cut < CUTS; cut++) {
                load.awaitAcked(500);
                brokers.proxy(0).loseAnswers(LOSING);
            }
            load.awaitAcked(500);
            load.stop();
        }
    }

    private static Scene scene() {
        Scene scene = Scene.of(brokers.clientProperties());
        brokers.createTopic(scene.topic(), 4);
        return scene;
    }
}
