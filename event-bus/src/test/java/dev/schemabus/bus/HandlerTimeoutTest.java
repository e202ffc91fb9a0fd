package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class HandlerTimeoutTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    private final EmbeddedKafka kafka;
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch never = new CountDownLatch(1);

    HandlerTimeoutTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void aHandlerThatNeverReturnsIsInterruptedAndItsRecordIsTriedAgainAndThenADeadLetter() {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, "stuck", "stuck", "free");

            Subscription subscription = subscribe(shop, this::stuckAtTheFirst)
                    .retry(RetryPolicy.inPlace(2, Duration.ofMillis(10)))
                    .handlerTimeout(SHORT)
                    .start();

            await().until(() -> handled.contains("stuck/2"));
            assertThat(subscription.counts().failedAttempts()).isEqualTo(2);
            assertThat(shop.read(shop.deadLetters("billing"))).singleElement().satisfies(letter -> {
                assertThat(Shop.header(letter, "sb-dl-class")).isEqualTo("HANDLER");
                assertThat(Shop.header(letter, "sb-dl-attempts")).isEqualTo("2");
                assertThat(Shop.header(letter, "sb-dl-exception")).isEqualTo(HandlerTimeoutException.class.getName());
                assertThat(Shop.header(letter, "sb-dl-message")).contains(shop.topic() + "-0@0", "PT0.2S");
            });
        }
    }

    @Test
    void withoutALimitAHandlerThatNeverReturnsHoldsItsKeyAndNoOther() {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, "stuck", "stuck", "free");

            Subscription subscription = subscribe(shop, this::stuckAtTheFirst).start();

            await().until(() -> handled.contains("free/1"));
            await().during(SHORT.multipliedBy(5)).until(() -> handled.equals(List.of("free/1")));
            assertThat(subscription.counts().failedAttempts()).isZero();
            never.countDown();
        }
    }

    @Test
    void aHandlerThatIgnoresTheInterruptKeepsItsKeyAndItsWorkerOnlyAndHealthSaysSo() {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, "deaf", "deaf", "free");

            Subscription subscription = subscribe(shop, (event, context) -> {
                        if (context.offset() == 0 && context.attempt() == 1) {
                            awaitDeaf();
                        }
                        note(event);
                    })
                    .retry(RetryPolicy.inPlace(2, Duration.ofMillis(10)))
                    .handlerTimeout(SHORT)
                    .start();

            await().until(() -> subscription.health().degraded());
            assertThat(subscription.health().reasons())
                    .containsExactly("Group billing: Handlers go on though they were interrupted (1 of them)");
            assertThat(subscription.health().ready()).isTrue();
            publish(shop, "free");
            await().until(() -> Collections.frequency(handled, "free/1") == 2);
            assertThat(handled).doesNotContain("deaf/1", "deaf/2");

            never.countDown();

            // It was handled, but too late: nobody knows how far, so it counts as failed and comes again.
            await().until(() -> handled.contains("deaf/2"));
            assertThat(handled.stream().filter(name -> name.startsWith("deaf")))
                    .containsExactly("deaf/1", "deaf/1", "deaf/2");
            assertThat(subscription.health().degraded()).isFalse();
        }
    }

    @Test
    void aBatchThatTakesTooLongHasFailedAsAWhole() {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, "a", "b", "c");
            AtomicInteger calls = new AtomicInteger();

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .retry(RetryPolicy.inPlace(2, Duration.ofMillis(10)))
                    .handlerTimeout(SHORT)
                    .batch(3, Duration.ofSeconds(1))
                    .handle((events, batch) -> {
                        if (calls.incrementAndGet() == 1) {
                            never.await();
                        }
                        events.forEach(this::note);
                    })
                    .start();

            await().until(() -> subscription.counts().handled() == 3);
            assertThat(subscription.counts().failedAttempts()).isEqualTo(3);
            assertThat(handled).containsExactlyInAnyOrder("a/1", "b/1", "c/1");
        }
    }

    @Test
    void whoseTimeIsOverWhenAPartitionIsTakenAwayIsInterruptedAndChargedNothing() {
        try (Shop shop = new Shop(kafka, 2, Shop.IN_MEMORY, Map.of("max.poll.interval.ms", "3000"))) {
            for (int i = 0; i < 20; i++) {
                publish(shop, "o-" + i);
            }
            AtomicInteger interrupted = new AtomicInteger();
            AtomicInteger started = new AtomicInteger();
            Subscription first = subscribe(shop, (event, context) -> {
                        started.incrementAndGet();
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            interrupted.incrementAndGet();
                            throw e;
                        }
                    })
                    .ordering(Ordering.BY_PARTITION)
                    .start();
            await().until(() -> started.get() == 2);

            Subscription second =
                    subscribe(shop, (event, context) -> note(event)).start();

            await().until(() -> !handled.isEmpty());
            assertThat(interrupted).hasValue(1);
            assertThat(first.counts().failedAttempts()).isZero();
            assertThat(second.assignment()).hasSize(1);
            assertThat(first.state()).isEqualTo(Subscription.State.RUNNING);
            never.countDown();
        }
    }

    @Test
    void aTimeThatIsNegativeIsAnError() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() -> subscribe(shop, (event, context) -> {})
                            .handlerTimeout(Duration.ofMillis(-1))
                            .start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("handlerTimeout(PT-0.001S)");
        }
    }

    private void stuckAtTheFirst(ShopEvent event, Delivered context) throws InterruptedException {
        if (context.offset() == 0) {
            never.await();
        }
        note(event);
    }

    private void awaitDeaf() {
        while (never.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private void note(ShopEvent event) {
        OrderPlaced placed = (OrderPlaced) event;
        handled.add(placed.orderId() + "/" + placed.number());
    }

    /** Numbers them per order. */
    private static void publish(Shop shop, String... orders) {
        List<String> seen = new ArrayList<>();
        for (String order : orders) {
            seen.add(order);
            shop.bus().publish(new OrderPlaced(order, Collections.frequency(seen, order), ""));
        }
    }

    private static SubscriptionBuilder<ShopEvent> subscribe(Shop shop, EventHandler<ShopEvent> handler) {
        return shop.bus()
                .subscribe(ShopEvent.class)
                .group("billing")
                .concurrency(2)
                .on(ShopEvent.class, handler);
    }
}
