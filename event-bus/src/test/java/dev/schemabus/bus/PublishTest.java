package dev.schemabus.bus;

import static dev.schemabus.bus.Shop.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemabus.bus.PublishOutcome.Acked;
import dev.schemabus.bus.PublishOutcome.Indeterminate;
import dev.schemabus.bus.PublishOutcome.IndeterminateReason;
import dev.schemabus.bus.PublishOutcome.Rejected;
import dev.schemabus.bus.PublishOutcome.RejectionReason;
import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.schema.Event;
import dev.schemabus.schema.Key;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class PublishTest {

    @Event(topic = "shop orders")
    record Misnamed(String id) {}

    record Odd(@Key double id) {}

    @Event(topic = "clash_1.a")
    record One(String id) {}

    @Event(topic = "clash_1_a")
    record Two(String id) {}

    private final EmbeddedKafka kafka;

    PublishTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void aReceiptSaysWhereTheEventStands() {
        try (Shop shop = new Shop(kafka, 1)) {
            Receipt first = shop.bus().publish(new OrderPlaced("o-1", 1, "für Zoë"));
            Receipt second = shop.bus().publish(new OrderPaid("o-1", 990));

            assertThat(first.topic()).isEqualTo(shop.topic());
            assertThat(List.of(first.offset(), second.offset())).containsExactly(0L, 1L);
            ConsumerRecord<byte[], byte[]> record = shop.read(shop.topic()).get(0);
            assertThat(record.key()).isEqualTo("o-1".getBytes(UTF_8));
            assertThat(record.value()).startsWith(0, 0, 0, 0);
            assertThat(header(record, "ce_id")).isEqualTo(first.eventId());
            assertThat(UUID.fromString(first.eventId()).version()).isEqualTo(7);
            assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(record, "ce_source")).isEqualTo("urn:schemabus:schemabus");
            assertThat(header(record, "ce_type")).isEqualTo("dev.schemabus.bus.ShopEvent.OrderPlaced");
            assertThat(Instant.parse(header(record, "ce_time")).toEpochMilli()).isEqualTo(record.timestamp());
        }
    }

    @Test
    void keyIdAndHeadersCanBeGiven() {
        try (Shop shop = new Shop(kafka, 1)) {
            Receipt receipt = shop.bus()
                    .publish(
                            new OrderPaid("o-1", 1),
                            With.key("other").andEventId("id-7").header("tenant", "t1"));

            ConsumerRecord<byte[], byte[]> record = shop.read(shop.topic()).get(0);
            assertThat(receipt.eventId()).isEqualTo("id-7");
            assertThat(record.key()).isEqualTo("other".getBytes(UTF_8));
            assertThat(header(record, "ce_id")).isEqualTo("id-7");
            assertThat(header(record, "tenant")).isEqualTo("t1");
        }
    }

    @Test
    void anAsynchronousPublicationEndsWithItsOutcome() {
        try (Shop shop = new Shop(kafka, 1)) {
            PublishOutcome outcome = outcome(shop.bus(), new OrderPaid("o-1", 1));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Acked.class,
                            acked -> assertThat(acked.receipt().offset()).isZero());
        }
    }

    @Test
    void waitingOnTheThreadThatBringsAcknowledgementsIsRefusedForItWouldNeverEnd() {
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("linger.ms", 500))) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            CompletableFuture<Receipt> waiting = new CompletableFuture<>();

            // With linger.ms the acknowledgement comes after the continuation is attached, and so runs it.
            CompletionStage<Boolean> unused = shop.bus()
                    .publishAsync(new OrderPaid("o-1", 2))
                    .thenApply(outcome ->
                            waiting.completeAsync(() -> shop.bus().publish(new OrderPaid("o-1", 3)), Runnable::run))
                    .thenApply(CompletableFuture::isDone);

            assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("call publishAsync again");
            assertThat(shop.bus().publish(new OrderPaid("o-1", 4)).offset()).isEqualTo(2);
        }
    }

    @Test
    void aKeyWithoutATextIsRefused() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() -> shop.bus().publish(new Odd(1)))
                    .isInstanceOf(PublishRejectedException.class)
                    .hasMessageContaining(
                            "Odd.id: a Kafka key is written as a text, and double has no text of its own");
        }
    }

    @Test
    void aTopicThatCantBeCreatedAsToldNamesTheSetting() {
        try (Shop shop = new Shop(kafka, 1);
                EventBus bus = EventBus.builder()
                        .kafka(shop.kafka())
                        .registry(shop.registry())
                        .topics(shop.naming())
                        .createTopics(1, 9)
                        .build()) {
            assertThatThrownBy(() -> bus.publish(new OrderPaid("o-1", 1)))
                    .hasMessageContaining("Topic " + shop.topic() + " can't be created")
                    .hasMessageContaining("replication factor 9 (correct createTopics(…)");
        }
    }

    @Test
    void aMissingTopicIsARejectionThatSaysWhatToDoAndHealsOnceItExists() {
        try (Shop shop = new Shop(kafka, 1);
                EventBus strict = strict(shop)) {
            PublishRejectedException refusal =
                    catchThrowableOfType(PublishRejectedException.class, () -> strict.publish(new OrderPaid("o-1", 1)));

            assertThat(refusal.reason()).isEqualTo(RejectionReason.TOPIC_MISSING);
            assertThat(refusal)
                    .hasMessageContaining("Topic " + shop.topic() + " does not exist: create it, or build the bus with"
                            + " createTopics(partitions, replicationFactor)");

            kafka.createTopic(shop.topic(), 1);
            assertThat(strict.publish(new OrderPaid("o-1", 1)).offset()).isZero();
        }
    }

    @Test
    void aTopicNameThatKafkaRefusesIsARejectionThatNamesTheCharacter() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertThatThrownBy(() -> shop.bus().publish(new Misnamed("x")))
                    .isInstanceOf(PublishRejectedException.class)
                    .hasMessageContaining("the character ' ' at position 4");
        }
    }

    @Test
    void twoTopicsThatDifferInDotAndUnderscoreOnlyAreRefused() {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new One("x"));

            assertThatThrownBy(() -> shop.bus().publish(new Two("x")))
                    .hasMessageContaining("clash_1.a and clash_1_a differ only in '.' and '_'");
        }
    }

    @Test
    @SuppressWarnings("NullAway") // nulls that the compiler refuses come all the same
    void whatIsNoEventIsRejected() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertRejected(outcome(shop.bus(), "text"), RejectionReason.SERIALIZATION);
            assertRejected(outcome(shop.bus(), new OrderPaid(null, 1)), RejectionReason.SERIALIZATION);
            assertRejected(outcome(shop.bus(), new OrderPlaced("o-1", 1, null)), RejectionReason.SERIALIZATION);
            assertThatThrownBy(() -> shop.bus().publish(null)).hasMessage("There is no event to publish: it is null");
        }
    }

    @Test
    void anEventThatIsTooLargeIsRejected() {
        try (Shop shop = new Shop(kafka, 1)) {
            assertRejected(
                    outcome(shop.bus(), new OrderPlaced("o-1", 1, "x".repeat(2_000_000))), RejectionReason.TOO_LARGE);
        }
    }

    @Test
    void aRegistryThatIsAwayIsARejectionUntilItIsBack() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                Shop shop = new Shop(kafka, 1, registry.url(), Map.of())) {
            registry.stop();
            assertRejected(outcome(shop.bus(), new OrderPaid("o-1", 1)), RejectionReason.REGISTRY);

            registry.restart();
            assertThat(outcome(shop.bus(), new OrderPaid("o-1", 1))).isInstanceOf(Acked.class);
        }
    }

    @Test
    void aBrokerThatNeverAnswersIsARejectionWithinSecondsThatNamesTheSetting() {
        try (EventBus bus = EventBus.builder()
                .kafka(Map.of("bootstrap.servers", "127.0.0.1:1"))
                .registry("memory:none")
                .build()) {
            long start = System.nanoTime();

            PublishOutcome outcome = outcome(bus, new OrderPaid("o-1", 1));

            assertRejected(outcome, RejectionReason.BROKER_UNAVAILABLE);
            assertThat(((Rejected) outcome).exception()).hasMessageContaining("bootstrap.servers=127.0.0.1:1");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void afterCloseEverythingIsRejected() {
        Shop shop = new Shop(kafka, 1);
        shop.bus().publish(new OrderPaid("o-1", 1));
        shop.close();

        assertRejected(outcome(shop.bus(), new OrderPaid("o-1", 1)), RejectionReason.CLOSED);
    }

    // Without its recovery strategy the producer keeps what it knows of the topic, and so enqueues; with it, it forgets
    // all brokers once none answers, and then rejects within max.block.ms.
    @Test
    void anEventThatWasEnqueuedAndNeverAcknowledgedIsIndeterminate() {
        try (EmbeddedKafka own = EmbeddedKafka.start();
                Shop shop = new Shop(
                        own,
                        1,
                        Shop.IN_MEMORY,
                        Map.of(
                                "delivery.timeout.ms",
                                2_000,
                                "request.timeout.ms",
                                1_000,
                                "metadata.recovery.strategy",
                                "none"))) {
            assertThat(outcome(shop.bus(), new OrderPaid("o-1", 1))).isInstanceOf(Acked.class);
            own.stopNode(0);

            PublishOutcome outcome = outcome(shop.bus(), new OrderPaid("o-1", 2), With.eventId("id-1"));

            assertThat(outcome).isInstanceOfSatisfying(Indeterminate.class, unknown -> {
                assertThat(unknown.reason()).isEqualTo(IndeterminateReason.TIMEOUT);
                assertThat(unknown.eventId()).isEqualTo("id-1");
                assertThat(unknown.exception()).hasMessageContaining("With.eventId");
            });

            own.startNode(0);
            assertThat(outcome(shop.bus(), new OrderPaid("o-1", 2), With.eventId("id-1")))
                    .isInstanceOf(Acked.class);
        }
    }

    private static EventBus strict(Shop shop) {
        return EventBus.builder()
                .kafka(shop.kafka())
                .registry(shop.registry())
                .topics(shop.naming())
                .build();
    }

    private static PublishOutcome outcome(EventBus bus, Object event) {
        return outcome(bus, event, With.NOTHING);
    }

    private static PublishOutcome outcome(EventBus bus, Object event, With with) {
        return bus.publishAsync(event, with).toCompletableFuture().join();
    }

    private static void assertRejected(PublishOutcome outcome, RejectionReason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .as(rejected.exception().getMessage())
                                .isEqualTo(reason));
    }
}
