package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderCancelled;
import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class SubscribeTest {

    private final EmbeddedKafka kafka;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    SubscribeTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void eachEventComesToTheHandlerOfItsType() {
        try (Shop shop = new Shop(kafka, 2)) {
            Receipt placed =
                    shop.bus().publish(new OrderPlaced("o-1", 1, "für Zoë"), With.NOTHING.header("tenant", "t1"));
            shop.bus().publish(new OrderCancelled("o-1"));
            shop.bus().publish(new OrderPaid("o-1", 990));
            List<Delivered> contexts = Collections.synchronizedList(new ArrayList<>());

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .on(OrderPlaced.class, (event, context) -> {
                        log.add("placed " + event.note());
                        contexts.add(context);
                    })
                    .on(OrderPaid.class, (event, context) -> log.add("paid " + event.cents()))
                    .ignore(OrderCancelled.class)
                    .start();

            await().until(() -> log.size() == 2);
            assertThat(log).containsExactly("placed für Zoë", "paid 990");
            await().until(() -> subscription.counts().equals(new Subscription.Counts(3, 2, 1, 0, 0)));
            assertThat(subscription.state()).isEqualTo(Subscription.State.RUNNING);
            assertThat(contexts).singleElement().satisfies(context -> {
                assertThat(context.topic()).isEqualTo(shop.topic());
                assertThat(context.partition()).isEqualTo(placed.partition());
                assertThat(context.offset()).isEqualTo(placed.offset());
                assertThat(context.key()).contains("o-1");
                assertThat(context.header("tenant")).contains("t1");
                assertThat(context.header("none")).isEmpty();
                assertThat(context.eventId()).contains(placed.eventId());
                assertThat(context.attempt()).isEqualTo(1);
                assertThat(context.headers())
                        .extracting(Header::key)
                        .startsWith("ce_specversion")
                        .endsWith("tenant", "sb-crc32c");
            });
        }
    }

    @Test
    void oneHandlerCanTakeAWholeInterface() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));
            shop.bus().publish(new OrderCancelled("o-1"));

            shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("lake")
                    .on(
                            ShopEvent.class,
                            (event, context) -> log.add(event.getClass().getSimpleName()))
                    .start();

            await().until(() -> log.size() == 2);
            assertThat(log).containsExactly("OrderPlaced", "OrderCancelled");
        }
    }

    @Test
    void aRecordOfItsOwnTopicPerTypeComesToo() {
        try (Shop shop = new Shop(kafka, 1);
                EventBus bus = EventBus.builder()
                        .kafka(shop.kafka())
                        .registry(shop.registry())
                        .topics(TopicNamings.environment("per-type", TopicNamings.domainEntityEvent()))
                        .createTopics(1, 1)
                        .build()) {
            assertThat(bus.publish(new OrderPlaced("o-1", 1, "")).topic()).isEqualTo("per-type.shop.order.placed");
            bus.publish(new OrderPaid("o-1", 1));

            bus.subscribe(ShopEvent.class)
                    .group("all")
                    .on(ShopEvent.class, (event, context) -> log.add(context.topic()))
                    .start();

            await().until(() -> log.size() == 2);
            assertThat(log).containsExactlyInAnyOrder("per-type.shop.order.placed", "per-type.shop.order.paid");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BY_KEY", "BY_PARTITION"})
    void eventsOfAKeyAreHandledOneAfterTheOtherInOrder(Ordering ordering) {
        assertThat(disorder(ordering)).isEqualTo(new Disorder(0, 0));
    }

    @Test
    void withoutOrderingTheSameLoadIsOutOfOrder() {
        Disorder disorder = disorder(Ordering.NONE);

        assertThat(disorder.overlaps() + disorder.breaks()).isPositive();
    }

    @Test
    void eventsOfDifferentKeysAreHandledSideBySide() {
        try (Shop shop = new Shop(kafka, 1)) {
            CyclicBarrier together = new CyclicBarrier(4);
            for (int i = 0; i < 4; i++) {
                shop.bus().publish(new OrderPaid("o-" + i, i));
            }

            // The barrier opens only if four handlers are in it at the same time, on the one partition.
            shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .concurrency(4)
                    .on(ShopEvent.class, (event, context) -> {
                        together.await(20, TimeUnit.SECONDS);
                        log.add("passed");
                    })
                    .start();

            await().until(() -> log.size() == 4);
        }
    }

    @Test
    void onAClosedBusNothingStarts() {
        Shop shop = new Shop(kafka, 1);
        shop.bus().publish(new OrderPaid("o-1", 1)); // so that the topic is known without asking
        SubscriptionBuilder<ShopEvent> builder = shop.bus()
                .subscribe(ShopEvent.class)
                .group("billing")
                .deadLetter(DeadLetterPolicy.stop())
                .on(ShopEvent.class, (event, context) -> {});
        shop.close();

        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The bus is closed");
    }

    @Test
    void aPermittedTypeWithoutAnswerIsNamedAtTheStart() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() -> shop.bus()
                            .subscribe(ShopEvent.class)
                            .group("billing")
                            .on(OrderPlaced.class, (event, context) -> {})
                            .start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("no answer for OrderPaid, OrderCancelled");
        }
    }

    @Test
    void aMissingGroupAndASecondAnswerAreErrors() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() -> shop.bus()
                            .subscribe(ShopEvent.class)
                            .on(ShopEvent.class, (event, context) -> {})
                            .start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining(".group(");
            assertThatThrownBy(() -> shop.bus()
                            .subscribe(ShopEvent.class)
                            .on(OrderPaid.class, (event, context) -> {})
                            .ignore(OrderPaid.class))
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("two answers for OrderPaid");
        }
    }

    @Test
    void aMissingTopicAndAMissingDeadLetterTopicAreErrorsAtTheStart() {
        try (Shop shop = new Shop(kafka, 1);
                EventBus strict = EventBus.builder()
                        .kafka(shop.kafka())
                        .registry(shop.registry())
                        .topics(shop.naming())
                        .build()) {
            SubscriptionBuilder<ShopEvent> builder =
                    strict.subscribe(ShopEvent.class).group("billing").on(ShopEvent.class, (event, context) -> {});
            assertThatThrownBy(builder::start)
                    .isInstanceOf(TopicMissingException.class)
                    .hasMessageStartingWith("Topic " + shop.topic() + " does not exist");

            kafka.createTopic(shop.topic(), 1);
            assertThatThrownBy(builder::start)
                    .isInstanceOf(TopicMissingException.class)
                    .hasMessageStartingWith("Topic " + shop.deadLetters("billing") + " does not exist");
        }
    }

    @Test
    void aBrokerThatNeverAnswersIsAnErrorThatNamesTheSetting() {
        try (EventBus bus = EventBus.builder()
                .kafka(Map.of("bootstrap.servers", "127.0.0.1:1"))
                .registry("memory:none")
                .build()) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> bus.subscribe(ShopEvent.class)
                            .group("billing")
                            .on(ShopEvent.class, (event, context) -> {})
                            .start())
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessageContaining("bootstrap.servers=127.0.0.1:1");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(13));
        }
    }

    private record Disorder(int overlaps, int breaks) {}

    private Disorder disorder(Ordering ordering) {
        try (Shop shop = new Shop(kafka, 3)) {
            int keys = 10;
            int each = 60;
            for (int number = 1; number <= each; number++) {
                for (int key = 0; key < keys; key++) {
                    shop.bus().publishAsync(new OrderPlaced("o-" + key, number, ""));
                }
            }
            Map<String, Integer> last = new ConcurrentHashMap<>();
            Map<String, AtomicInteger> busy = new ConcurrentHashMap<>();
            AtomicInteger overlaps = new AtomicInteger();
            AtomicInteger breaks = new AtomicInteger();
            AtomicInteger handled = new AtomicInteger();
            shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("order")
                    .ordering(ordering)
                    .concurrency(8)
                    .on(OrderPlaced.class, (event, context) -> {
                        AtomicInteger inside = busy.computeIfAbsent(event.orderId(), key -> new AtomicInteger());
                        if (inside.incrementAndGet() > 1) {
                            overlaps.incrementAndGet();
                        }
                        LockSupport.parkNanos(200_000L * (event.number() % 5));
                        Integer before = last.put(event.orderId(), event.number());
                        if (before != null && before != event.number() - 1) {
                            breaks.incrementAndGet();
                        }
                        inside.decrementAndGet();
                        handled.incrementAndGet();
                    })
                    .ignore(OrderPaid.class)
                    .ignore(OrderCancelled.class)
                    .start();
            await().atMost(Duration.ofSeconds(30)).until(() -> handled.get() == keys * each);
            return new Disorder(overlaps.get(), breaks.get());
        }
    }
}
