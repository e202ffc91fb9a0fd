package dev.schemabus.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderCancelled;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class BatchTest {

    private static final int KEYS = 7;
    private static final int TOTAL = 60 * KEYS;
    private static final RetryPolicy QUICK = RetryPolicy.inPlace(3, Duration.ofMillis(10));

    private final EmbeddedKafka kafka;
    private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());

    BatchTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void eventsComeInBatchesThatKeepTheOrderOfEachKeyThoughSeveralRunAtOnce() throws Exception {
        try (Shop shop = new Shop(kafka, 3)) {
            int keys = KEYS;
            int each = TOTAL / KEYS;
            for (int number = 1; number <= each; number++) {
                for (int key = 0; key < keys; key++) {
                    shop.bus().publishAsync(new OrderPlaced("o-" + key, number, ""));
                }
            }
            Map<String, Integer> last = new ConcurrentHashMap<>();
            Set<String> inside = ConcurrentHashMap.newKeySet();
            AtomicInteger breaks = new AtomicInteger();
            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("lake")
                    .concurrency(4)
                    .batch(50, Duration.ofMillis(50))
                    .handle((events, batch) -> {
                        Set<String> mine = ConcurrentHashMap.newKeySet();
                        for (ShopEvent event : events) {
                            OrderPlaced placed = (OrderPlaced) event;
                            if (mine.add(placed.orderId()) && !inside.add(placed.orderId())) {
                                breaks.incrementAndGet();
                            }
                            Integer before = last.put(placed.orderId(), placed.number());
                            if (placed.number() != (before == null ? 1 : before + 1)) {
                                breaks.incrementAndGet();
                            }
                        }
                        batches.add(names(events));
                        inside.removeAll(mine);
                    })
                    .start();

            await().until(() -> subscription.counts().handled() == TOTAL);

            assertThat(breaks).hasValue(0);
            assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 50));
            assertThat(batches.size()).isLessThan(TOTAL / 5);
            subscription.close();
            assertThat(shop.committed("lake").values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(TOTAL);
        }
    }

    @Test
    void onlyTheEventThatFailedIsTriedAgain() {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 0; i < 10; i++) {
                shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
            }

            Subscription subscription = batched(shop, 10, (events, batch) -> {
                        batches.add(names(events));
                        if (batches.size() == 1) {
                            batch.fail(events.get(3), new IllegalStateException("not yet"));
                            assertThat(batch.delivered(3).offset()).isEqualTo(3);
                        }
                    })
                    .start();

            await().until(() -> subscription.counts().handled() == 10);
            assertThat(batches)
                    .containsExactly(
                            List.of(
                                    "o-0/0", "o-1/1", "o-2/2", "o-3/3", "o-4/4", "o-5/5", "o-6/6", "o-7/7", "o-8/8",
                                    "o-9/9"),
                            List.of("o-3/3"));
            assertThat(subscription.counts().failedAttempts()).isEqualTo(1);
        }
    }

    @Test
    void whatStandsBehindAFailedEventOfItsKeyComesAgainBehindItAndIsNotChargedForIt() {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 1; i <= 3; i++) {
                shop.bus().publish(new OrderPlaced("a", i, ""));
                shop.bus().publish(new OrderPlaced("b", i, ""));
            }
            List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());

            Subscription subscription = batched(shop, 6, (events, batch) -> {
                        batches.add(names(events));
                        attempts.add(batch.delivered(batch.size() - 1).attempt());
                        if (batches.size() == 1) {
                            batch.fail(2, new IllegalStateException("a/2 is not ready"));
                        }
                    })
                    .start();

            await().until(() -> subscription.counts().handled() == 6);
            assertThat(batches)
                    .containsExactly(List.of("a/1", "b/1", "a/2", "b/2", "a/3", "b/3"), List.of("a/2", "a/3"));
            assertThat(attempts).containsExactly(1, 1);
        }
    }

    @Test
    void anEventThatKeepsFailingBecomesADeadLetterAfterItsAttemptsAndTheRestIsDone() {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 0; i < 20; i++) {
                shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
            }
            Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

            Subscription subscription = batched(shop, 8, (events, batch) -> {
                        for (int i = 0; i < events.size(); i++) {
                            OrderPlaced placed = (OrderPlaced) events.get(i);
                            calls.computeIfAbsent(placed.orderId(), id -> new AtomicInteger())
                                    .incrementAndGet();
                            if (placed.number() % 5 == 0) {
                                batch.fail(i, new IllegalStateException("never " + placed.orderId()));
                            }
                        }
                    })
                    .start();

            await().until(() -> subscription.counts().deadLettered() == 4
                    && subscription.counts().handled() == 16);
            assertThat(calls)
                    .hasSize(20)
                    .allSatisfy((id, count) ->
                            assertThat(count).hasValue(Integer.parseInt(id.substring(2)) % 5 == 0 ? 3 : 1));
            assertThat(shop.read(shop.deadLetters("lake"))).hasSize(4).allSatisfy(letter -> {
                assertThat(Shop.header(letter, "sb-dl-attempts")).isEqualTo("3");
                assertThat(Shop.header(letter, "sb-dl-message")).startsWith("never o-");
            });
        }
    }

    @Test
    void aBatchThatThrowsHasFailedAsAWhole() {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 0; i < 4; i++) {
                shop.bus().publish(new OrderPlaced("o-" + i, i, ""));
            }

            Subscription subscription = batched(shop, 4, (events, batch) -> {
                        batches.add(names(events));
                        if (batches.size() == 1) {
                            throw new IllegalStateException("the lake is frozen");
                        }
                    })
                    .start();

            await().until(() -> subscription.counts().handled() == 4);
            assertThat(subscription.counts().failedAttempts()).isEqualTo(4);
        }
    }

    @Test
    void aRecordThatCantBeDecodedAndAnIgnoredOneDontHoldUpTheBatch() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPlaced("o-1", 1, ""));
            shop.produce(new ProducerRecord<>(shop.topic(), "o-1".getBytes(UTF_8), new byte[] {42}));
            shop.bus().publish(new OrderCancelled("o-1"));
            shop.bus().publish(new OrderPlaced("o-1", 2, ""));

            Subscription subscription = batched(shop, 10, (events, batch) -> batches.add(names(events)))
                    .ignore(OrderCancelled.class)
                    .start();

            await().until(() -> subscription.counts().handled() == 2);
            assertThat(batches.stream().flatMap(List::stream)).containsExactly("o-1/1", "o-1/2");
            assertThat(subscription.counts().deadLettered()).isEqualTo(1);
            assertThat(subscription.counts().ignored()).isEqualTo(1);
        }
    }

    @Test
    void aBatchHandlerBesideAHandlerOfOneTypeIsAnError() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() -> batched(shop, 10, (events, batch) -> {})
                            .on(OrderPlaced.class, (event, context) -> {})
                            .start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("handles batches and has a handler for OrderPlaced");
            assertThatThrownBy(() -> shop.bus().subscribe(ShopEvent.class).batch(0, Duration.ZERO))
                    .isInstanceOf(BusConfigurationException.class);
        }
    }

    @Test
    void atMostOnceAndBatchesAreAnError() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() -> batched(shop, 10, (events, batch) -> {})
                            .retry(RetryPolicy.none())
                            .delivery(DeliveryMode.AT_MOST_ONCE)
                            .start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("batch(…) and delivery(AT_MOST_ONCE) contradict each other");
        }
    }

    @Test
    void keyOrderAndBatchesAreAnErrorAlsoWhenAKeyOfTheGroupSaysSo() {
        try (Shop shop = new Shop(kafka, 1)) {
            Map<String, Object> properties = new HashMap<>(shop.kafka());
            properties.put("schema.registry.url", shop.registry());
            properties.put("schemabus.bus.group.lake.retry.kind", "KEEP_KEY_ORDER");
            properties.put("schemabus.bus.group.lake.retry.delays.ms", "10");
            try (EventBus bus = EventBusBuilder.fromProperties(properties).build()) {
                assertThatThrownBy(() -> bus.subscribe(ShopEvent.class)
                                .group("lake")
                                .batch(10, Duration.ofSeconds(1))
                                .handle((events, batch) -> {})
                                .start())
                        .isInstanceOf(BusConfigurationException.class)
                        .hasMessageContaining("can't be had with batches");
            }
        }
    }

    private static SubscriptionBuilder<ShopEvent> batched(Shop shop, int size, BatchHandler<ShopEvent> handler) {
        return shop.bus()
                .subscribe(ShopEvent.class)
                .group("lake")
                .retry(QUICK)
                .batch(size, Duration.ofSeconds(1))
                .handle(handler);
    }

    private static List<String> names(List<ShopEvent> events) {
        return events.stream()
                .map(event -> ((OrderPlaced) event).orderId() + "/" + ((OrderPlaced) event).number())
                .toList();
    }
}
