package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** At least once: nothing received is lost, whatever ends or moves in between. */
@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class DeliveryTest {

    private final EmbeddedKafka kafka;
    private final List<Integer> handled = Collections.synchronizedList(new ArrayList<>());

    DeliveryTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void whatWasNotFinishedComesToTheNextMemberAndWhatWasDoesNot() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 0; i < 10; i++) {
                shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
            }
            CountDownLatch never = new CountDownLatch(1);
            // Number 4 hangs, those after it finish: committed may be only what stands before number 4.
            Subscription first = placed(shop.bus(), (event, context) -> {
                        if (event.number() == 4) {
                            never.await();
                        }
                        handled.add(event.number());
                    })
                    .concurrency(4)
                    .start();
            await().until(() -> handled.size() == 9);

            assertThat(first.close(Duration.ofMillis(200))).isTrue();

            assertThat(shop.committed("billing")).isEqualTo(Map.of(0, 4L));
            handled.clear();
            placed(shop.bus(), (event, context) -> handled.add(event.number())).start();
            shop.bus().publish(new OrderPlaced("o-10", 10, ""));
            await().until(() -> handled.contains(10));
            assertThat(handled).containsExactly(4, 10);
        }
    }

    /** The control: a member that knows nothing of the metadata gets what was done behind the committed offset again. */
    @Test
    void aConsumerThatReadsOnlyTheOffsetGetsAgainWhatWasDoneBehindIt() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 0; i < 10; i++) {
                shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
            }
            shop.commit("billing", 0, new OffsetAndMetadata(4, "somebody else's"));

            placed(shop.bus(), (event, context) -> handled.add(event.number())).start();

            await().until(() -> handled.size() == 6);
            assertThat(handled).containsExactly(4, 5, 6, 7, 8, 9);
        }
    }

    /** The control of the test above: why the bus commits the lowest incomplete offset and not what was polled. */
    @Test
    void aConsumerThatCommitsWhatItPolledLosesWhatItDidNotFinish() {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 0; i < 10; i++) {
                shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
            }
            shop.pollAndCommit("billing", 10);

            placed(shop.bus(), (event, context) -> handled.add(event.number())).start();
            shop.bus().publish(new OrderPlaced("o-10", 10, ""));

            await().until(() -> handled.contains(10));
            assertThat(handled).containsExactly(10);
        }
    }

    @Test
    void afterACleanCloseNothingComesAgain() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 0; i < 10; i++) {
                shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
            }
            Subscription first = placed(shop.bus(), (event, context) -> handled.add(event.number()))
                    .start();
            await().until(() -> handled.size() == 10);

            assertThat(first.close(Duration.ofSeconds(10))).isTrue();

            assertThat(first.state()).isEqualTo(Subscription.State.CLOSED);
            assertThat(first.failure()).isEmpty();
            assertThat(shop.committed("billing")).isEqualTo(Map.of(0, 10L));
        }
    }

    @Test
    void closeFinishesWhatWasReceived() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 0; i < 10; i++) {
                shop.bus().publish(new OrderPlaced("o-1", i, ""));
            }
            CountDownLatch go = new CountDownLatch(1);
            Subscription subscription = placed(shop.bus(), (event, context) -> {
                        go.await();
                        handled.add(event.number());
                    })
                    .start();
            await().until(() -> subscription.counts().received() == 10);
            Thread opener = new Thread(() -> {
                await().until(() -> subscription.state() == Subscription.State.CLOSING);
                go.countDown();
            });
            opener.start();

            assertThat(subscription.close(Duration.ofSeconds(20))).isTrue();

            assertThat(handled).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(shop.committed("billing")).isEqualTo(Map.of(0, 10L));
            opener.join();
        }
    }

    @Test
    void closeReturnsInTimeThoughAHandlerHangsAndIgnoresInterrupts() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            Subscription subscription = placed(shop.bus(), (event, context) -> {
                        inside.countDown();
                        while (release.getCount() > 0) {
                            try {
                                release.await();
                            } catch (InterruptedException e) {
                                handled.add(-1);
                            }
                        }
                    })
                    .start();
            await().until(() -> inside.getCount() == 0);
            long start = System.nanoTime();

            subscription.close(Duration.ofSeconds(1));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            await().until(() -> subscription.state() == Subscription.State.CLOSED && !handled.isEmpty());
            release.countDown();
        }
    }

    @Test
    void closeDoesNotWaitForARetryThatIsFarAway() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));
            Subscription subscription = placed(shop.bus(), (event, context) -> {
                        throw new IllegalStateException("always");
                    })
                    .retry(RetryPolicy.inPlace(100, Duration.ofHours(1)))
                    .start();
            await().until(() -> subscription.counts().failedAttempts() == 1);
            long start = System.nanoTime();

            assertThat(subscription.close(Duration.ofSeconds(30))).isTrue();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(subscription.counts().deadLettered()).isZero();
        }
    }

    @Test
    void whileTwoMembersShareAndOneLeavesNothingIsLostAndNoKeyIsOutOfOrder() throws Exception {
        try (Shop shop = new Shop(kafka, 6)) {
            int total = 3_000;
            int keys = 30;
            Map<String, Integer> last = new ConcurrentHashMap<>();
            Set<String> seen = ConcurrentHashMap.newKeySet();
            AtomicInteger breaks = new AtomicInteger();
            AtomicInteger deliveries = new AtomicInteger();
            EventHandler<OrderPlaced> check = (event, context) -> {
                deliveries.incrementAndGet();
                Integer before = last.put(event.orderId(), event.number());
                // Coming again is allowed; skipping ahead is not.
                if (event.number() > (before == null ? 0 : before) + 1) {
                    breaks.incrementAndGet();
                }
                seen.add(event.orderId() + "/" + event.number());
            };
            Subscription first = placed(shop.bus(), check).concurrency(4).start();
            Subscription second = null;
            for (int i = 0; i < total; i++) {
                shop.bus().publishAsync(new OrderPlaced("o-" + i % keys, i / keys + 1, ""));
                if (i == total / 3) {
                    second = placed(shop.anotherBus(6), check).concurrency(4).start();
                    Subscription joined = second;
                    await().atMost(Duration.ofSeconds(20))
                            .until(() -> joined.assignment().size() == 3);
                }
                if (i == 2 * total / 3) {
                    assertThat(first.close(Duration.ofSeconds(20))).isTrue();
                }
            }

            await().atMost(Duration.ofSeconds(30)).until(() -> seen.size() == total);

            assertThat(breaks).hasValue(0);
            assertThat(deliveries.get() - total).as("delivered again").isLessThanOrEqualTo(total / 100);
            Subscription remaining = Objects.requireNonNull(second);
            assertThat(remaining.assignment()).hasSize(6);
            assertThat(remaining.close(Duration.ofSeconds(20))).isTrue();
            assertThat(shop.committed("billing").values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(total);
        }
    }

    @Test
    void aPartitionThatMovesWaitsForTheHandlerThatRuns() throws Exception {
        // The heartbeat tells of the rebalance: with Kafka's 3 s it would come after this test has looked.
        try (Shop shop = new Shop(kafka, 2, Shop.IN_MEMORY, Map.of("heartbeat.interval.ms", 100))) {
            Set<Integer> partitions = new HashSet<>();
            for (int i = 0; partitions.size() < 2; i++) {
                partitions.add(
                        shop.bus().publish(new OrderPlaced("o-" + i, i, "")).partition());
            }
            AtomicInteger running = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(1);
            List<String> deliveries = Collections.synchronizedList(new ArrayList<>());
            EventHandler<OrderPlaced> slow = (event, context) -> {
                running.incrementAndGet();
                deliveries.add(context.toString());
                go.await();
            };
            Subscription first = placed(shop.bus(), slow).concurrency(8).start();
            await().until(() -> running.get() >= 2);

            Subscription second =
                    placed(shop.anotherBus(2), slow).concurrency(8).start();
            await().during(Duration.ofSeconds(2))
                    .until(() -> second.assignment().isEmpty());
            go.countDown();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> first.assignment().size() == 1
                            && second.assignment().size() == 1);
            await().during(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(deliveries).doesNotHaveDuplicates());
        }
    }

    @Test
    void aFullSubscriptionPausesAndTakesTheRestLater() {
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("max.poll.records", 10))) {
            for (int i = 0; i < 200; i++) {
                shop.bus().publishAsync(new OrderPaid("o-" + i, i));
            }
            CountDownLatch go = new CountDownLatch(1);
            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .concurrency(2)
                    .maxInFlight(40, 1 << 20)
                    .on(ShopEvent.class, (event, context) -> go.await())
                    .start();
            await().until(() -> subscription.counts().received() > 30);

            await().during(Duration.ofMillis(500))
                    .until(() -> subscription.counts().received() <= 40);
            assertThat(subscription.assignment()).hasSize(1);
            go.countDown();

            await().until(() -> subscription.counts().handled() == 200);
        }
    }

    @Test
    void aBrokerThatRestartsCostsNothing() throws Exception {
        try (EmbeddedKafka own = EmbeddedKafka.start();
                Shop shop = new Shop(own, 1)) {
            Set<Integer> seen = ConcurrentHashMap.newKeySet();
            Subscription subscription = placed(shop.bus(), (event, context) -> seen.add(event.number()))
                    .start();
            CountDownLatch half = new CountDownLatch(100);
            Thread publisher = new Thread(() -> {
                for (int i = 0; i < 200; i++) {
                    publishUntilAcked(shop.bus(), new OrderPlaced("o-" + i % 7, i, ""));
                    half.countDown();
                }
            });
            publisher.start();
            half.await();

            own.stopNode(0);
            own.startNode(0);

            await().atMost(Duration.ofSeconds(40)).until(() -> seen.size() == 200);
            publisher.join();
            assertThat(subscription.state()).isEqualTo(Subscription.State.RUNNING);
        }
    }

    private static void publishUntilAcked(EventBus bus, OrderPlaced event) {
        With with = With.eventId(EventIds.next());
        PublishOutcome outcome;
        do {
            outcome = bus.publishAsync(event, with).toCompletableFuture().join();
        } while (!(outcome instanceof PublishOutcome.Acked));
    }

    private static SubscriptionBuilder<ShopEvent> placed(EventBus bus, EventHandler<OrderPlaced> handler) {
        return bus.subscribe(ShopEvent.class)
                .group("billing")
                .on(OrderPlaced.class, handler)
                .on(ShopEvent.class, (event, context) -> {});
    }
}
