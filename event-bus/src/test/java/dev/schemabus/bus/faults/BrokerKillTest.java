package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.faults.History.Outcome;
import dev.schemabus.bus.faults.HistoryCheck.Finding;
import dev.schemabus.bus.faults.HistoryCheck.Sin;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker is killed as {@code kill -9} does, again and again, while events are published. */
@Timeout(1_800)
class BrokerKillTest {

    private static final int KEYS = 50;
    private static final int KILLS = Extent.of(3, 5);
    private static final int BETWEEN_KILLS = Extent.of(1_000, 20_000);

    private final History history = new History();

    @Test
    void whatWasAckedSurvivesTheKillsOfItsOnlyBrokerAndNothingIsTwice() throws Exception {
        try (Brokers brokers = Brokers.start(1)) {
            // A producer that loses sight of the topic, whose only broker is away, waits for it this long, by default 5
            // s.
            Scene scene = Scene.of(brokers.clientProperties()).with(Map.of("max.block.ms", 60_000));
            brokers.createTopic(scene.topic(), 4);
            try (EventBus bus = scene.bus();
                    Load load = Load.start(history, Load.through(bus), KEYS, 5_000)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    load.awaitAcked(BETWEEN_KILLS);
                    brokers.kill(0);
                    brokers.restart(0);
                }
                load.awaitAcked(BETWEEN_KILLS);
                load.stop();
            }
            Figures.print(
                    "broker-kill-1",
                    "acked",
                    history.publications(Outcome.ACKED).size(),
                    "kills",
                    KILLS);

            assertThat(HistoryCheck.ofPublishing(scene.readInto(history))).isEmpty();
            assertThat(history.publications(Outcome.REJECTED)).isEmpty();
            assertThat(history.publications(Outcome.INDETERMINATE)).isEmpty();
        }
    }

    @Test
    void whatWasAckedSurvivesTheKillsOfLeadersAndNothingIsTwice() throws Exception {
        try (Brokers brokers = Brokers.start(3)) {
            Scene scene = Scene.of(brokers.clientProperties());
            brokers.createTopic(scene.topic(), 3);
            int kills = Extent.of(2, 5);
            int between = Extent.of(1_000, 170_000);
            int perSecond = Extent.of(3_000, 20_000);
            Load load;
            Load raw;
            // Beside the bus, into the same partitions, what a producer does by itself: the gap is to be as short.
            try (EventBus bus = scene.bus();
                    KafkaProducer<byte[], byte[]> producer =
                            new KafkaProducer<>(scene.kafka(), new ByteArraySerializer(), new ByteArraySerializer());
                    Load byBus = Load.start(history, Load.through(bus), KEYS, perSecond);
                    Load byProducer = Load.start(
                            history, Load.through(producer, scene.topic(), "raw-"), KEYS, Extent.of(3_000, 5_000))) {
                load = byBus;
                raw = byProducer;
                for (int kill = 0; kill < kills; kill++) {
                    load.awaitAcked(between);
                    int leader = brokers.leader(scene.topic(), 0);
                    brokers.kill(leader);
                    load.awaitAcked(1_000);
                    raw.awaitAcked(1_000);
                    brokers.restart(leader);
                }
                load.awaitAcked(between);
                load.stop();
                raw.stop();
            }
            Figures.print(
                    "broker-kill-3",
                    "acked",
                    load.acked(),
                    "kills",
                    kills,
                    "longest gap ms",
                    load.longestGap().toMillis(),
                    "raw longest gap ms",
                    raw.longestGap().toMillis());

            assertThat(HistoryCheck.ofPublishing(scene.readInto(history))).isEmpty();
            assertThat(history.publications(Outcome.REJECTED)).isEmpty();
            assertThat(history.publications(Outcome.INDETERMINATE)).isEmpty();
            assertThat(load.longestGap())
                    .isLessThan(raw.longestGap().plusMillis(500).plus(Load.STALL_OF_A_BUSY_MACHINE));
        }
    }

    /** The control: a producer that doesn't wait for an answer and doesn't ask twice loses what it took for sent. */
    @Test
    void aProducerThatDoesntWaitForAcksLosesWhatItTookForSent() throws Exception {
        try (Brokers brokers = Brokers.start(1)) {
            Scene scene = Scene.of(brokers.clientProperties());
            brokers.createTopic(scene.topic(), 4);
            Map<String, Object> careless = scene.with(
                            Map.of("acks", "0", "enable.idempotence", false, "retries", 0, "max.block.ms", 300))
                    .kafka();
            try (KafkaProducer<byte[], byte[]> producer =
                            new KafkaProducer<>(careless, new ByteArraySerializer(), new ByteArraySerializer());
                    Load load = Load.start(history, Load.through(producer, scene.topic()), KEYS, 5_000)) {
                load.awaitAcked(2_000);
                brokers.kill(0);
                brokers.restart(0);
                load.awaitAcked(2_000);
                load.stop();
            }

            assertThat(HistoryCheck.ofPublishing(scene.readInto(history)))
                    .extracting(Finding::sin)
                    .contains(Sin.LOST);
        }
    }
}
