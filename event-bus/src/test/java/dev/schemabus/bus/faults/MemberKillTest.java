package dev.schemabus.bus.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.faults.History.Delivery;
import dev.schemabus.bus.faults.HistoryCheck.Finding;
import dev.schemabus.bus.faults.HistoryCheck.Sin;
import dev.schemabus.bus.faults.MemberMain.Plan;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.testkit.SchemabusExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Members are killed as {@code kill -9} does in the middle of their work, again and again, and some are frozen until others
 * have their work; what each manner of delivery promises is counted.
 */
@ExtendWith(SchemabusExtension.class)
@Timeout(900)
class MemberKillTest {

    private static final int KILLS = Extent.of(2, 20);
    private static final int FREEZES = Extent.of(1, 5);
    private static final int BETWEEN_KILLS = 300;
    private static final int PER_SECOND = 300;
    private static final int KEYS = 100;
    private static final int PARTITIONS = 4;

    private final Scene scene;
    private final History history = new History();
    private final Collection<String> begun = new ConcurrentLinkedQueue<>();
    private final long seed = System.nanoTime();
    private int records;
    private int killed;

    MemberKillTest(EmbeddedKafka kafka, EmbeddedRegistry registry) {
        scene = Scene.of(kafka.clientProperties(), registry.url())
                .with(Map.of(
                        "session.timeout.ms",
                        1_500,
                        "heartbeat.interval.ms",
                        200,
                        // A frozen member's transaction holds up what it had until this is over.
                        "transaction.timeout.ms",
                        3_000));
        List.of(scene.topic(), scene.outputs(), scene.deadLetters(), scene.retry(0), scene.retry(1), scene.retry(2))
                .forEach(topic -> kafka.createTopic(topic, PARTITIONS));
    }

    @Test
    void keysThatAreParkedWhenTheirMemberIsKilledKeepTheirOrderAndLoseNothing() throws Exception {
        handleWhileMembersAreKilled(Manner.KEY_ORDER, KILLS, 0);
        AtomicInteger copies = new AtomicInteger();
        scene.read(scene.retry(0), record -> copies.incrementAndGet());
        print("key-order", "copies", copies, "redelivered", history.redeliveries());

        assertThat(copies).hasPositiveValue();
        assertThat(handledToTheEnd()).isEqualTo(records);
        assertThat(overtakings()).as("seed %s", seed).isZero();
        List<Finding> findings = HistoryCheck.ofDelivery(history);
        assertThat(findings)
                .as("seed %s: %s", seed, HistoryCheck.count(findings))
                .isEmpty();
    }

    /** The control: retry topics that don't park keys lose the order, and nothing else. */
    @Test
    void withPlainRetryTopicsTheSameKillsLeaveKeysOutOfOrder() throws Exception {
        handleWhileMembersAreKilled(Manner.RETRY_TOPICS, 1, 0);

        assertThat(handledToTheEnd()).isEqualTo(records);
        assertThat(overtakings()).as("seed %s", seed).isPositive();
        assertThat(HistoryCheck.ofDelivery(history)).extracting(Finding::sin).contains(Sin.OUT_OF_ORDER);
    }

    @Test
    void atMostOnceNoRecordIsHandedOutTwiceAndAMemberTakesFewAlong() throws Exception {
        handleWhileMembersAreKilled(Manner.AT_MOST_ONCE, KILLS, FREEZES);
        int lost = records - (int) begun.stream().distinct().count();
        print("at-most-once", "handled twice", twice(begun), "lost", lost);

        assertThat(twice(begun)).as("seed %s", seed).isZero();
        assertThat(lost).as("seed %s", seed).isBetween(0, killed * Manner.FEW);
    }

    @Test
    void exactlyOnceEachRecordHasOneOutputThoughItsHandlerMayHaveRunTwice() throws Exception {
        handleWhileMembersAreKilled(Manner.EXACTLY_ONCE, KILLS, FREEZES);
        List<String> outputs = outputs();
        print("exactly-once", "handled twice", twice(begun), "outputs", outputs.size(), "twice", twice(outputs));

        assertThat(twice(outputs)).as("seed %s", seed).isZero();
        assertThat(outputs).as("seed %s", seed).hasSize(records);
        assertThat(twice(begun)).as("seed %s: the kills come amid work", seed).isPositive();
    }

    /** The control of the two above. */
    @Test
    void atLeastOnceTheSameKillsMakeSomeRecordsComeTwiceAndHaveTwoOutputs() throws Exception {
        handleWhileMembersAreKilled(Manner.PUBLISHING_BY_ITSELF, 1, 0);
        List<String> outputs = outputs();
        print("at-least-once", "handled twice", twice(begun), "outputs", outputs.size(), "twice", twice(outputs));

        assertThat(outputs.stream().distinct()).hasSize(records);
        assertThat(twice(begun)).as("seed %s", seed).isPositive();
        assertThat(twice(outputs)).as("seed %s", seed).isPositive();
    }

    private void handleWhileMembersAreKilled(Manner manner, int kills, int freezes) throws Exception {
        Random random = new Random(seed);
        CompletableFuture<ChildProcess> second = CompletableFuture.supplyAsync(() -> join(1, manner));
        List<ChildProcess> members = new ArrayList<>(List.of(join(0, manner)));
        try (EventBus bus = scene.bus();
                Load load = Load.start(history, Load.through(bus), KEYS, PER_SECOND)) {
            members.add(second.join());
            for (int kill = 0; kill < kills; kill++) {
                awaitBegun(BETWEEN_KILLS + random.nextInt(BETWEEN_KILLS));
                int victim = random.nextInt(members.size());
                members.get(victim).kill();
                members.set(victim, join(victim, manner));
            }
            for (int freeze = 0; freeze < freezes; freeze++) {
                awaitBegun(BETWEEN_KILLS);
                ChildProcess victim = members.get(random.nextInt(members.size()));
                victim.freeze();
                awaitWork(() -> groupSize() == 1);
                awaitBegun(2 * BETWEEN_KILLS);
                // It goes on in the middle of what another has done meanwhile.
                victim.thaw();
                awaitWork(() -> groupSize() == 2);
            }
            awaitBegun(BETWEEN_KILLS);
            load.stop();
            records = load.acked();
            killed = kills + freezes;
            awaitWork(() -> committed() == records);
            if (manner == Manner.KEY_ORDER || manner == Manner.RETRY_TOPICS) {
                awaitWork(() -> handledToTheEnd() == records);
            }
            // In good order, so that only the kills can have taken something along.
            members.forEach(member -> member.tell("leave"));
            for (ChildProcess member : members) {
                assertThat(member.awaitEnd(Duration.ofSeconds(60)))
                        .as(member::printed)
                        .isZero();
            }
        } finally {
            members.forEach(ChildProcess::close);
        }
        assertThat(HistoryCheck.ofPublishing(scene.readInto(history))).isEmpty();
        assertThat(history.log()).hasSize(records);
    }

    private ChildProcess join(int name, Manner manner) {
        try {
            return MemberMain.start(
                    scene, "m" + name, Plan.PLAIN.working(Duration.ofMillis(4)).in(manner), history, begun::add);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitBegun(int more) {
        int goal = begun.size() + more;
        awaitWork(() -> begun.size() >= goal);
    }

    private static void awaitWork(Callable<Boolean> done) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(done);
    }

    private int groupSize() throws Exception {
        try (Admin admin = Admin.create(scene.kafka())) {
            return admin.describeConsumerGroups(List.of(scene.group())).all().get().values().stream()
                    .mapToInt(group -> group.members().size())
                    .sum();
        }
    }

    /** How many records the group has taken from the topic. */
    private long committed() throws Exception {
        try (Admin admin = Admin.create(scene.kafka())) {
            return admin
                    .listConsumerGroupOffsets(scene.group())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().equals(scene.topic()))
                    .map(Map.Entry::getValue)
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }

    /** How many records there are whose handler returned. */
    private int handledToTheEnd() {
        return (int) history.deliveries().stream()
                .filter(delivery -> delivery.end() != Delivery.NEVER)
                .map(delivery -> delivery.key() + " " + delivery.number())
                .distinct()
                .count();
    }

    /** How often a handler was called for a record before it had returned for all earlier ones of its key. */
    private long overtakings() {
        Map<String, Long> done = new HashMap<>();
        return history.deliveries().stream()
                .sorted(Comparator.comparingLong(Delivery::start))
                .filter(delivery -> {
                    long before = done.getOrDefault(delivery.key(), -1L);
                    if (delivery.end() != Delivery.NEVER) {
                        done.merge(delivery.key(), delivery.number(), Math::max);
                    }
                    return delivery.number() > before + 1;
                })
                .count();
    }

    /** What a reader of committed records finds that handlers published. */
    private List<String> outputs() {
        List<String> outputs = new ArrayList<>();
        scene.read(
                scene.outputs(),
                record -> outputs.add(text(record.key()) + " "
                        + text(record.headers().lastHeader(Scene.NUMBER).value())));
        return outputs;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** How many of them are there more than once. */
    private static long twice(Collection<String> names) {
        return names.stream().collect(groupingBy(Function.identity(), counting())).values().stream()
                .filter(count -> count > 1)
                .count();
    }

    private void print(String manner, Object... namesAndValues) {
        List<Object> all = new ArrayList<>(List.of("seed", seed, "records", records, "kills and freezes", killed));
        all.addAll(List.of(namesAndValues));
        Figures.print("member-kill-" + manner, all.toArray());
    }
}
