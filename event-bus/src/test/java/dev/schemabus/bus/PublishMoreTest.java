package dev.schemabus.bus;

import static dev.schemabus.bus.Shop.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.PublishOutcome.Acked;
import dev.schemabus.bus.PublishOutcome.Indeterminate;
import dev.schemabus.bus.PublishOutcome.IndeterminateReason;
import dev.schemabus.bus.PublishOutcome.Rejected;
import dev.schemabus.bus.PublishOutcome.RejectionReason;
import dev.schemabus.bus.ShopEvent.OrderCancelled;
import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.schema.Event;
import dev.schemabus.schema.Key;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Publishing: batches, deadlines, tombstones, headers, traces. */
@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class PublishMoreTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Event(domain = "shop", entity = "mixed")
    sealed interface Mixed {}

    record Keyed(@Key String id) implements Mixed {}

    record Keyless(String id) implements Mixed {}

    private final EmbeddedKafka kafka;

    PublishMoreTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    @SuppressWarnings("NullAway") // a null that the compiler refuses comes all the same
    void aBatchHasAnOutcomeForEachEventInTheOrderGiven() {
        try (Shop shop = new Shop(kafka, 1)) {
            List<PublishOutcome> outcomes = shop.bus()
                    .publishAll(
                            List.of(new OrderPaid("o-1", 1), new OrderPlaced("o-1", 1, null), new OrderPaid("o-2", 2)),
                            With.NOTHING.header("tenant", "t1"));

            assertThat(outcomes).hasSize(3);
            assertThat(outcomes.get(0)).isInstanceOf(Acked.class);
            assertRejected(outcomes.get(1), RejectionReason.SERIALIZATION);
            assertThat(((Acked) outcomes.get(2)).receipt().offset()).isEqualTo(1);
            assertThat(shop.read(shop.topic()))
                    .allSatisfy(record -> assertThat(header(record, "tenant")).isEqualTo("t1"));
            assertThatThrownBy(() -> shop.bus().publishAll(List.of(), With.eventId("one for all")))
                    .isInstanceOf(BusConfigurationException.class);
        }
    }

    @Test
    void anInterruptEndsTheWaitingForABatch() {
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("linger.ms", 2_000))) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            Thread.currentThread().interrupt();

            List<PublishOutcome> outcomes = shop.bus().publishAll(List.of(new OrderPaid("o-1", 2)));

            assertThat(Thread.interrupted()).isTrue();
            assertIndeterminate(outcomes.get(0), IndeterminateReason.INTERRUPTED);
        }
    }

    @Test
    void aDeadlineThatPassesAfterTheEventIsEnqueuedIsIndeterminateAndTheEventMayStillCome() {
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("linger.ms", 1_500))) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            long start = System.nanoTime();

            PublishIndeterminateException unknown = catchThrowableOfType(
                    PublishIndeterminateException.class,
                    () -> shop.bus()
                            .publish(
                                    new OrderPaid("o-1", 2),
                                    With.deadline(Duration.ofMillis(300)).andEventId("id-2")));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            assertThat(unknown.reason()).isEqualTo(IndeterminateReason.TIMEOUT);
            assertThat(unknown).hasMessageContaining("within its deadline of PT0.3S, and it may still be written");
            assertThat(unknown.eventId()).isEqualTo("id-2");
            PublishOutcome async = shop.bus()
                    .publishAsync(new OrderPaid("o-1", 3), With.deadline(Duration.ofMillis(100)))
                    .toCompletableFuture()
                    .join();
            assertIndeterminate(async, IndeterminateReason.TIMEOUT);
            await().until(() -> shop.read(shop.topic()).size() == 3);
        }
    }

    @Test
    void aDeadlineThatPassesBeforeTheEventIsEnqueuedIsARejectionInTime() throws Exception {
        // A registry that takes connections and never answers.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Shop shop = new Shop(kafka, 1, "http://127.0.0.1:" + silent.getLocalPort(), Map.of())) {
            long start = System.nanoTime();

            PublishRejectedException late = catchThrowableOfType(
                    PublishRejectedException.class,
                    () -> shop.bus().publish(new OrderPaid("o-1", 1), With.deadline(Duration.ofMillis(700))));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(late.reason()).isEqualTo(RejectionReason.DEADLINE);
            assertThat(late.reason().temporary()).isTrue();
        }
    }

    @Test
    void aDeadlineThatIsKeptChangesNothing() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThat(shop.bus()
                            .publish(new OrderPaid("o-1", 1), With.deadline(Duration.ofSeconds(30)))
                            .offset())
                    .isZero();
        }
    }

    @Test
    void aTombstoneDeletesAKeyFromACompactedTopic() {
        try (Shop shop = new Shop(kafka, 1)) {
            kafka.createTopic(shop.topic(), 1, Map.of("cleanup.policy", "compact"));
            shop.bus().publish(new OrderPaid("o-1", 1));

            Receipt receipt = shop.bus().publishTombstone(OrderPaid.class, "o-1");
            shop.bus().inTransaction(tx -> tx.publishTombstone(OrderPaid.class, "o-2"));

            List<ConsumerRecord<byte[], byte[]>> records = shop.read(shop.topic());
            assertThat(receipt.offset()).isEqualTo(1);
            assertThat(records.get(1).value()).isNull();
            assertThat(records.get(1).key()).isEqualTo("o-1".getBytes(UTF_8));
            assertThat(records.get(1).headers())
                    .extracting(Header::key)
                    .contains("ce_id", "ce_subject", "sb-crc32c")
                    .doesNotContain("ce_dataschema", "content-type");
            assertThat(records.get(2).key()).isEqualTo("o-2".getBytes(UTF_8));
            assertThatThrownBy(() -> shop.bus().publishTombstone(OrderPaid.class, 7L))
                    .isInstanceOf(PublishRejectedException.class)
                    .hasMessageContaining("OrderPaid.orderId is the key, and a java.lang.Long is no java.lang.String");
            assertThatThrownBy(() -> shop.bus().publishTombstone(OrderPaid.class))
                    .hasMessageContaining("OrderPaid has 1 @Key components [orderId], and 0 values are given");
        }
    }

    @Test
    void aTombstoneWhereNothingIsCompactedIsRefused() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() -> shop.bus().publishTombstone(OrderPaid.class, "o-1"))
                    .isInstanceOf(PublishRejectedException.class)
                    .hasMessageContaining("has cleanup.policy=delete, so a tombstone deletes nothing there");
        }
    }

    @Test
    void anEventCarriesAllThatCloudEventsKnows() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));

            ConsumerRecord<byte[], byte[]> record = shop.read(shop.topic()).get(0);
            assertThat(record.headers())
                    .extracting(Header::key)
                    .containsExactly(
                            "ce_specversion",
                            "ce_id",
                            "ce_source",
                            "ce_type",
                            "ce_time",
                            "ce_subject",
                            "ce_dataschema",
                            "content-type",
                            "sb-crc32c");
            assertThat(header(record, "ce_subject")).isEqualTo("o-1");
            assertThat(header(record, "ce_dataschema")).isEqualTo("urn:schemabus:schema:id:" + record.value()[4]);
            assertThat(header(record, "content-type")).isEqualTo("application/vnd.schemabus.avro");
            assertThat(header(record, "sb-crc32c"))
                    .hasToString(IntegrityHeader.of(record.topic(), record.key(), record.value())
                            .toString());
        }
    }

    @Test
    void anEventWhoseBytesChangedBecomesADeadLetterUnlessItHasNoChecksum() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            ConsumerRecord<byte[], byte[]> sound = shop.read(shop.topic()).get(0);
            byte[] changed = sound.value().clone();
            changed[changed.length - 1] ^= 4;
            shop.produce(new ProducerRecord<>(shop.topic(), null, sound.key(), changed, sound.headers()));
            // The control: without the checksum the wrong value is handled as if it were right.
            shop.produce(new ProducerRecord<>(shop.topic(), sound.key(), changed));
            List<Long> handled = new CopyOnWriteArrayList<>();

            try (Subscription subscription = subscription(shop, (event, context) -> handled.add(event.cents()))) {
                await().until(() -> handled.size() == 2 && subscription.counts().deadLettered() == 1);
            }

            assertThat(handled).containsExactly(1L, 3L);
            assertThat(header(shop.read(shop.deadLetters("g")).get(0), "sb-dl-class"))
                    .isEqualTo("INTEGRITY");
        }
    }

    @Test
    void whatAHandlerPublishesBelongsToTheTraceOfWhatItHandles() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus()
                    .publish(
                            new OrderPaid("o-1", 1),
                            With.NOTHING.header("traceparent", TRACE).header("tracestate", "a=1"));
            try (Subscription subscription = subscription(shop, (event, context) -> {
                if (event.cents() == 1) {
                    shop.bus().publish(new OrderPaid("o-1", 2));
                    shop.bus().publish(new OrderPaid("o-1", 3), With.deadline(Duration.ofSeconds(30)));
                    shop.bus().inTransaction(tx -> tx.publish(new OrderPaid("o-1", 4)));
                    shop.bus().publish(new OrderPaid("o-1", 5), With.NOTHING.header("traceparent", "own"));
                }
            })) {
                await().until(() -> subscription.counts().handled() == 5);
            }
            shop.bus().publish(new OrderPaid("o-1", 6));

            List<ConsumerRecord<byte[], byte[]>> records = shop.read(shop.topic());
            for (ConsumerRecord<byte[], byte[]> record : records.subList(0, 4)) {
                assertThat(header(record, "traceparent")).isEqualTo(TRACE);
                assertThat(header(record, "tracestate")).isEqualTo("a=1");
            }
            assertThat(header(records.get(4), "traceparent")).isEqualTo("own");
            assertThat(records.get(5).headers().lastHeader("traceparent"))
                    .as("after the handler")
                    .isNull();
        }
    }

    @Test
    void aTraceContextOfOnesOwnIsAskedAndMayFail() {
        List<Map<String, String>> seen = new ArrayList<>();
        TraceContext own = new TraceContext() {
            @Override
            public Map<String, String> current() {
                return Map.of("traceparent", TRACE);
            }

            @Override
            public Scope handling(Map<String, String> headers) {
                seen.add(headers);
                throw new IllegalStateException("no tracing today");
            }
        };
        try (Shop shop = new Shop(kafka, 1);
                EventBus bus = EventBus.builder()
                        .kafka(shop.kafka())
                        .registry(shop.registry())
                        .topics(shop.naming())
                        .createTopics(1, 1)
                        .tracing(own)
                        .build()) {
            bus.publish(new OrderPaid("o-1", 1));
            try (Subscription subscription = bus.subscribe(OrderPaid.class)
                    .group("g")
                    .on(OrderPaid.class, (event, context) -> {})
                    .start()) {
                await().until(() -> subscription.counts().handled() == 1);
            }
            assertThat(seen).containsExactly(Map.of("traceparent", TRACE));
        }
    }

    @Test
    void aRecordWithoutAKeyAmongSiblingsWithOneIsNamed() {
        try (Shop shop = new Shop(kafka, 1)) {
            for (Object event : List.of(new Keyed("x"), new Keyless("x"))) {
                assertThatThrownBy(() -> shop.bus().publish(event))
                        .isInstanceOf(PublishRejectedException.class)
                        .hasMessageContaining(
                                "Keyed have a @Key component and Keyless have none, so they would be out of order");
            }
            assertThatThrownBy(() -> shop.bus()
                            .subscribe(Mixed.class)
                            .group("g")
                            .on(Mixed.class, (event, context) -> {})
                            .start())
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("Keyless have none");
        }
    }

    @Test
    void publicationsAreCounted() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Shop shop = new Shop(kafka, 1);
                EventBus bus = EventBus.builder()
                        .kafka(shop.kafka())
                        .registry(shop.registry())
                        .topics(shop.naming())
                        .createTopics(1, 1)
                        .metrics(new MicrometerBusMetrics(meters))
                        .build()) {
            bus.publish(new OrderPaid("o-1", 1));
            assertThatThrownBy(() -> bus.publish(new Keyless("x"))).isInstanceOf(PublishRejectedException.class);

            assertThat(meters.get("schemabus.bus.publish")
                            .tags("topic", shop.topic(), "outcome", "acked")
                            .timer()
                            .count())
                    .isOne();
            assertThat(meters.get("schemabus.bus.publish")
                            .tags("topic", "unknown", "outcome", "rejected")
                            .timer()
                            .count())
                    .isOne();
        }
    }

    @Test
    void theProducerTellsWhetherItHadToSendAnythingAgain() {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(new KafkaSettings(kafka.clientProperties()).producer())) {
            Retries retries = new Retries(producer);

            // If Kafka named its metric otherwise, this would be false.
            assertThat(retries.noneSince(retries.before())).isTrue();
            assertThat(retries.noneSince(new Retries.Sample(1, 0))).isFalse();
        }
    }

    private static Subscription subscription(Shop shop, EventHandler<OrderPaid> handler) {
        return shop.bus()
                .subscribe(ShopEvent.class)
                .group("g")
                .on(OrderPaid.class, handler)
                .ignore(OrderPlaced.class)
                .ignore(OrderCancelled.class)
                .start();
    }

    private static void assertRejected(PublishOutcome outcome, RejectionReason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    private static void assertIndeterminate(PublishOutcome outcome, IndeterminateReason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Indeterminate.class,
                        unknown -> assertThat(unknown.reason()).isEqualTo(reason));
    }
}
