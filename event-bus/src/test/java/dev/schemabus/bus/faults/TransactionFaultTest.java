package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.TransactionAbortedException;
import dev.schemabus.bus.TransactionIndeterminateException;
import dev.schemabus.bus.With;
import dev.schemabus.bus.faults.History.Delivery;
import dev.schemabus.bus.faults.History.Outcome;
import dev.schemabus.bus.faults.History.Publication;
import dev.schemabus.bus.faults.HistoryCheck.Finding;
import dev.schemabus.bus.faults.HistoryCheck.Sin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pairs of events are published in transactions while the nodes that coordinate them are killed. */
@Timeout(1_800)
class TransactionFaultTest {

    private static final int KILLS = Extent.of(2, 15);
    private static final int BETWEEN_KILLS = Extent.of(20, 200);

    private final Set<Long> committed = new ConcurrentSkipListSet<>();
    private final Set<Long> aborted = new ConcurrentSkipListSet<>();
    private final Set<Long> unknown = new ConcurrentSkipListSet<>();
    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    void noTransactionIsHalfThereThoughItsCoordinatorsAreKilled() throws Exception {
        try (Brokers brokers = Brokers.start(3)) {
            Scene scene = Scene.of(brokers.clientProperties());
            brokers.createTopic(scene.topic(), 4);
            brokers.createTopic(scene.deadLetters(), 4);
            History history = new History();
            try (EventBus bus = scene.bus();
                    Member member = Member.join(scene, "m", history, (event, attempt) -> {})) {
                List<Throwable> escaped = new ArrayList<>();
                Thread publisher = new Thread(() -> publishPairs(bus));
                publisher.setUncaughtExceptionHandler((thread, error) -> escaped.add(error));
                publisher.start();
                for (int kill = 0; kill < KILLS; kill++) {
                    awaitMore(publisher);
                    brokers.kill(kill % 3);
                    awaitMore(publisher);
                    brokers.restart(kill % 3);
                }
                awaitMore(publisher);
                enough.set(true);
                publisher.join();
                assertThat(escaped).isEmpty();
                scene.readInto(history);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(90))
                        .until(() ->
                                history.distinctDeliveries() >= history.log().size());
                assertThat(member.subscription().failure()).isEmpty();
            } finally {
                enough.set(true);
            }
            aborted.forEach(number -> List.of("a", "b")
                    .forEach(key -> history.add(new Publication(key, number, Outcome.ABORTED, -1, -1))));
            Figures.print(
                    "transactions",
                    "kills",
                    KILLS,
                    "committed",
                    committed.size(),
                    "aborted",
                    aborted.size(),
                    "indeterminate",
                    unknown.size(),
                    "handled",
                    history.distinctDeliveries());

            List<Finding> findings = HistoryCheck.ofDelivery(history);
            assertThat(findings).as(HistoryCheck.count(findings).toString()).isEmpty();
            assertThat(HistoryCheck.ofDelivery(readWithoutIsolation(scene, history)))
                    .as("the control: who reads what isn't committed sees what never was")
                    .extracting(Finding::sin)
                    .contains(Sin.ABORTED_READ);
            Map<Long, List<String>> seen = seen(scene);
            assertThat(committed)
                    .allSatisfy(number -> assertThat(seen.get(number))
                            .as("committed: %s", number)
                            .containsExactlyInAnyOrder("a", "b"));
            assertThat(aborted).doesNotContainAnyElementsOf(seen.keySet());
            assertThat(seen)
                    .allSatisfy((number, keys) -> assertThat(keys)
                            .as("transaction %s is there once and whole", number)
                            .containsExactlyInAnyOrder("a", "b"));
        }
    }

    /** The control: without a transaction a publisher that fails between two events leaves half a pair. */
    @Test
    void withoutATransactionAFailureInTheMiddleLeavesHalf() throws Exception {
        try (Brokers brokers = Brokers.start(1)) {
            Scene scene = Scene.of(brokers.clientProperties());
            brokers.createTopic(scene.topic(), 4);
            try (EventBus bus = scene.bus()) {
                for (long i = 0; i < 10; i++) {
                    publishPairWithoutTransaction(bus, i);
                }
            }

            Map<Long, List<String>> seen = seen(scene);
            assertThat(committed)
                    .allSatisfy(number -> assertThat(seen.get(number)).containsExactlyInAnyOrder("a", "b"));
            // With transactions none of these is there at all.
            assertThat(aborted)
                    .containsExactlyInAnyOrder(0L, 5L)
                    .allSatisfy(number -> assertThat(seen.get(number)).containsExactly("a"));
        }
    }

    /** What {@link #publishPairs} does, with the same change of mind. */
    private void publishPairWithoutTransaction(EventBus bus, long number) {
        try {
            bus.publish(event("a", number), number(number));
            if (number % 5 == 0) {
                throw new Changed();
            }
            bus.publish(event("b", number), number(number));
            committed.add(number);
        } catch (Changed e) {
            aborted.add(number);
        }
    }

    private void publishPairs(EventBus bus) {
        for (long i = 0; !enough.get(); i++) {
            long number = i;
            try {
                bus.inTransaction(transaction -> {
                    transaction.publish(event("a", number), number(number));
                    if (number % 5 == 0) {
                        // The first is written by then, mostly: otherwise there is nothing that could be read.
                        Awaitility.await().pollDelay(Duration.ofMillis(20)).until(() -> true);
                        throw new Changed();
                    }
                    transaction.publish(event("b", number), number(number));
                });
                committed.add(number);
            } catch (Changed | TransactionAbortedException e) {
                aborted.add(number);
            } catch (TransactionIndeterminateException e) {
                unknown.add(number);
            }
        }
    }

    /** Somebody changed their mind. */
    private static final class Changed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void awaitMore(Thread publisher) {
        int before = committed.size();
        Awaitility.await()
                .atMost(Duration.ofSeconds(150))
                .until(() -> !publisher.isAlive() || committed.size() >= before + BETWEEN_KILLS);
        assertThat(publisher.isAlive()).isTrue();
    }

    /** What a consumer would be given that doesn't ask for committed records only. */
    private static History readWithoutIsolation(Scene scene, History history) {
        History dirty = new History();
        history.publications().forEach(dirty::add);
        history.log().forEach(dirty::add);
        scene.with(Map.of("isolation.level", "read_uncommitted"))
                .readInto(new History())
                .log()
                .forEach(record -> dirty.add(new Delivery(
                        "dirty", record.partition(), record.offset(), record.key(), record.number(), 1, 0, 0)));
        return dirty;
    }

    private static Map<Long, List<String>> seen(Scene scene) {
        Map<Long, List<String>> seen = new TreeMap<>();
        scene.readInto(new History())
                .log()
                .forEach(record -> seen.computeIfAbsent(record.number(), number -> new ArrayList<>())
                        .add(record.key()));
        return seen;
    }

    private static Numbered event(String key, long number) {
        return new Numbered(key, number, "");
    }

    private static With number(long number) {
        return With.NOTHING.header(Scene.NUMBER, Long.toString(number));
    }
}
