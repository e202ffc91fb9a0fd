package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderCancelled;
import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.serde.EventReader;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
@Timeout(90)
class DeliveryModesTest {

    private static final RetryPolicy QUICK = RetryPolicy.inPlace(3, Duration.ofMillis(10));

    private final EmbeddedKafka kafka;
    private final List<Integer> handled = Collections.synchronizedList(new ArrayList<>());

    DeliveryModesTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void atMostOnceARecordIsCommittedBeforeItIsHandled() {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 0; i < 5; i++) {
                shop.bus().publish(new OrderPlaced("o-1", i, ""));
            }
            List<Long> ahead = Collections.synchronizedList(new ArrayList<>());

            Subscription subscription = placed(shop.bus(), DeliveryMode.AT_MOST_ONCE, (event, context) -> {
                        ahead.add(shop.committed("billing").getOrDefault(0, 0L) - context.offset());
                        handled.add(event.number());
                    })
                    .start();

            await().until(() -> subscription.counts().handled() == 5);
            assertThat(handled).containsExactly(0, 1, 2, 3, 4);
            assertThat(ahead).allMatch(distance -> distance >= 1);
        }
    }

    /** The control stands in DeliveryTest: at least once, the record that was not finished comes again. */
    @Test
    void atMostOnceARecordThatWasNotFinishedNeverComesAgain() {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 0; i < 5; i++) {
                shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
            }
            CountDownLatch never = new CountDownLatch(1);
            Subscription first = placed(shop.bus(), DeliveryMode.AT_MOST_ONCE, (event, context) -> {
                        if (event.number() == 2) {
                            never.await();
                        }
                        handled.add(event.number());
                    })
                    .concurrency(5)
                    .start();
            await().until(() -> handled.size() == 4);

            first.close(Duration.ofMillis(200));

            placed(shop.bus(), DeliveryMode.AT_MOST_ONCE, (event, context) -> handled.add(event.number()))
                    .start();
            shop.bus().publish(new OrderPlaced("o-5", 5, ""));
            await().until(() -> handled.contains(5));
            assertThat(handled).containsExactlyInAnyOrder(0, 1, 3, 4, 5);
        }
    }

    @Test
    void atMostOnceAHandlerThatThrowsIsNotCalledAgainAndLeavesADeadLetter() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));

            Subscription subscription = placed(shop.bus(), DeliveryMode.AT_MOST_ONCE, (event, context) -> {
                        handled.add(event.number());
                        throw new IllegalStateException("broken");
                    })
                    .start();

            await().until(() -> subscription.counts().deadLettered() == 1);
            assertThat(handled).containsExactly(1);
            assertThatThrownBy(() -> placed(shop.bus(), DeliveryMode.AT_MOST_ONCE, (event, context) -> {})
                            .retry(QUICK)
                            .start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("delivery(AT_MOST_ONCE) and retry(3 attempts) contradict each other");
        }
    }

    @Test
    void atMostOnceMembersThatComeAndGoInOrderLoseNothingEither() throws Exception {
        try (Shop shop = new Shop(kafka, 4)) {
            int total = 600;
            EventHandler<OrderPlaced> note = (event, context) -> handled.add(event.number());
            Subscription first = placed(shop.bus(), DeliveryMode.AT_MOST_ONCE, note)
                    .concurrency(4)
                    .start();
            for (int i = 0; i < total; i++) {
                shop.bus().publishAsync(new OrderPlaced("o-" + i % 20, i, ""));
                if (i == total / 3) {
                    Subscription second = placed(shop.anotherBus(4), DeliveryMode.AT_MOST_ONCE, note)
                            .concurrency(4)
                            .start();
                    await().until(() -> second.assignment().size() == 2);
                }
                if (i == 2 * total / 3) {
                    assertThat(first.close(Duration.ofSeconds(20))).isTrue();
                }
            }

            await().until(() -> handled.size() >= total);
            assertThat(handled).doesNotHaveDuplicates().hasSize(total);
        }
    }

    @Test
    void exactlyOnceAFailedAttemptLeavesNoOutput() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));
            shop.bus().publish(new OrderPlaced("o-2", 2, ""));

            Subscription subscription = placed(shop.bus(), DeliveryMode.EXACTLY_ONCE_KAFKA, (event, context) -> {
                        context.publish(new OrderPaid(event.orderId(), context.attempt()));
                        if (event.number() == 1 && context.attempt() < 3) {
                            throw new IllegalStateException("not yet");
                        }
                    })
                    .retry(QUICK)
                    .start();

            await().until(() -> outputs(shop).size() == 2);
            assertThat(outputs(shop)).containsExactlyInAnyOrder("o-1 3", "o-2 1");
            await().until(() -> shop.committed("billing").getOrDefault(0, 0L) >= 2);
            assertThat(subscription.counts().failedAttempts()).isEqualTo(2);
        }
    }

    /** The control: what is published with the bus itself is out, whatever becomes of the handler. */
    @Test
    void publishedPastTheContextAFailedAttemptLeavesItsOutput() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));

            placed(shop.bus(), DeliveryMode.AT_LEAST_ONCE, (event, context) -> {
                        shop.bus().publish(new OrderPaid(event.orderId(), context.attempt()));
                        if (context.attempt() < 3) {
                            throw new IllegalStateException("not yet");
                        }
                    })
                    .retry(QUICK)
                    .start();

            await().until(() -> outputs(shop).size() == 3);
        }
    }

    @Test
    void exactlyOnceARecordThatWasNotFinishedLeavesOneOutputThoughItIsHandledTwice() {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 0; i < 10; i++) {
                shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
            }
            CountDownLatch never = new CountDownLatch(1);
            Subscription first = placed(shop.bus(), DeliveryMode.EXACTLY_ONCE_KAFKA, (event, context) -> {
                        context.publish(new OrderPaid(event.orderId(), 1));
                        handled.add(event.number());
                        if (event.number() == 4) {
                            never.await();
                        }
                    })
                    .concurrency(4)
                    .start();
            await().until(() -> handled.size() == 10);
            await().until(() -> outputs(shop).size() == 4);

            // Those behind number 4 wait for it: their offsets can't be committed before.
            first.close(Duration.ofMillis(200));
            assertThat(outputs(shop)).hasSize(4);

            placed(shop.bus(), DeliveryMode.EXACTLY_ONCE_KAFKA, (event, context) -> {
                        context.publish(new OrderPaid(event.orderId(), 1));
                        handled.add(event.number());
                    })
                    .start();
            await().until(() -> outputs(shop).size() == 10);
            assertThat(outputs(shop)).doesNotHaveDuplicates();
            assertThat(handled).hasSize(16);
        }
    }

    @Test
    void exactlyOnceHoldsWhileMembersComeAndGo() throws Exception {
        try (Shop shop = new Shop(kafka, 4)) {
            int total = 600;
            EventHandler<OrderPlaced> pay =
                    (event, context) -> context.publish(new OrderPaid(event.orderId(), event.number()));
            Subscription first = placed(shop.bus(), DeliveryMode.EXACTLY_ONCE_KAFKA, pay)
                    .concurrency(4)
                    .start();
            for (int i = 0; i < total; i++) {
                shop.bus().publishAsync(new OrderPlaced("o-" + i % 20, i, ""));
                if (i == total / 3) {
                    Subscription second = placed(shop.anotherBus(4), DeliveryMode.EXACTLY_ONCE_KAFKA, pay)
                            .concurrency(4)
                            .start();
                    await().until(() -> second.assignment().size() == 2);
                }
                if (i == 2 * total / 3) {
                    assertThat(first.close(Duration.ofSeconds(20))).isTrue();
                }
            }

            await().until(() -> outputs(shop).size() >= total);
            assertThat(outputs(shop)).doesNotHaveDuplicates().hasSize(total);
        }
    }

    @Test
    void exactlyOnceHoldsAcrossARestartOfTheBrokerInTheMiddleOfTransactions() throws Exception {
        try (EmbeddedKafka own = EmbeddedKafka.start();
                Shop shop = new Shop(own, 1, Shop.IN_MEMORY, Map.of("max.block.ms", 2_000))) {
            int total = 200;
            Subscription subscription = placed(shop.bus(), DeliveryMode.EXACTLY_ONCE_KAFKA, (event, context) -> {
                        context.publish(new OrderPaid(event.orderId(), event.number()));
                        handled.add(event.number());
                    })
                    .start();
            for (int i = 0; i < total; i++) {
                shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
                if (i == total / 2) {
                    await().until(() -> handled.size() >= total / 4);
                    own.stopNode(0);
                    own.startNode(0);
                }
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> outputs(shop).size() >= total);
            assertThat(outputs(shop))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, total)
                            .mapToObj(i -> "o-" + i + " " + i)
                            .toList());
            assertThat(subscription.state()).isEqualTo(Subscription.State.RUNNING);
        }
    }

    @Test
    void publishingThroughTheContextNeedsTheModeForIt() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));
            List<String> messages = Collections.synchronizedList(new ArrayList<>());

            placed(shop.bus(), DeliveryMode.AT_LEAST_ONCE, (event, context) -> {
                        try {
                            context.publish(new OrderPaid("o-1", 1));
                        } catch (IllegalStateException e) {
                            messages.add(e.getMessage());
                        }
                    })
                    .start();

            await().until(() -> messages.size() == 1);
            assertThat(messages.get(0)).contains(".delivery(EXACTLY_ONCE_KAFKA)");
        }
    }

    /** The OrderPaid events that a consumer of committed records sees, as "order cents". */
    private static List<String> outputs(Shop shop) {
        EventReader<ShopEvent> reader = EventReader.<ShopEvent>builder(
                        shop.bus().registry())
                .type(ShopEvent.class)
                .build();
        return shop.read(shop.topic(), Map.of("isolation.level", "read_committed")).stream()
                .map(record -> reader.read(record.topic(), record.value()))
                .filter(OrderPaid.class::isInstance)
                .map(OrderPaid.class::cast)
                .map(paid -> paid.orderId() + " " + paid.cents())
                .toList();
    }

    private static SubscriptionBuilder<ShopEvent> placed(
            EventBus bus, DeliveryMode mode, EventHandler<OrderPlaced> handler) {
        return bus.subscribe(ShopEvent.class)
                .group("billing")
                .delivery(mode)
                .on(OrderPlaced.class, handler)
                .ignore(OrderPaid.class)
                .ignore(OrderCancelled.class);
    }
}
