package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of records whose handler is interrupted, because their partition goes to another member. */
@ExtendWith(SchemabusExtension.class)
@Timeout(90)
class RevocationInterruptTest {

    /** A revocation waits half of it. */
    private static final Map<String, String> SHORT_WAIT = Map.of("max.poll.interval.ms", "3000");

    private static final int RECORDS = 20;

    private final EmbeddedKafka kafka;
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();
    private final Set<Integer> handled = ConcurrentHashMap.newKeySet();

    RevocationInterruptTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void aHandlerThatSwallowsTheInterruptHasNotHandledItsRecord() {
        handledByTheNext(subscription -> subscription);
    }

    @Test
    void norHasItsStoreRememberedTheRecord() {
        ConsumptionStore store = ConsumptionStore.inMemory();
        handledByTheNext(subscription -> subscription.once(store));
    }

    private void handledByTheNext(UnaryOperator<SubscriptionBuilder<ShopEvent>> with) {
        try (Shop shop = new Shop(kafka, 2, Shop.IN_MEMORY, SHORT_WAIT)) {
            publish(shop);
            Subscription first = with.apply(subscribe(shop).on(ShopEvent.class, (event, context) -> {
                        if (isHeldUp()) {
                            return;
                        }
                        note(event);
                    }))
                    .start();
            await().until(() -> started.get() == 2);

            Subscription second = with.apply(subscribe(shop).on(ShopEvent.class, (event, context) -> note(event)))
                    .start();

            await().until(() -> second.assignment().size() == 1);
            assertThat(interrupted).hasValue(1);
            never.countDown();
            await().untilAsserted(() -> assertThat(handled).hasSize(RECORDS));
            assertThat(first.counts().failedAttempts()).isZero();
        }
    }

    @Test
    void aBatchThatSwallowsTheInterruptComesAgainHereAndThere() {
        try (Shop shop = new Shop(kafka, 2, Shop.IN_MEMORY, SHORT_WAIT)) {
            publish(shop);
            Subscription first = subscribe(shop)
                    .batch(RECORDS, Duration.ofSeconds(1))
                    .handle((events, batch) -> {
                        if (!isHeldUp()) {
                            events.forEach(this::note);
                        }
                    })
                    .start();
            await().until(() -> started.get() > 0);

            Subscription second = subscribe(shop)
                    .on(ShopEvent.class, (event, context) -> note(event))
                    .start();

            await().until(() -> second.assignment().size() == 1);
            assertThat(interrupted).hasPositiveValue();
            never.countDown();
            await().untilAsserted(() -> assertThat(handled).hasSize(RECORDS));
            assertThat(first.counts().failedAttempts()).isZero();
        }
    }

    /** Nobody else gets its record: the offset is committed. */
    @Test
    void atMostOnceAHandlerIsNotInterruptedAndFinishes() {
        try (Shop shop = new Shop(kafka, 2, Shop.IN_MEMORY, SHORT_WAIT)) {
            publish(shop);
            Subscription first = subscribe(shop)
                    .delivery(DeliveryMode.AT_MOST_ONCE)
                    .on(ShopEvent.class, (event, context) -> {
                        if (!isHeldUp()) {
                            note(event);
                        }
                    })
                    .start();
            await().until(() -> started.get() == 2);

            Subscription second = subscribe(shop)
                    .delivery(DeliveryMode.AT_MOST_ONCE)
                    .on(ShopEvent.class, (event, context) -> {})
                    .start();

            await().until(() -> second.assignment().size() == 1);
            assertThat(interrupted).hasValue(0);
            never.countDown();
            await().until(() -> handled.size() >= 2);
            assertThat(first.state()).isEqualTo(Subscription.State.RUNNING);
        }
    }

    @Test
    void whereAPartitionIsLostItsHandlerIsInterruptedAndItsRecordComesAgain() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop);
            Subscription subscription = subscribe(shop)
                    .on(ShopEvent.class, (event, context) -> {
                        if (started.get() > 0 || !isHeldUp()) {
                            note(event);
                        }
                    })
                    .start();
            await().until(() -> started.get() == 1);

            expelAll();

            await().until(() -> interrupted.get() == 1);
            await().untilAsserted(() -> assertThat(handled).hasSize(RECORDS));
            assertThat(subscription.counts().failedAttempts()).isZero();
        }
    }

    /** The group's members hear that they are none any more, as after a session that has timed out. */
    private void expelAll() throws Exception {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            admin.removeMembersFromConsumerGroup("billing", new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        }
    }

    /** Waits, and says whether that was ended by an interrupt, which it swallows. */
    private boolean isHeldUp() {
        started.incrementAndGet();
        try {
            never.await();
            return false;
        } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            return true;
        }
    }

    private void note(ShopEvent event) {
        handled.add(((OrderPlaced) event).number());
    }

    private static void publish(Shop shop) {
        for (int i = 0; i < RECORDS; i++) {
            shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
        }
    }

    private static SubscriptionBuilder<ShopEvent> subscribe(Shop shop) {
        return shop.bus()
                .subscribe(ShopEvent.class)
                .group("billing")
                .concurrency(2)
                .ordering(Ordering.BY_PARTITION);
    }
}
