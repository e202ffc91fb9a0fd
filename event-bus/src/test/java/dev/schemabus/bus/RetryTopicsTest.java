package dev.schemabus.bus;

import static dev.schemabus.bus.Shop.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class RetryTopicsTest {

    private static final Duration DELAY = Duration.ofMillis(700);

    private final EmbeddedKafka kafka;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> times = Collections.synchronizedList(new ArrayList<>());

    RetryTopicsTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void aRecordThatFailedBeforeAndCantBeDecodedNowSaysBothInItsDeadLetter() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .retry(RetryPolicy.topics(Duration.ZERO).acceptReordering())
                    .on(ShopEvent.class, (event, context) -> {})
                    .start();
            Instant first = Instant.parse("2026-01-02T03:04:05Z");
            shop.produce(new ProducerRecord<>(
                    TopicNames.retry(shop.topic(), "billing", 1),
                    0,
                    null,
                    new byte[] {1},
                    new byte[] {42},
                    new RetryState(2, 0, first).headers()));

            await().until(() -> subscription.counts().deadLettered() == 1);

            assertThat(shop.read(shop.deadLetters("billing"))).singleElement().satisfies(letter -> {
                assertThat(Shop.header(letter, "sb-dl-class")).isEqualTo("POISON");
                assertThat(Shop.header(letter, "sb-dl-attempts")).isEqualTo("2");
                assertThat(Shop.header(letter, "sb-dl-first-failure")).isEqualTo(first.toString());
            });
        }
    }

    @Test
    void aRecordThatFailsComesAgainAfterEachDelayNeverEarlierAndThenIsADeadLetterAsItWasPublished() throws Exception {
        try (Shop shop = new Shop(kafka, 3)) {
            shop.bus().publish(new OrderPaid("o-1", 1), With.NOTHING.header("tenant", "t1"));
            Receipt published = shop.bus().publish(new OrderPaid("o-1", 2), With.NOTHING.header("tenant", "t1"));

            Subscription subscription = paid(shop.bus(), RetryPolicy.topics(DELAY, DELAY), (event, context) -> {
                        if (event.cents() == 2) {
                            times.add(System.nanoTime());
                            log.add(context + " " + context.attempt() + " "
                                    + context.header("tenant").orElse("") + " "
                                    + context.headers().stream()
                                            .filter(header -> header.key().startsWith("sb-retry"))
                                            .count());
                            throw new IllegalStateException("broken");
                        }
                    })
                    .start();

            await().until(() -> subscription.counts().deadLettered() == 1);
            String place = published.topic() + "-" + published.partition() + "@" + published.offset();
            assertThat(log).containsExactly(place + " 1 t1 0", place + " 2 t1 0", place + " 3 t1 0");
            assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(DELAY.toNanos());
            assertThat(times.get(2) - times.get(1)).isGreaterThanOrEqualTo(DELAY.toNanos());
            ConsumerRecord<byte[], byte[]> source = shop.read(shop.topic()).get(1);
            ConsumerRecord<byte[], byte[]> letter =
                    shop.read(shop.deadLetters("billing")).get(0);
            assertThat(header(letter, "sb-dl-attempts")).isEqualTo("3");
            assertThat(header(letter, "sb-dl-topic")).isEqualTo(published.topic());
            assertThat(header(letter, "sb-dl-offset")).isEqualTo(Long.toString(published.offset()));
            assertThat(letter.headers()).extracting(Header::key).noneMatch(name -> name.startsWith("sb-retry"));
            assertThat(header(letter, "sb-dl-sha256"))
                    .isEqualTo(DeadLetterHeaders.digest(source.key(), source.value(), source.headers()));
        }
    }

    @Test
    void laterRecordsOvertakeOneThatWaitsAndTheSourceIsCommittedMeanwhile() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 1; i <= 5; i++) {
                shop.bus().publish(new OrderPaid("o-1", i));
            }

            paid(shop.bus(), RetryPolicy.topics(Duration.ofSeconds(3)), (event, context) -> {
                        if (event.cents() == 1 && context.attempt() == 1) {
                            throw new IllegalStateException("broken");
                        }
                        log.add("paid " + event.cents());
                    })
                    .start();

            await().untilAsserted(() -> assertThat(shop.committed("billing")).isEqualTo(Map.of(0, 5L)));
            assertThat(log).containsExactly("paid 2", "paid 3", "paid 4", "paid 5");
            await().until(() -> log.contains("paid 1"));
        }
    }

    @Test
    void attemptsAreCountedOverARestart() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            RetryPolicy policy = RetryPolicy.topics(Duration.ofSeconds(2), Duration.ZERO);
            EventHandler<OrderPaid> broken = (event, context) -> {
                log.add("attempt " + context.attempt());
                throw new IllegalStateException("broken");
            };
            Subscription first = paid(shop.bus(), policy, broken).start();
            await().until(() ->
                    shop.read(TopicNames.retry(shop.topic(), "billing", 1)).size() == 1);
            assertThat(first.close(Duration.ofSeconds(5))).isTrue();

            Subscription second = paid(shop.anotherBus(1), policy, broken).start();

            await().until(() -> second.counts().deadLettered() == 1);
            assertThat(log).containsExactly("attempt 1", "attempt 2", "attempt 3");
        }
    }

    @Test
    void whatStandsInATopicThatThePolicyNamesNoMoreIsStillHandled() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            String last = TopicNames.retry(shop.topic(), "billing", 2);
            Subscription before = paid(
                            shop.bus(), RetryPolicy.topics(Duration.ZERO, Duration.ofHours(1)), (event, context) -> {
                                throw new IllegalStateException("broken");
                            })
                    .start();
            await().until(() -> shop.read(last).size() == 1);
            assertThat(before.close(Duration.ofSeconds(5))).isTrue();

            paid(
                            shop.anotherBus(1),
                            RetryPolicy.inPlace(5, Duration.ZERO),
                            (event, context) -> log.add("attempt " + context.attempt()))
                    .start();

            await().until(() -> !log.isEmpty());
            assertThat(log).containsExactly("attempt 3");
        }
    }

    @Test
    void manyRecordsThatFailCostExactlyTheirAttemptsEach() {
        try (Shop shop = new Shop(kafka, 2)) {
            AtomicInteger calls = new AtomicInteger();
            for (int i = 0; i < 20; i++) {
                shop.bus().publishAsync(new OrderPaid("o-" + i % 5, i));
            }

            Subscription subscription = paid(
                            shop.bus(), RetryPolicy.topics(Duration.ofMillis(50), Duration.ofMillis(50)), (e, c) -> {
                                calls.incrementAndGet();
                                throw new IllegalStateException("broken");
                            })
                    .concurrency(4)
                    .start();

            await().until(() -> subscription.counts().deadLettered() == 20);
            assertThat(calls).hasValue(60);
        }
    }

    @Test
    void aDueTimeFarAheadIsNotBelievedBeyondTheDelay() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            Receipt published = shop.bus().publish(new OrderPaid("o-1", 1));
            ConsumerRecord<byte[], byte[]> source = shop.read(shop.topic()).get(0);
            paid(shop.bus(), RetryPolicy.topics(DELAY), (event, context) -> log.add("attempt " + context.attempt()))
                    .start();
            await().until(() -> log.size() == 1);

            List<Header> headers = new ArrayList<>(List.of(source.headers().toArray()));
            headers.addAll(Origin.of(source, "billing").headers());
            headers.addAll(new RetryState(
                            1, System.currentTimeMillis() + Duration.ofDays(300).toMillis(), null)
                    .headers());
            shop.produce(new ProducerRecord<>(
                    TopicNames.retry(published.topic(), "billing", 1), 0, source.key(), source.value(), headers));

            await().until(() -> log.size() == 2);
            assertThat(log).containsExactly("attempt 1", "attempt 2");
        }
    }

    @Test
    void headersOfTheSourceDontCountAsAttempts() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            ConsumerRecord<byte[], byte[]> genuine = shop.read(shop.topic()).get(0);
            List<Header> headers = new ArrayList<>(List.of(genuine.headers().toArray()));
            headers.addAll(new RetryState(99, 9_999_999_999_999L, null).headers());
            shop.produce(new ProducerRecord<>(shop.topic(), 0, genuine.key(), genuine.value(), headers));

            paid(shop.bus(), RetryPolicy.topics(DELAY), (event, context) -> log.add("attempt " + context.attempt()))
                    .start();

            await().until(() -> log.size() == 2);
            assertThat(log).containsExactly("attempt 1", "attempt 1");
        }
    }

    @Test
    void aRecordTooLargeForItsRetryTopicIsTriedAgainInMemory() {
        try (Shop shop = new Shop(kafka, 1)) {
            kafka.createTopic(TopicNames.retry(shop.topic(), "billing", 1), 1, Map.of("max.message.bytes", "120"));
            shop.bus().publish(new OrderPaid("o-1", 1));

            Subscription subscription = paid(
                            shop.bus(), RetryPolicy.topics(Duration.ofMillis(200)), (event, context) -> {
                                log.add("attempt " + context.attempt());
                                throw new IllegalStateException("broken");
                            })
                    .start();

            await().until(() -> subscription.counts().deadLettered() == 1);
            assertThat(log).containsExactly("attempt 1", "attempt 2");
        }
    }

    @Test
    void reorderingMustBeAcceptedAndPartitionsMustMatch() {
        try (Shop shop = new Shop(kafka, 2)) {
            assertThatThrownBy(() -> shop.bus()
                            .subscribe(ShopEvent.class)
                            .group("billing")
                            .retry(RetryPolicy.topics(DELAY))
                            .on(ShopEvent.class, (event, context) -> {})
                            .start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("acceptReordering");

            kafka.createTopic(TopicNames.retry(shop.topic(), "billing", 1), 3);
            assertThatThrownBy(() -> paid(shop.bus(), RetryPolicy.topics(DELAY), (event, context) -> {})
                            .start())
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("has 3 partitions")
                    .hasMessageContaining("has 2");
        }
    }

    @Test
    void whileTheRetryTopicIsAwayTheRecordWaitsUncommittedAndSpendsNoAttempt() throws Exception {
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("max.block.ms", 300))) {
            String retry = TopicNames.retry(shop.topic(), "billing", 1);
            CountDownLatch away = new CountDownLatch(1);
            shop.bus().publish(new OrderPaid("o-1", 1));
            paid(shop.bus(), RetryPolicy.topics(Duration.ofMillis(100)), (event, context) -> {
                        away.await();
                        log.add("attempt " + context.attempt());
                        if (context.attempt() == 1) {
                            throw new IllegalStateException("broken");
                        }
                    })
                    .start();
            shop.deleteTopic(retry);
            away.countDown();

            await().until(() -> log.size() == 1);
            await().during(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(shop.committed("billing").getOrDefault(0, 0L))
                            .isZero());
            kafka.createTopic(retry, 1);

            await().atMost(Duration.ofSeconds(40)).until(() -> log.size() == 2);
            assertThat(log).containsExactly("attempt 1", "attempt 2");
        }
    }

    @Test
    void aRecordThatNobodyMovedComesAtOnceWithItsHeaders() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            ConsumerRecord<byte[], byte[]> source = shop.read(shop.topic()).get(0);
            paid(
                            shop.bus(),
                            RetryPolicy.topics(DELAY),
                            (event, context) -> log.add(
                                    context.attempt() + " " + context.key().orElse("")))
                    .start();

            shop.produce(new ProducerRecord<>(
                    TopicNames.retry(shop.topic(), "billing", 1),
                    0,
                    "o-1".getBytes(UTF_8),
                    source.value(),
                    source.headers()));

            await().until(() -> log.size() == 2);
            assertThat(log).containsExactly("1 o-1", "1 o-1");
        }
    }

    private static SubscriptionBuilder<ShopEvent> paid(
            EventBus bus, RetryPolicy policy, EventHandler<OrderPaid> handler) {
        return bus.subscribe(ShopEvent.class)
                .group("billing")
                .retry(policy.acceptReordering())
                .on(OrderPaid.class, handler)
                .on(ShopEvent.class, (event, context) -> {});
    }
}
