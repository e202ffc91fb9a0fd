package dev.schemabus.bus;

import static dev.schemabus.bus.Shop.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries that keep the order of keys, whatever happens meanwhile. */
@ExtendWith(SchemabusExtension.class)
@Timeout(90)
class KeyOrderTest {

    private final EmbeddedKafka kafka;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    KeyOrderTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void laterRecordsOfTheKeyWaitBehindOneThatFailedAndOtherKeysGoOn() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, "stuck", 1, 2, 3);
            publish(shop, "free", 1, 2);
            Subscription subscription = placed(
                            shop.bus(), RetryPolicy.keepKeyOrder(Duration.ofSeconds(2), 5), (event, context) -> {
                                if (event.orderId().equals("stuck") && event.number() == 1 && context.attempt() == 1) {
                                    throw new IllegalStateException("not yet");
                                }
                                log.add(event.orderId() + " " + event.number() + " attempt " + context.attempt());
                            })
                    .start();

            // The source is done with them all, though two wait for the third: they stand in the retry topic.
            await().untilAsserted(() -> assertThat(shop.committed("billing")).isEqualTo(Map.of(0, 5L)));
            assertThat(log).containsExactly("free 1 attempt 1", "free 2 attempt 1");
            publish(shop, "stuck", 4);
            await().until(() -> log.size() == 6);

            assertThat(log.subList(2, 6))
                    .containsExactly(
                            "stuck 1 attempt 2", "stuck 2 attempt 1", "stuck 3 attempt 1", "stuck 4 attempt 1");
            assertThat(subscription.counts().failedAttempts()).isEqualTo(1);

            // Free again: what comes now takes the straight way.
            await().until(() -> {
                publish(shop, "stuck", 5);
                return shop.read(TopicNames.retry(shop.topic(), "billing", 0)).size() >= 4
                        && log.contains("stuck 5 attempt 1");
            });
        }
    }

    /** The control: what plain retry topics do with the same records. */
    @Test
    void plainRetryTopicsLetThemOvertake() {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, "stuck", 1, 2, 3);

            placed(shop.bus(), RetryPolicy.topics(Duration.ofSeconds(1)).acceptReordering(), (event, context) -> {
                        if (event.number() == 1 && context.attempt() == 1) {
                            throw new IllegalStateException("not yet");
                        }
                        log.add("" + event.number());
                    })
                    .start();

            await().until(() -> log.size() == 3);
            assertThat(log).containsExactly("2", "3", "1");
        }
    }

    @Test
    void recordsThatKeepFailingCostExactlyTheirAttemptsAndBecomeDeadLettersInOrder() {
        try (Shop shop = new Shop(kafka, 2)) {
            AtomicInteger calls = new AtomicInteger();
            for (int i = 0; i < 20; i++) {
                shop.bus().publish(new OrderPlaced("o-" + i % 4, i / 4, ""));
            }

            Subscription subscription = placed(
                            shop.bus(), RetryPolicy.keepKeyOrder(Duration.ofMillis(100), 3), (event, context) -> {
                                calls.incrementAndGet();
                                log.add(event.orderId() + " " + event.number());
                                throw new IllegalStateException("broken");
                            })
                    .concurrency(4)
                    .start();

            await().until(() -> subscription.counts().deadLettered() == 20);
            assertThat(calls).hasValue(60);
            for (int key = 0; key < 4; key++) {
                String prefix = "o-" + key + " ";
                assertThat(log.stream()
                                .filter(entry -> entry.startsWith(prefix))
                                .toList())
                        .containsExactly(
                                prefix + 0,
                                prefix + 0,
                                prefix + 0,
                                prefix + 1,
                                prefix + 1,
                                prefix + 1,
                                prefix + 2,
                                prefix + 2,
                                prefix + 2,
                                prefix + 3,
                                prefix + 3,
                                prefix + 3,
                                prefix + 4,
                                prefix + 4,
                                prefix + 4);
            }
            assertThat(shop.read(shop.deadLetters("billing")))
                    .hasSize(20)
                    .allSatisfy(letter ->
                            assertThat(header(letter, "sb-dl-attempts")).isEqualTo("3"));
        }
    }

    @Test
    void aCrashAfterTheCopyAndBeforeTheCommitMakesNoSecondDelivery() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, "o-1", 1, 2, 3);
            RetryPolicy policy = RetryPolicy.keepKeyOrder(Duration.ofMillis(300), 5);
            kafka.createTopic(TopicNames.retry(shop.topic(), "billing", 0), 1);
            List<ConsumerRecord<byte[], byte[]>> source = shop.read(shop.topic());
            // What such a crash leaves: the first two stand in the retry topic, and nothing is committed.
            copy(shop, source.get(0), 1);
            copy(shop, source.get(1), 0);

            placed(shop.bus(), policy, (event, context) -> log.add(event.number() + " attempt " + context.attempt()))
                    .start();

            await().untilAsserted(() -> assertThat(shop.committed("billing")).isEqualTo(Map.of(0, 3L)));
            await().until(() -> log.size() >= 3);
            publish(shop, "o-1", 4);
            await().until(() -> log.size() >= 4);
            assertThat(log).containsExactly("1 attempt 2", "2 attempt 1", "3 attempt 1", "4 attempt 1");
        }
    }

    @Test
    void ofCopiesThatACrashLeftTwiceOnlyTheLastIsHandled() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            publish(shop, "o-1", 1, 2);
            kafka.createTopic(TopicNames.retry(shop.topic(), "billing", 0), 1);
            List<ConsumerRecord<byte[], byte[]>> source = shop.read(shop.topic());
            copy(shop, source.get(0), 1);
            copy(shop, source.get(1), 0);
            copy(shop, source.get(0), 2);

            placed(
                            shop.bus(),
                            RetryPolicy.keepKeyOrder(Duration.ofMillis(300), 5),
                            (event, context) -> log.add(event.number() + " attempt " + context.attempt()))
                    .start();

            await().until(() -> log.size() >= 2);
            publish(shop, "o-1", 3);
            await().until(() -> log.size() >= 3);
            assertThat(log).containsExactly("1 attempt 3", "2 attempt 1", "3 attempt 1");
        }
    }

    @Test
    void aRestartWhileAKeyIsParkedKeepsItsOrderAndItsAttempts() throws Exception {
        try (Shop shop = new Shop(kafka, 2)) {
            publish(shop, "o-1", 1, 2);
            RetryPolicy policy = RetryPolicy.keepKeyOrder(Duration.ofSeconds(2), 3);
            AtomicBoolean fixed = new AtomicBoolean();
            EventHandler<OrderPlaced> handler = (event, context) -> {
                log.add(event.number() + " attempt " + context.attempt());
                if (!fixed.get()) {
                    throw new IllegalStateException("broken");
                }
            };
            Subscription first = placed(shop.bus(), policy, handler).start();
            await().until(() ->
                    shop.read(TopicNames.retry(shop.topic(), "billing", 0)).size() == 2);
            assertThat(first.close(Duration.ofSeconds(5))).isTrue();
            fixed.set(true);
            publish(shop, "o-1", 3);

            placed(shop.anotherBus(2), policy, handler).start();

            await().until(() -> log.size() == 4);
            assertThat(log).containsExactly("1 attempt 1", "1 attempt 2", "2 attempt 1", "3 attempt 1");
        }
    }

    @Test
    void aKeyThatIsParkedMovesToAnotherMemberWithItsOrder() throws Exception {
        try (Shop shop = new Shop(kafka, 4, Shop.IN_MEMORY, Map.of("heartbeat.interval.ms", 100))) {
            for (int key = 0; key < 8; key++) {
                publish(shop, "o-" + key, 1, 2);
            }
            RetryPolicy policy = RetryPolicy.keepKeyOrder(Duration.ofSeconds(3), 3);
            EventHandler<OrderPlaced> handler = (event, context) -> {
                log.add(event.orderId() + " " + event.number() + " attempt " + context.attempt());
                if (event.number() == 1 && context.attempt() == 1) {
                    throw new IllegalStateException("not yet");
                }
            };
            Subscription first = placed(shop.bus(), policy, handler).start();
            await().until(() -> log.size() == 8);

            Subscription second = placed(shop.anotherBus(4), policy, handler).start();
            await().until(() -> second.assignment().size() == 2);
            for (int key = 0; key < 8; key++) {
                publish(shop, "o-" + key, 3);
            }

            await().until(() -> log.size() == 8 * 4);
            assertThat(first.assignment()).hasSize(2);
            for (int key = 0; key < 8; key++) {
                String prefix = "o-" + key + " ";
                assertThat(log.stream()
                                .filter(entry -> entry.startsWith(prefix))
                                .toList())
                        .containsExactly(
                                prefix + "1 attempt 1",
                                prefix + "1 attempt 2",
                                prefix + "2 attempt 1",
                                prefix + "3 attempt 1");
            }
        }
    }

    @Test
    void beyondTheLimitsThePartitionPausesAndNothingIsLostOrOvertaken() throws Exception {
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("max.poll.records", 5))) {
            AtomicBoolean fixed = new AtomicBoolean();
            for (int i = 1; i <= 60; i++) {
                shop.bus().publishAsync(new OrderPlaced("o-1", i, ""));
            }

            Subscription subscription = placed(
                            shop.bus(), RetryPolicy.keepKeyOrder(Duration.ofMillis(200), 1_000), (event, context) -> {
                                if (!fixed.get()) {
                                    throw new IllegalStateException("not yet");
                                }
                                log.add("" + event.number());
                            })
                    .maxParked(10, 10)
                    .start();

            String retry = TopicNames.retry(shop.topic(), "billing", 0);
            await().until(() -> shop.read(retry).size() >= 30);
            assertThat(shop.committed("billing").getOrDefault(0, 0L)).isLessThanOrEqualTo(10);
            assertThat(subscription.assignment()).hasSize(1);
            fixed.set(true);

            await().until(() -> log.size() >= 60);
            assertThat(log).hasSize(60);
            for (int i = 0; i < 60; i++) {
                assertThat(log.get(i)).isEqualTo("" + (i + 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void membersThatComeAndGoWhileHandlersFailBreakNoOrderAndLoseNothing(long seed) throws Exception {
        try (Shop shop = new Shop(kafka, 4, Shop.IN_MEMORY, Map.of("heartbeat.interval.ms", 100))) {
            int total = 600;
            int keys = 20;
            RetryPolicy policy = RetryPolicy.keepKeyOrder(Duration.ofMillis(150), 1_000);
            Random random = new Random(seed);
            Map<String, Integer> last = new ConcurrentHashMap<>();
            Set<String> seen = ConcurrentHashMap.newKeySet();
            AtomicInteger breaks = new AtomicInteger();
            EventHandler<OrderPlaced> handler = (event, context) -> {
                if ((event.orderId() + event.number() + context.attempt() + seed).hashCode() % 5 == 0) {
                    throw new IllegalStateException("this time");
                }
                Integer before = last.put(event.orderId(), event.number());
                // Coming again is allowed; skipping ahead is not.
                if (event.number() > (before == null ? 0 : before) + 1) {
                    breaks.incrementAndGet();
                }
                seen.add(event.orderId() + "/" + event.number());
            };
            List<Subscription> members = new ArrayList<>();
            members.add(placed(shop.bus(), policy, handler).concurrency(4).start());
            for (int i = 0; i < total; i++) {
                shop.bus().publishAsync(new OrderPlaced("o-" + i % keys, i / keys + 1, ""));
                if (i % 120 == 119) {
                    if (members.size() > 1 && random.nextBoolean()) {
                        members.remove(0).close(Duration.ofSeconds(5));
                    } else {
                        Subscription joined = placed(shop.anotherBus(4), policy, handler)
                                .concurrency(4)
                                .start();
                        members.add(joined);
                        await().until(() -> !joined.assignment().isEmpty());
                    }
                }
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> seen.size() == total);
            assertThat(breaks).as("seed %d", seed).hasValue(0);
            assertThat(last.values())
                    .as("seed %d: the last effect is that of the last record", seed)
                    .allMatch(number -> number == total / keys);
        }
    }

    @Test
    void settingsThatContradictKeyOrderAreErrors() {
        RetryPolicy policy = RetryPolicy.keepKeyOrder(Duration.ofSeconds(1), 3);
        try (Shop shop = new Shop(
                kafka,
                1,
                Shop.IN_MEMORY,
                Map.of("partition.assignment.strategy", CooperativeStickyAssignor.class.getName()))) {
            assertThatThrownBy(() ->
                            placed(shop.bus(), policy, (event, context) -> {}).start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("RangeAssignor");
        }
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() -> placed(shop.bus(), policy, (event, context) -> {})
                            .ordering(Ordering.NONE)
                            .start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("BY_KEY");
        }
    }

    private static void publish(Shop shop, String key, int... numbers) {
        for (int number : numbers) {
            shop.bus().publish(new OrderPlaced(key, number, ""));
        }
    }

    /** Writes a record to the retry topic as the bus does. */
    private static void copy(Shop shop, ConsumerRecord<byte[], byte[]> source, int attempts) throws Exception {
        List<Header> headers = new ArrayList<>(List.of(source.headers().toArray()));
        headers.addAll(Origin.of(source, "billing").headers());
        headers.addAll(new RetryState(attempts, 0, null).headers());
        shop.produce(new ProducerRecord<>(
                TopicNames.retry(source.topic(), "billing", 0),
                source.partition(),
                source.key(),
                source.value(),
                headers));
    }

    private static SubscriptionBuilder<ShopEvent> placed(
            EventBus bus, RetryPolicy policy, EventHandler<OrderPlaced> handler) {
        return bus.subscribe(ShopEvent.class)
                .group("billing")
                .retry(policy)
                .on(OrderPlaced.class, handler)
                .ignore(OrderPaid.class)
                .on(ShopEvent.class, (event, context) -> {});
    }
}
