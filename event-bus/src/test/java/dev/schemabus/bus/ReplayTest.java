package dev.schemabus.bus;

import static dev.schemabus.bus.DeadLetterFilter.all;
import static dev.schemabus.bus.ReplayOption.confirmed;
import static dev.schemabus.bus.ReplayOption.dryRun;
import static dev.schemabus.bus.ReplayOption.fromStart;
import static dev.schemabus.bus.ReplayOption.rate;
import static dev.schemabus.bus.ReplayTarget.GROUP_ONLY;
import static dev.schemabus.bus.ReplayTarget.SOURCE_TOPIC;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dead letters come again, to whom they are meant for and as they were. */
@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class ReplayTest {

    private final EmbeddedKafka kafka;
    private final AtomicBoolean broken = new AtomicBoolean(true);
    private final List<String> billing = Collections.synchronizedList(new ArrayList<>());
    private final List<String> shipping = Collections.synchronizedList(new ArrayList<>());

    ReplayTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void onlyTheGroupThatFailedGetsThemAsTheyWere() {
        try (Shop shop = new Shop(kafka, 3)) {
            Subscription failing = failing(shop, "billing");
            Subscription others = noting(shop, "shipping", shipping);
            List<Receipt> receipts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                receipts.add(shop.bus().publish(new OrderPaid("o-" + i, i), With.NOTHING.header("tenant", "t1")));
            }
            await().until(() ->
                    failing.counts().deadLettered() == 20 && others.counts().handled() == 20);
            broken.set(false);

            ReplayReport report =
                    shop.bus().deadLetters(shop.topic(), "billing").replay(all(), GROUP_ONLY);

            assertThat(report.replayed()).isEqualTo(20);
            assertThat(report.matched()).isEqualTo(20);
            assertThat(report.complete()).isTrue();
            assertThat(report.problems()).isEmpty();
            await().until(() -> billing.size() == 20);
            // The same events, from where they were published.
            assertThat(billing)
                    .containsExactlyInAnyOrderElementsOf(receipts.stream()
                            .map(receipt -> receipt.eventId() + " " + receipt.topic() + "-" + receipt.partition() + "@"
                                    + receipt.offset() + " t1 1")
                            .toList());
            // Byte for byte, beside the headers that name the origin.
            assertThat(digests(shop.read(TopicNames.replay(shop.topic(), "billing"))))
                    .containsExactlyInAnyOrderElementsOf(digests(shop.read(shop.topic())));
            assertThat(shop.read(shop.topic())).hasSize(20);
            assertThat(others.counts().received()).isEqualTo(20);
        }
    }

    @Test
    void everybodyGetsThemOnceThatIsConfirmed() {
        try (Shop shop = new Shop(kafka, 1)) {
            Subscription failing = failing(shop, "billing");
            Subscription others = noting(shop, "shipping", shipping);
            Receipt receipt = shop.bus().publish(new OrderPaid("o-1", 1));
            await().until(() ->
                    failing.counts().deadLettered() == 1 && others.counts().handled() == 1);
            broken.set(false);
            DeadLetters letters = shop.bus().deadLetters(shop.topic(), "billing");

            assertThatThrownBy(() -> letters.replay(all(), SOURCE_TOPIC))
                    .isInstanceOf(BusConfigurationException.class)
                    .hasMessageContaining("confirmed(\"" + shop.topic() + "\")");
            assertThatThrownBy(() -> letters.replay(all(), SOURCE_TOPIC, confirmed("another.topic")))
                    .isInstanceOf(BusConfigurationException.class);
            assertThat(shop.read(shop.topic())).hasSize(1);
            assertThat(letters.replay(all(), SOURCE_TOPIC, confirmed(shop.topic()))
                            .replayed())
                    .isEqualTo(1);

            await().until(() -> billing.size() == 1 && shipping.size() == 2);
            assertThat(shop.read(shop.topic())).hasSize(2).allSatisfy(record -> {
                assertThat(header(record, "ce_id")).isEqualTo(receipt.eventId());
                assertThat(record.headers()).noneMatch(header -> Origin.isOurs(header.key()));
            });
            assertThat(digests(shop.read(shop.topic())).stream().distinct()).hasSize(1);
        }
    }

    @Test
    void aDryRunCountsAndWritesNothing() {
        try (Shop shop = new Shop(kafka, 2)) {
            fail(shop, 5);
            DeadLetters letters = shop.bus().deadLetters(shop.topic(), "billing");

            ReplayReport dry = letters.replay(all(), GROUP_ONLY, dryRun(true));

            assertThat(dry.dryRun()).isTrue();
            assertThat(dry.matched()).isEqualTo(5);
            assertThat(dry.replayed()).isZero();
            assertThat(dry.offsets().values().stream()
                            .mapToLong(offsets -> offsets.to() - offsets.from())
                            .sum())
                    .isEqualTo(5);
            assertThat(shop.read(TopicNames.replay(shop.topic(), "billing"))).isEmpty();
            assertThat(letters.replay(all(), SOURCE_TOPIC, dryRun(true)).matched())
                    .isEqualTo(5);
            // Control: without it they are written.
            assertThat(letters.replay(all(), GROUP_ONLY).replayed()).isEqualTo(5);
            assertThat(shop.read(TopicNames.replay(shop.topic(), "billing"))).hasSize(5);
        }
    }

    @Test
    void theSameReplayGoesOnBehindTheLastOneAndAnotherFilterHasItsOwnProgress() {
        try (Shop shop = new Shop(kafka, 2)) {
            fail(shop, 4);
            DeadLetters letters = shop.bus().deadLetters(shop.topic(), "billing");
            assertThat(letters.replay(all(), GROUP_ONLY).replayed()).isEqualTo(4);

            assertThat(letters.replay(all(), GROUP_ONLY).scanned()).isZero();
            assertThat(letters.replay(all().key("o-1"), GROUP_ONLY).replayed()).isEqualTo(1);
            assertThat(letters.replay(all(), GROUP_ONLY, fromStart()).replayed())
                    .isEqualTo(4);

            // They come and fail again, which leaves letters behind those that were replayed.
            try (Subscription failing = failing(shop, "billing")) {
                await().until(() -> failing.counts().deadLettered() == 9);
            }
            ReplayReport second = letters.replay(all(), GROUP_ONLY);
            assertThat(second.replayed()).isEqualTo(9);
            assertThat(letters.browse(all(), 100)).hasSize(13).allSatisfy(letter -> {
                assertThat(letter.sourceTopic()).contains(shop.topic());
                assertThat(letter.headers()).noneMatch(header -> Origin.isOurs(header.key()));
                assertThat(letter.intact()).isTrue();
            });
        }
    }

    @Test
    void aReplayThatIsInterruptedGoesOnWhereItWas() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            fail(shop, 30);
            DeadLetters letters = shop.bus().deadLetters(shop.topic(), "billing");
            String replays = TopicNames.replay(shop.topic(), "billing");
            List<ReplayReport> reports = Collections.synchronizedList(new ArrayList<>());
            Thread replaying = new Thread(() -> reports.add(letters.replay(all(), GROUP_ONLY, rate(10))));
            replaying.start();
            await().until(() -> shop.read(replays).size() >= 12);

            replaying.interrupt();
            replaying.join();

            ReplayReport first = reports.get(0);
            assertThat(first.complete()).isFalse();
            assertThat(first.replayed()).isBetween(10L, 29L);
            ReplayReport second = letters.replay(all(), GROUP_ONLY);
            assertThat(second.complete()).isTrue();
            assertThat(first.offsets()).isEqualTo(Map.of(0, new ReplayReport.Offsets(0, 10)));
            assertThat(second.offsets()).isEqualTo(Map.of(0, new ReplayReport.Offsets(10, 30)));
            List<String> ids = shop.read(replays).stream()
                    .map(record -> header(record, "ce_id"))
                    .toList();
            assertThat(ids.stream().distinct()).hasSize(30);
            // What was under way comes twice: at most a batch.
            assertThat(ids).hasSizeLessThanOrEqualTo(40);
        }
    }

    @Test
    void aRateIsKept() {
        try (Shop shop = new Shop(kafka, 1)) {
            fail(shop, 30);
            DeadLetters letters = shop.bus().deadLetters(shop.topic(), "billing");

            long begin = System.nanoTime();
            letters.replay(all(), GROUP_ONLY, rate(20));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1_400));

            assertThatThrownBy(() -> rate(0)).isInstanceOf(BusConfigurationException.class);
        }
    }

    @Test
    void whatIsNotTheRecordThatFailedIsSkippedAndNamed() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            fail(shop, 1);
            String topic = shop.deadLetters("billing");
            ConsumerRecord<byte[], byte[]> letter = shop.read(topic).get(0);
            byte[] damaged = letter.value().clone();
            damaged[damaged.length - 1] ^= 1;
            shop.produce(new ProducerRecord<>(topic, 0, null, letter.key(), damaged, letter.headers()));
            shop.produce(new ProducerRecord<>(topic, 0, "o-9".getBytes(UTF_8), new byte[] {1}));

            ReplayReport report =
                    shop.bus().deadLetters(shop.topic(), "billing").replay(all(), GROUP_ONLY);

            assertThat(report.replayed()).isEqualTo(1);
            assertThat(report.skipped()).isEqualTo(2);
            assertThat(report.problems())
                    .extracting(ReplayReport.Problem::offset)
                    .containsExactly(1L, 2L);
            assertThat(report.problems().get(0).reason()).contains("SHA-256");
            assertThat(report.problems().get(1).reason()).contains("Nobody knows");
        }
    }

    @Test
    void aGroupThatDoesNotReadItsReplaysIsNamedInsteadOfReplayingIntoTheVoid() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            kafka.createTopic(shop.topic(), 1);
            kafka.createTopic(shop.deadLetters("billing"), 1);
            try (EventBus careful = EventBus.builder()
                            .kafka(shop.kafka())
                            .registry(shop.registry())
                            .topics(shop.naming())
                            .build();
                    Subscription started = failing(careful, "billing")) {
                shop.bus().publish(new OrderPaid("o-1", 1));
                await().until(() -> started.counts().deadLettered() == 1);

                assertThatThrownBy(() ->
                                careful.deadLetters(shop.topic(), "billing").replay(all(), GROUP_ONLY))
                        .isInstanceOf(TopicMissingException.class)
                        .hasMessageContaining("retry.0");
                kafka.createTopic(TopicNames.replay(shop.topic(), "billing"), 1);
                assertThatThrownBy(() ->
                                careful.deadLetters(shop.topic(), "billing").replay(all(), GROUP_ONLY))
                        .isInstanceOf(BusConfigurationException.class)
                        .hasMessageContaining("start them again");
                assertThat(started.close(Duration.ofSeconds(10))).isTrue();
                broken.set(false);
                try (Subscription again = failing(careful, "billing")) {
                    await().until(() -> !again.assignment().isEmpty());

                    assertThat(careful.deadLetters(shop.topic(), "billing")
                                    .replay(all(), GROUP_ONLY)
                                    .replayed())
                            .isEqualTo(1);
                    await().until(() -> billing.size() == 1);
                }
            }
        }
    }

    @Test
    void aGroupThatBeginsWithTheLatestRecordGetsAllOfItsReplays() {
        try (Shop shop = new Shop(kafka, 1, Shop.IN_MEMORY, Map.of("auto.offset.reset", "latest"))) {
            // Written while the group is away and has never read its replays.
            shop.bus().publish(new OrderPaid("o-1", 1));
            DeadLetterWriter writer = new DeadLetterWriter(
                    shop.bus().producer(),
                    "billing",
                    shop.bus().writerSchemas(),
                    Runnable::run,
                    new AwayTopics(System::nanoTime, Duration.ofSeconds(5)));
            shop.bus().catalog().requireDerived(shop.deadLetters("billing"), 1, Duration.ofSeconds(10));
            Instant now = Instant.now();
            Failure failure = new Failure(FailureClass.HANDLER, new IllegalStateException("broken"), now, now, 1);
            writer.write(shop.read(shop.topic()).get(0), failure).join();
            assertThat(shop.bus()
                            .deadLetters(shop.topic(), "billing")
                            .replay(all(), GROUP_ONLY)
                            .replayed())
                    .isEqualTo(1);

            noting(shop, "billing", billing);

            await().until(() -> billing.size() == 1);
        }
    }

    private void fail(Shop shop, int count) {
        for (int i = 0; i < count; i++) {
            shop.bus().publish(new OrderPaid("o-" + i, i));
        }
        try (Subscription failing = failing(shop, "billing")) {
            await().until(() -> failing.counts().deadLettered() == count);
        }
    }

    private Subscription failing(Shop shop, String group) {
        return failing(shop.bus(), group);
    }

    private Subscription failing(EventBus bus, String group) {
        return bus.subscribe(ShopEvent.class)
                .group(group)
                .retry(RetryPolicy.none())
                .on(ShopEvent.class, (event, context) -> {
                    if (broken.get()) {
                        throw new IllegalStateException("broken");
                    }
                    note(billing, context);
                })
                .start();
    }

    private static Subscription noting(Shop shop, String group, List<String> log) {
        return shop.bus()
                .subscribe(ShopEvent.class)
                .group(group)
                .on(ShopEvent.class, (event, context) -> note(log, context))
                .start();
    }

    private static void note(List<String> log, Delivered context) {
        log.add(context.eventId().orElse("") + " " + context + " "
                + context.header("tenant").orElse("") + " " + context.attempt());
    }

    private static List<String> digests(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> DeadLetterHeaders.digest(record.key(), record.value(), record.headers()))
                .toList();
    }
}
