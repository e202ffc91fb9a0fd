package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.With;
import dev.schemabus.bus.faults.History.Delivery;
import dev.schemabus.bus.faults.HistoryCheck.Finding;
import dev.schemabus.bus.faults.HistoryCheck.Sin;
import dev.schemabus.bus.faults.MemberMain.Plan;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A member is killed as {@code kill -9} does, or frozen, in the middle of its work, and another takes over. */
@ExtendWith(SchemabusExtension.class)
@Timeout(300)
class TakeoverTest {

    private static final int RECORDS = 2_000;
    private static final int KEYS = 40;

    /** What the bus sets is 10 s; a build has less time. */
    private static final Duration SESSION = Duration.ofSeconds(Extent.of(3, 10));

    private final Scene scene;
    private final History history = new History();

    TakeoverTest(EmbeddedKafka kafka, EmbeddedRegistry registry) {
        scene = Scene.of(kafka.clientProperties(), registry.url())
                .with(Map.of(
                        "session.timeout.ms",
                        (int) SESSION.toMillis(),
                        "heartbeat.interval.ms",
                        (int) SESSION.toMillis() / 10));
        kafka.createTopic(scene.topic(), 4);
        kafka.createTopic(scene.deadLetters(), 4);
    }

    @Test
    void afterAKillAnotherTakesOverAsSoonAsTheSessionIsOverAndNothingIsLost() throws Exception {
        publish();
        AtomicInteger begun = new AtomicInteger();
        long killed;
        try (ChildProcess first = MemberMain.start(
                scene, "killed", Plan.PLAIN.working(Duration.ofMillis(8)), history, line -> begun.incrementAndGet())) {
            Awaitility.await().until(() -> begun.get() > RECORDS / 2);
            first.kill();
            killed = System.nanoTime();
        }
        int handledByTheFirst = history.deliveryCount();
        try (Member second = Member.join(scene, "second", history, (event, attempt) -> {})) {
            awaitAll();
            assertThat(second.subscription().failure()).isEmpty();
        }
        Duration takeover = Duration.ofNanos(firstOf("second") - killed);
        Figures.print(
                "takeover",
                "session ms",
                SESSION.toMillis(),
                "takeover ms",
                takeover.toMillis(),
                "redelivered",
                history.redeliveries());

        assertThat(HistoryCheck.ofDelivery(history)).isEmpty();
        // What was handled since the last commit, a second before at most, and what was in the four handlers.
        assertThat(history.redeliveries()).isLessThan(handledByTheFirst);
        assertThat(takeover).isLessThan(SESSION.plusSeconds(1).plus(Load.STALL_OF_A_BUSY_MACHINE));
    }

    @Test
    void whatWasInAHandlerWhenItsMemberWasKilledComesAgainFirst() throws Exception {
        publish();
        AtomicInteger held = new AtomicInteger();
        try (ChildProcess first = MemberMain.start(scene, "killed", Plan.PLAIN.holdingAt(5), history, line -> {
            if (line.endsWith(" 5")) {
                held.incrementAndGet();
            }
        })) {
            // All four workers are inside a handler.
            Awaitility.await().until(() -> held.get() == 4);
            first.kill();
        }
        try (Member second = Member.join(scene, "second", history, (event, attempt) -> {})) {
            awaitAll();
            assertThat(second.subscription().failure()).isEmpty();
        }

        assertThat(HistoryCheck.ofDelivery(history)).isEmpty();
        assertThat(number5(delivery -> delivery.member().equals("second"))).hasSize(KEYS);
    }

    /** The control: one that commits before it handles takes along what it had in its hands, and nobody comes back to it. */
    @Test
    void whatAMemberHasCommittedAndNotHandledWhenItIsKilledIsLost() throws Exception {
        publish();
        AtomicInteger begun = new AtomicInteger();
        try (ChildProcess first = MemberMain.start(
                scene,
                "killed",
                Plan.PLAIN.holdingAt(5).in(Manner.AT_MOST_ONCE),
                history,
                line -> begun.incrementAndGet())) {
            Awaitility.await().until(() -> begun.get() >= 4 && committed() > begun.get());
            first.kill();
        }
        try (Member second =
                Member.join(scene, "second", history::add, (event, attempt) -> {}, Manner.AT_MOST_ONCE::settings)) {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> committed() == RECORDS);
            assertThat(second.leave(Duration.ofSeconds(30))).isTrue();
        }

        assertThat(HistoryCheck.ofDelivery(history)).extracting(Finding::sin).contains(Sin.NOT_DELIVERED);
    }

    @Test
    void whatAFrozenMemberDoesWhenItWakesUpIsNotCommittedOverItsSuccessorsWork() throws Exception {
        publish();
        AtomicInteger begun = new AtomicInteger();
        try (ChildProcess frozen =
                MemberMain.start(scene, "frozen", Plan.PLAIN.holdingAt(20), history, line -> begun.incrementAndGet())) {
            Awaitility.await().until(() -> begun.get() >= 20 * KEYS / 2);
            frozen.freeze();
            try (Member second = Member.join(scene, "second", history, (event, attempt) -> {})) {
                awaitAll();
                // It wakes up with records of partitions that it lost long ago, finishes them, and goes on.
                frozen.thaw();
                frozen.tell("go");
                frozen.tell("leave");
                assertThat(frozen.awaitEnd(Duration.ofSeconds(60))).isZero();
                assertThat(second.subscription().failure()).isEmpty();
            }
        }
        int before = history.deliveryCount();
        try (EventBus bus = scene.bus();
                Member last = Member.join(scene, "last", history, (event, attempt) -> {})) {
            bus.publish(new Numbered("end", 0, ""), With.NOTHING.header(Scene.NUMBER, "0"));
            Awaitility.await().until(() -> history.deliveryCount() > before && committed() == RECORDS + 1);
            assertThat(last.subscription().failure()).isEmpty();
        }

        // Had the frozen one committed its old offsets, records would come again here; nothing does but the new one.
        assertThat(history.deliveryCount()).isEqualTo(before + 1);
        assertThat(history.distinctDeliveries()).isEqualTo(RECORDS + 1);
    }

    private void publish() throws InterruptedException {
        try (EventBus bus = scene.bus()) {
            Load.all(history, Load.through(bus), KEYS, RECORDS);
        }
        scene.readInto(history);
        assertThat(HistoryCheck.ofPublishing(history)).isEmpty();
    }

    /** How many records the group is done with. */
    private long committed() throws Exception {
        try (Admin admin = Admin.create(scene.kafka())) {
            return admin.listConsumerGroupOffsets(scene.group()).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }

    private void awaitAll() {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> history.distinctDeliveries() == RECORDS);
    }

    private long firstOf(String member) {
        return history.deliveries().stream()
                .filter(delivery -> delivery.member().equals(member))
                .mapToLong(Delivery::start)
                .min()
                .orElseThrow();
    }

    private List<Delivery> number5(Predicate<Delivery> which) {
        return history.deliveries().stream()
                .filter(delivery -> delivery.number() == 5)
                .filter(which)
                .toList();
    }
}
