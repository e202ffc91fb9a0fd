package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What becomes of a node that can't read its topic, or a message of it. */
class KafkaReaderTest {

    private static final String TOPIC = "t";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    private KafkaReader started(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        KafkaReader reader = new KafkaReader(consumer, TOPIC, each);
        assertThat(reader.start(LIMIT)).isTrue();
        return reader;
    }

    private static ConsumerRecord<byte[], byte[]> message(long offset, String key, String value) {
        return new ConsumerRecord<>(
                TOPIC, 0, offset, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anErrorThatEndsTheReaderIsSaid() {
        try (KafkaReader reader = started(message -> {
            throw new OutOfMemoryError("one bad message");
        })) {
            consumer.schedulePollTask(() -> consumer.addRecord(message(0, "k", "v")));

            assertThat(reader.await(1, LIMIT)).isFalse();
            assertThat(reader.hasEnded()).isTrue();
            assertThat(reader.trouble())
                    .hasValueSatisfying(trouble -> assertThat(trouble).contains(TOPIC, "must be restarted"));
        }
    }

    @Test
    void aReaderThatIsClosedIsInNoTrouble() {
        KafkaReader reader = started(message -> fail("there is none"));
        reader.close();

        assertThat(reader.hasEnded()).isTrue();
        assertThat(reader.trouble()).isEmpty();
    }

    @Test
    void aMessageTooDeepToUnderstandIsSkipped() {
        List<Change> heard = new ArrayList<>();
        KafkaIntake intake = new KafkaIntake(new KafkaLeadership("n"), change -> {
            if (change instanceof Change.ModeRemoved) {
                throw new StackOverflowError();
            }
            heard.add(change);
        });
        try (KafkaReader reader = started(intake)) {
            consumer.schedulePollTask(() -> {
                consumer.addRecord(new ConsumerRecord<>(
                        TOPIC, 0, 0, KafkaKeys.mode(Optional.empty()).getBytes(StandardCharsets.UTF_8), null));
                consumer.addRecord(message(1, KafkaKeys.noop(), "{}"));
            });

            assertThat(reader.await(2, LIMIT)).isTrue();
        }
        assertThat(intake.skipped()).isOne();
        assertThat(heard).containsExactly(new Change.Noop());
    }

    @Test
    void aNodeThatReadsNoMoreLeavesTheElection() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        LeaderElection.Office office = new LeaderElection.Office() {
            @Override
            public boolean able() {
                return false;
            }

            @Override
            public boolean held() {
                return false;
            }

            @Override
            public void take() {
                fail("it can't lead");
            }

            @Override
            public void leave() {
                left.countDown();
            }
        };
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(PARTITION)));
        LeaderElection election = new LeaderElection(consumer, TOPIC, office);
        election.start();

        assertThat(left.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        election.close();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void theNumbersOfAVersionThatCannotBeReadStayTaken() {
        Registrations state = new Registrations();
        KafkaIntake intake = new KafkaIntake(new KafkaLeadership("n"), state::apply);
        intake.accept(message(
                0, KafkaKeys.schema("s", 1), "{\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"\\\"int\\\"\"}"));
        intake.accept(message(
                1,
                KafkaKeys.schema("s", 2),
                "{\"subject\":\"s\",\"version\":2,\"id\":9,\"references\":{},\"schema\":\"\\\"long\\\"\"}"));
        intake.accept(message(2, KafkaKeys.schema("t", 3), "no JSON"));

        assertThat(intake.skipped()).isEqualTo(2);
        assertThat(state.highestVersion("s")).isEqualTo(2);
        assertThat(state.highestVersion("t")).isEqualTo(3);
        assertThat(state.schemas(".").highestId()).isEqualTo(9);
        assertThat(intake.highestIds().unkept()).contains(new Change.IdsUsed(Map.of(".", 9)));

        state.apply(new Change.VersionReserved("s", 4, OptionalInt.empty()));
        state.apply(new Change.SchemaRemoved("s", 4));
        assertThat(state.highestVersion("s")).isEqualTo(2);
    }
}
