package dev.schemabus.bus;

import static dev.schemabus.bus.Shop.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.serde.EventWriter;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class FailureTest {

    record Stranger(String id) {}

    private static final RetryPolicy QUICK = RetryPolicy.inPlace(3, Duration.ofMillis(10));

    private final EmbeddedKafka kafka;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    FailureTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void aRecordThatCantBeDecodedBecomesADeadLetterByteForByteAndTheRestGoesOn() throws Exception {
        try (Shop shop = new Shop(kafka, 3)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            byte[] key = {0, (byte) 0xFF, 7};
            byte[] value = {42, (byte) 0xC3, 0, 0, (byte) 0x80};
            List<Header> headers = List.of(
                    new BytesHeader("b", new byte[] {(byte) 0xFE}),
                    new BytesHeader("a", "1"),
                    new BytesHeader("b", new byte[0]));
            shop.produce(new ProducerRecord<>(shop.topic(), 2, 1_000_000L, key, value, headers));
            shop.bus().publish(new OrderPaid("o-1", 2));

            Subscription subscription = handleAll(shop, "billing").start();

            await().until(() -> subscription.counts().deadLettered() == 1 && log.size() == 2);
            ConsumerRecord<byte[], byte[]> letter =
                    shop.read(shop.deadLetters("billing")).get(0);
            assertThat(letter.partition()).isEqualTo(2);
            assertThat(letter.key()).isEqualTo(key);
            assertThat(letter.value()).isEqualTo(value);
            assertThat(hex(List.of(letter.headers().toArray()).subList(0, 3))).isEqualTo(hex(headers));
            assertThat(header(letter, "sb-dl-sha256"))
                    .isEqualTo(DeadLetterHeaders.digest(key, value, headers))
                    .isEqualTo(DeadLetterHeaders.digest(letter.key(), letter.value(), letter.headers()));
            assertThat(header(letter, "sb-dl-class")).isEqualTo("POISON");
            assertThat(header(letter, "sb-dl-topic")).isEqualTo(shop.topic());
            assertThat(header(letter, "sb-dl-partition")).isEqualTo("2");
            assertThat(header(letter, "sb-dl-timestamp")).isEqualTo("1970-01-01T00:16:40Z");
            assertThat(header(letter, "sb-dl-exception")).isEqualTo("dev.schemabus.codec.MalformedPayloadException");
            await().untilAsserted(
                            () -> assertThat(shop.committed("billing").values()).contains(1L, 2L));
        }
    }

    @Test
    void aRecordOfAStrangersTypeBecomesADeadLetter() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            byte[] strange = writer(shop).write(shop.topic(), new Stranger("x"));
            shop.produce(new ProducerRecord<>(shop.topic(), strange));

            Subscription subscription = handleAll(shop, "billing").start();

            await().until(() -> subscription.counts().deadLettered() == 1);
            assertThat(shop.read(shop.deadLetters("billing")))
                    .extracting(letter -> header(letter, "sb-dl-class") + " " + header(letter, "sb-dl-exception"))
                    .containsExactly("MISROUTED dev.schemabus.serde.UnboundTypeException");
            assertThat(log).containsExactly("paid 1");
        }
    }

    @Test
    void aHandlerThatKeepsFailingIsCalledAsOftenAsThePolicySaysAndThenComesTheDeadLetter() {
        try (Shop shop = new Shop(kafka, 1)) {
            AtomicInteger calls = new AtomicInteger();
            for (int i = 0; i < 5; i++) {
                shop.bus().publish(new OrderPaid("o-" + i, i));
            }

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .retry(QUICK)
                    .on(ShopEvent.class, (event, context) -> {
                        calls.incrementAndGet();
                        throw new IllegalStateException("no ledger for " + context.key());
                    })
                    .start();

            await().until(() -> subscription.counts().deadLettered() == 5);
            assertThat(calls).hasValue(15);
            assertThat(subscription.counts().failedAttempts()).isEqualTo(15);
            assertThat(shop.read(shop.deadLetters("billing"))).hasSize(5).allSatisfy(letter -> {
                assertThat(header(letter, "sb-dl-class")).isEqualTo("HANDLER");
                assertThat(header(letter, "sb-dl-attempts")).isEqualTo("3");
                assertThat(header(letter, "sb-dl-message")).startsWith("no ledger for");
            });
        }
    }

    @Test
    void manyRecordsThatFailInOnePartitionCostExactlyTheirAttemptsEach() {
        try (Shop shop = new Shop(kafka, 1)) {
            int records = 20;
            AtomicInteger calls = new AtomicInteger();
            Map<String, Integer> callsPerKey = new ConcurrentHashMap<>();
            for (int i = 0; i < records; i++) {
                shop.bus().publishAsync(new OrderPaid("o-" + i % 5, i));
            }

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .concurrency(4)
                    .retry(RetryPolicy.inPlace(4, Duration.ofMillis(5)))
                    .on(OrderPaid.class, (event, context) -> {
                        calls.incrementAndGet();
                        callsPerKey.merge(event.orderId() + "/" + event.cents(), 1, Integer::sum);
                        throw new IllegalStateException("broken");
                    })
                    .on(ShopEvent.class, (event, context) -> {})
                    .start();

            await().until(() -> subscription.counts().deadLettered() == records);
            assertThat(calls).hasValue(records * 4);
            assertThat(callsPerKey)
                    .hasSize(records)
                    .allSatisfy((key, count) -> assertThat(count).isEqualTo(4));
            assertThat(shop.read(shop.deadLetters("billing"))).hasSize(records);
        }
    }

    @Test
    void anExceptionThatIsNotWorthARetryMakesADeadLetterAtOnceThoughItIsWrapped() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            shop.bus().publish(new OrderPaid("o-2", 2));

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .retry(QUICK.doNotRetryOn(ArithmeticException.class))
                    .on(OrderPaid.class, (event, context) -> {
                        log.add("paid " + event.cents());
                        throw event.cents() == 1
                                ? new IllegalStateException("wrapped", new ArithmeticException("by zero"))
                                : new IllegalStateException("plain");
                    })
                    .on(ShopEvent.class, (event, context) -> {})
                    .start();

            await().until(() -> subscription.counts().deadLettered() == 2);
            assertThat(log).containsExactly("paid 1", "paid 2", "paid 2", "paid 2");
            assertThat(shop.read(shop.deadLetters("billing")))
                    .extracting(letter -> header(letter, "sb-dl-attempts"))
                    .containsExactly("1", "3");
        }
    }

    @Test
    void aHandlerThatSucceedsAtLastLeavesNoDeadLetter() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .retry(QUICK)
                    .on(ShopEvent.class, (event, context) -> {
                        log.add("attempt " + context.attempt());
                        if (context.attempt() < 3) {
                            throw new IllegalStateException("not yet");
                        }
                    })
                    .start();

            await().until(() -> subscription.counts().handled() == 1);
            assertThat(log).containsExactly("attempt 1", "attempt 2", "attempt 3");
            assertThat(shop.read(shop.deadLetters("billing"))).isEmpty();
        }
    }

    @Test
    void whileARecordWaitsForItsRetryItsKeyWaitsAndOtherKeysGoOn() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPlaced("stuck", 1, ""));
            shop.bus().publish(new OrderPlaced("stuck", 2, ""));
            for (int i = 0; i < 20; i++) {
                shop.bus().publish(new OrderPlaced("free-" + i, i, ""));
            }
            CountDownLatch othersDone = new CountDownLatch(20);

            // One worker only: a lane that waited on its thread would hold up all others, and this would never end.
            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .concurrency(1)
                    .retry(RetryPolicy.inPlace(100_000, Duration.ofMillis(5)))
                    .on(OrderPlaced.class, (event, context) -> {
                        if (event.orderId().equals("stuck")) {
                            if (othersDone.getCount() > 0) {
                                throw new IllegalStateException("others are not done");
                            }
                            log.add("stuck " + event.number());
                        } else {
                            othersDone.countDown();
                        }
                    })
                    .on(ShopEvent.class, (event, context) -> {})
                    .start();

            await().until(() -> log.size() == 2);
            assertThat(log).containsExactly("stuck 1", "stuck 2");
            assertThat(subscription.counts().failedAttempts()).isPositive();
        }
    }

    @Test
    void withThePolicyStopTheSubscriptionStopsAndTheRecordStaysUncommitted() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            shop.bus().publish(new OrderPaid("o-1", 2));
            shop.bus().publish(new OrderPaid("o-1", 3));

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .retry(RetryPolicy.none())
                    .deadLetter(DeadLetterPolicy.stop())
                    .on(OrderPaid.class, (event, context) -> {
                        log.add("paid " + event.cents());
                        if (event.cents() == 2) {
                            throw new IllegalStateException("broken");
                        }
                    })
                    .on(ShopEvent.class, (event, context) -> {})
                    .start();

            await().until(() -> subscription.state() == Subscription.State.FAILED);
            assertThat(subscription.failure())
                    .hasValueSatisfying(cause -> assertThat(cause).hasMessage("broken"));
            assertThat(log).containsExactly("paid 1", "paid 2");
            assertThat(shop.committed("billing")).isEqualTo(Map.of(0, 1L));
        }
    }

    @Test
    void anOutOfMemoryErrorStopsTheSubscription() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .on(ShopEvent.class, (event, context) -> {
                        throw new OutOfMemoryError("thrown by a test");
                    })
                    .start();

            await().until(() -> subscription.state() == Subscription.State.FAILED);
            assertThat(subscription.counts().deadLettered()).isZero();
            assertThat(shop.committed("billing").getOrDefault(0, 0L)).isZero();
        }
    }

    @Test
    void soDoesOneThatSomebodyHasWrapped() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .on(ShopEvent.class, (event, context) -> {
                        throw new ExecutionException(new OutOfMemoryError("thrown by a test"));
                    })
                    .start();

            await().until(() -> subscription.state() == Subscription.State.FAILED);
            assertThat(subscription.counts().failedAttempts()).isZero();
            assertThat(subscription.counts().deadLettered()).isZero();
        }
    }

    @Test
    void anErrorThatNobodyForesawStopsTheSubscriptionInsteadOfItsLane() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .retry(RetryPolicy.none())
                    .on(ShopEvent.class, (event, context) -> {
                        throw new Unspeakable();
                    })
                    .start();

            await().until(() -> subscription.state() == Subscription.State.FAILED);
            assertThat(subscription.failure())
                    .hasValueSatisfying(cause -> assertThat(cause).hasMessage("no words"));
            assertThat(shop.committed("billing").getOrDefault(0, 0L)).isZero();
        }
    }

    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("no words");
        }
    }

    @Test
    void aRegistryOutageHoldsTheRecordsDeadLettersNothingAndEndsByItself() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                Shop shop = new Shop(kafka, 1, registry.url(), Map.of())) {
            for (int i = 1; i <= 20; i++) {
                shop.bus().publish(new OrderPaid("o-" + i % 4, i));
            }
            registry.stop();
            EventBus consumer = shop.anotherBus(1);

            Subscription subscription =
                    handleAll(consumer, "billing").concurrency(4).start();

            await().until(() -> subscription.counts().received() == 20);
            await().during(Duration.ofMillis(500)).until(() -> log.isEmpty());
            assertThat(subscription.counts().deadLettered()).isZero();

            registry.restart();

            await().atMost(Duration.ofSeconds(20)).until(() -> log.size() == 20);
            assertThat(subscription.counts()).isEqualTo(new Subscription.Counts(20, 20, 0, 0, 0));
            assertThat(shop.read(shop.deadLetters("billing"))).isEmpty();
        }
    }

    @Test
    void anUnknownSchemaIdWaitsForItsBudgetAndIsThenPoison() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            byte[] unknown = {0, 0, 0, 99, 99, 1};
            shop.produce(new ProducerRecord<>(shop.topic(), "o-2".getBytes(UTF_8), unknown));

            Subscription patient = handleAll(shop, "patient").start();
            Subscription hasty = handleAll(shop, "hasty")
                    .unknownSchemaBudget(Duration.ofMillis(300))
                    .start();

            await().until(() -> hasty.counts().deadLettered() == 1);
            assertThat(header(shop.read(shop.deadLetters("hasty")).get(0), "sb-dl-class"))
                    .isEqualTo("POISON");
            assertThat(patient.counts().deadLettered()).isZero();
        }
    }

    @Test
    void manyRecordsOfAnUnknownSchemaWaitForOneBudgetTogether() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            Duration budget = Duration.ofSeconds(2);
            byte[] unknown = {0, 0, 0, 99, 99, 1};
            shop.bus().publish(new OrderPaid("o-1", 1));
            for (int i = 0; i < 10; i++) {
                // All of one key: with a budget each they would take ten times as long.
                shop.produce(new ProducerRecord<>(shop.topic(), "o-1".getBytes(UTF_8), unknown));
            }
            long start = System.nanoTime();

            Subscription subscription =
                    handleAll(shop, "billing").unknownSchemaBudget(budget).start();

            await().until(() -> subscription.counts().deadLettered() == 10);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(budget)
                    .isLessThan(budget.multipliedBy(4));
        }
    }

    @Test
    void whileTheDeadLetterTopicIsAwayTheRecordWaitsUncommitted() throws Exception {
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("max.block.ms", 300))) {
            CountDownLatch topicIsAway = new CountDownLatch(1);
            shop.bus().publish(new OrderPaid("o-1", 1));
            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .retry(RetryPolicy.none())
                    .on(ShopEvent.class, (event, context) -> {
                        topicIsAway.await();
                        log.add("called");
                        throw new IllegalStateException("broken");
                    })
                    .start();
            shop.deleteTopic(shop.deadLetters("billing"));
            topicIsAway.countDown();

            await().until(() -> log.size() == 1);
            await().during(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(shop.committed("billing").getOrDefault(0, 0L))
                            .isZero());
            kafka.createTopic(shop.deadLetters("billing"), 1);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> subscription.counts().deadLettered() == 1);
            assertThat(log).containsExactly("called");
        }
    }

    private SubscriptionBuilder<ShopEvent> handleAll(Shop shop, String group) {
        return handleAll(shop.bus(), group);
    }

    private SubscriptionBuilder<ShopEvent> handleAll(EventBus bus, String group) {
        return bus.subscribe(ShopEvent.class)
                .group(group)
                .on(OrderPaid.class, (event, context) -> log.add("paid " + event.cents()))
                .on(ShopEvent.class, (event, context) -> log.add("other"));
    }

    private static EventWriter<Object> writer(Shop shop) {
        SchemaRegistry registry = shop.bus().registry();
        return EventWriter.<Object>builder(registry)
                .naming(SubjectNaming.TOPIC_RECORD)
                .build();
    }

    private static List<String> hex(List<Header> headers) {
        return headers.stream()
                .map(header -> header.key() + "=" + HexFormat.of().formatHex(header.value()))
                .toList();
    }
}
