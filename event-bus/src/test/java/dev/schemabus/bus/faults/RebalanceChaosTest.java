package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.faults.HistoryCheck.Finding;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Members join and leave all the time while records are handled. */
@ExtendWith(SchemabusExtension.class)
@Timeout(1800)
class RebalanceChaosTest {

    private static final int MEMBERS = Extent.of(4, 12);
    private static final int PARTITIONS = Extent.of(20, 80);
    private static final int RECORDS = Extent.of(20_000, 500_000);
    private static final int KEYS = Extent.of(200, 5_000);

    private final Scene scene;
    private final History history = new History();

    RebalanceChaosTest(EmbeddedKafka kafka) {
        // Members hear of a rebalance at their next heartbeat: the sooner, the more rebalances fit in.
        scene = Scene.of(kafka.clientProperties()).with(Map.of("heartbeat.interval.ms", 200));
        kafka.createTopic(scene.topic(), PARTITIONS);
        kafka.createTopic(scene.deadLetters(), PARTITIONS);
    }

    @Test
    void membersThatJoinAndLeaveLoseNothingKeepTheOrderAndRepeatLittle() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        publish();
        List<Member> members = new ArrayList<>();
        int changes = 0;
        long start = System.nanoTime();
        try {
            for (int i = 0; i < MEMBERS / 2; i++) {
                members.add(join(i));
            }
            while (history.distinctDeliveries() < RECORDS * 9L / 10) {
                awaitDelivered(history.deliveryCount() + RECORDS / 50);
                boolean joins = members.size() < 2 || (members.size() < MEMBERS && random.nextBoolean());
                if (joins) {
                    members.add(join(++changes + MEMBERS));
                } else {
                    changes++;
                    try (Member leaving = members.remove(random.nextInt(members.size()))) {
                        assertThat(leaving.leave(Duration.ofSeconds(30))).isTrue();
                    }
                }
            }
            Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> history.distinctDeliveries() == RECORDS);
        } finally {
            members.forEach(Member::close);
        }
        Figures.print(
                "rebalance-chaos",
                "seed",
                seed,
                "records",
                RECORDS,
                "changes",
                changes,
                "redelivered",
                history.redeliveries(),
                "seconds",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));

        List<Finding> findings = HistoryCheck.ofDelivery(history);
        assertThat(findings)
                .as("seed %s: %s", seed, HistoryCheck.count(findings))
                .isEmpty();
        assertThat(history.redeliveries()).as("seed %s", seed).isLessThanOrEqualTo(RECORDS / 100);
    }

    /** The control: consumers that commit what they polled, handle beside the poll thread, and know no lanes. */
    @Test
    void consumersThatCommitWhatTheyPolledLoseRecordsWhenTheyLeave() throws Exception {
        publish();
        Set<String> seen = new HashSet<>();
        for (int member = 0; member < MEMBERS; member++) {
            Map<String, Object> properties = new HashMap<>(scene.kafka());
            properties.putAll(
                    Map.of("group.id", scene.group(), "auto.offset.reset", "earliest", "enable.auto.commit", true));
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(scene.topic()));
                List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
                Awaitility.await().pollInSameThread().until(() -> {
                    consumer.poll(Duration.ofMillis(50)).forEach(polled::add);
                    return polled.size() > 100;
                });
                // It leaves with one half of what it polled in hand: close commits the other half too.
                polled.subList(0, polled.size() / 2)
                        .forEach(record -> seen.add(record.partition() + "@" + record.offset()));
            }
        }
        try (Member last = Member.join(scene, "last", history, (event, attempt) -> {})) {
            Member idle = last;
            Awaitility.await().until(() -> !idle.subscription().assignment().isEmpty());
            Awaitility.await()
                    .during(Duration.ofSeconds(2))
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> history.deliveryCount(), new Settled()::isUnchanged);
        }
        history.deliveries().forEach(delivery -> seen.add(delivery.partition() + "@" + delivery.offset()));

        // The group is done with all of them, and some were handled by nobody.
        assertThat(committed()).isEqualTo(RECORDS);
        assertThat(seen.size()).isLessThan(RECORDS);
    }

    /** How many records the group is done with. */
    private long committed() throws Exception {
        try (Admin admin = Admin.create(scene.kafka())) {
            return admin.listConsumerGroupOffsets(scene.group()).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }

    /** Whether a number is the same as when it was asked about before. */
    private static final class Settled {
        private int last = -1;

        boolean isUnchanged(int now) {
            boolean same = now == last;
            last = now;
            return same;
        }
    }

    private void publish() throws InterruptedException {
        try (EventBus bus = scene.bus()) {
            Load.all(history, Load.through(bus), KEYS, RECORDS);
        }
        scene.readInto(history);
        assertThat(HistoryCheck.ofPublishing(history)).isEmpty();
    }

    private Member join(int number) {
        // Few in flight, because who leaves finishes what it has, and the others are to come and go often.
        return Member.join(
                scene,
                "m" + number,
                history::add,
                (event, attempt) -> TimeUnit.MILLISECONDS.sleep(event.number() % 16),
                settings -> settings.concurrency(4).maxInFlight(500, 1 << 20));
    }

    private void awaitDelivered(int goal) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> history.deliveryCount() >= Math.min(goal, RECORDS));
    }
}
