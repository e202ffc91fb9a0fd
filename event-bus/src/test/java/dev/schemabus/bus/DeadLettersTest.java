package dev.schemabus.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.DecodedLetter.Json;
import dev.schemabus.bus.DecodedLetter.Unreadable;
import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.bus.ShopEvent.OrderPlaced;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.serde.EventWriter;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Looking at dead letters. */
@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class DeadLettersTest {

    private final EmbeddedKafka kafka;

    DeadLettersTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void aLetterTellsWhereItComesFromAndWhy() {
        try (Shop shop = new Shop(kafka, 3)) {
            Instant before = Instant.now();
            Receipt receipt = shop.bus().publish(new OrderPaid("o-1", 990), With.NOTHING.header("tenant", "t1"));
            failAll(shop, 1);

            List<DeadLetter> letters =
                    shop.bus().deadLetters(shop.topic(), "billing").browse(DeadLetterFilter.all(), 10);

            assertThat(letters).singleElement().satisfies(letter -> {
                assertThat(letter.topic()).isEqualTo(shop.deadLetters("billing"));
                assertThat(letter.sourceTopic()).contains(shop.topic());
                assertThat(letter.sourcePartition()).contains(receipt.partition());
                assertThat(letter.sourceOffset()).contains(receipt.offset());
                assertThat(letter.sourceTimestamp())
                        .hasValueSatisfying(time -> assertThat(time).isAfterOrEqualTo(before.minusMillis(1)));
                assertThat(letter.group()).contains("billing");
                assertThat(letter.reason()).contains(DeadLetterReason.HANDLER);
                assertThat(letter.attempts()).contains(1);
                assertThat(letter.firstFailure())
                        .isEqualTo(letter.lastFailure())
                        .isPresent();
                assertThat(letter.exception()).contains("java.lang.IllegalStateException");
                assertThat(letter.message()).contains("no ledger");
                assertThat(letter.schemaId()).isPresent();
                assertThat(letter.schemaGuid()).isPresent();
                assertThat(letter.subject())
                        .hasValueSatisfying(subject -> assertThat(subject)
                                .startsWith(shop.topic() + "-")
                                .endsWith("OrderPaid"));
                assertThat(letter.eventType())
                        .hasValueSatisfying(type -> assertThat(type).endsWith("OrderPaid"));
                assertThat(letter.eventId()).contains(receipt.eventId());
                assertThat(letter.key())
                        .hasValueSatisfying(key -> assertThat(key).isEqualTo("o-1".getBytes(UTF_8)));
                assertThat(letter.headers()).extracting(header -> header.key()).contains("tenant", "ce_id");
                assertThat(letter.headers()).noneMatch(header -> header.key().startsWith("sb-dl-"));
                assertThat(letter.intact()).isTrue();
                assertThat(letter.toString()).contains("HANDLER").doesNotContain("o-1");
            });
        }
    }

    @Test
    void aFilterChoosesByReasonExceptionTypeKeyIdTimeAndPartition() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            Receipt paid = shop.bus().publish(new OrderPaid("o-1", 1));
            shop.bus().publish(new OrderPlaced("o-2", 1, ""));
            shop.produce(new ProducerRecord<>(shop.topic(), "o-3".getBytes(UTF_8), new byte[] {42}));
            failAll(shop, 3);
            DeadLetters letters = shop.bus().deadLetters(shop.topic(), "billing");
            DeadLetterFilter all = DeadLetterFilter.all();

            assertThat(letters.browse(all, 10)).hasSize(3);
            assertThat(letters.browse(all, 2)).hasSize(2);
            assertThat(keys(letters, all.reason(DeadLetterReason.POISON))).containsExactly("o-3");
            assertThat(keys(letters, all.reason(DeadLetterReason.HANDLER))).containsExactlyInAnyOrder("o-1", "o-2");
            assertThat(keys(letters, all.exception("IllegalStateException"))).containsExactlyInAnyOrder("o-1", "o-2");
            assertThat(keys(letters, all.exception("StateException"))).isEmpty();
            assertThat(keys(letters, all.key("o-2"))).containsExactly("o-2");
            assertThat(keys(letters, all.eventId(paid.eventId()))).containsExactly("o-1");
            assertThat(keys(letters, all.partition(0))).hasSize(3);
            assertThat(keys(letters, all.partition(1))).isEmpty();
            assertThat(keys(letters, all.failedFrom(Instant.now()))).isEmpty();
            assertThat(keys(letters, all.failedBefore(Instant.now()))).hasSize(3);
            String type = letters.browse(all.key("o-1"), 1).get(0).eventType().orElseThrow();
            assertThat(keys(letters, all.eventType(type))).containsExactly("o-1");
        }
    }

    @Test
    void aLetterIsReadWithoutTheClassesOfItsEventOrSaysWhyItCantBe() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("avro", 990));
            byte[] json = EventWriter.<Object>builder(shop.bus().registry())
                    .naming(SubjectNaming.RECORD)
                    .format(SchemaFormat.JSON)
                    .build()
                    .write(shop.topic(), new FailureTest.Stranger("x"));
            shop.produce(new ProducerRecord<>(shop.topic(), "json".getBytes(UTF_8), json));
            shop.produce(new ProducerRecord<>(shop.topic(), "nothing".getBytes(UTF_8), null));
            shop.produce(new ProducerRecord<>(shop.topic(), "noise".getBytes(UTF_8), new byte[] {42, 1, 2}));
            byte[] truncated = {0, 0, 0, 0, 1};
            shop.produce(new ProducerRecord<>(shop.topic(), "truncated".getBytes(UTF_8), truncated));
            failAll(shop, 5);
            DeadLetters letters = shop.bus().deadLetters(shop.topic(), "billing");

            assertThat(decoded(letters, "avro")).isInstanceOfSatisfying(Json.class, read -> {
                assertThat(read.type()).endsWith("OrderPaid");
                assertThat(read.json()).contains("\"cents\": 990");
            });
            assertThat(decoded(letters, "json"))
                    .isInstanceOfSatisfying(
                            Json.class, read -> assertThat(read.json()).isEqualTo("{\"id\":\"x\"}"));
            assertThat(decoded(letters, "nothing")).isInstanceOf(Unreadable.class);
            assertThat(decoded(letters, "noise")).isInstanceOf(Unreadable.class);
            assertThat(decoded(letters, "truncated")).isInstanceOf(Unreadable.class);
            assertThat(letters.event(letter(letters, "avro"), ShopEvent.class)).isEqualTo(new OrderPaid("avro", 990));
            assertThatThrownBy(() -> letters.event(letter(letters, "nothing"), ShopEvent.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no value");
        }
    }

    @Test
    void metricsHearOfEachLetterAndItsClass() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        BusMetrics metrics = new BusMetrics() {
            @Override
            public void deadLettered(String group, String topic, String failureClass) {
                heard.add(group + " " + topic + " " + failureClass);
            }
        };
        try (Shop shop = new Shop(kafka, 1);
                EventBus bus = EventBus.builder()
                        .kafka(shop.kafka())
                        .registry(shop.registry())
                        .topics(shop.naming())
                        .createTopics(1, 1)
                        .metrics(metrics)
                        .build()) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            shop.produce(new ProducerRecord<>(shop.topic(), new byte[] {42}));
            bus.subscribe(ShopEvent.class)
                    .group("billing")
                    .retry(RetryPolicy.none())
                    .on(ShopEvent.class, (event, context) -> {
                        throw new IllegalStateException("no ledger");
                    })
                    .start();

            await().until(() -> heard.size() == 2);
            assertThat(heard)
                    .containsExactlyInAnyOrder(
                            "billing " + shop.topic() + " HANDLER", "billing " + shop.topic() + " POISON");
        }
    }

    @Test
    void aTopicWithoutDeadLettersIsNamed() {
        try (Shop shop = new Shop(kafka, 1)) {
            DeadLetters letters = shop.bus().deadLetters(shop.topic(), "nobody");

            assertThatThrownBy(() -> letters.browse(DeadLetterFilter.all(), 1))
                    .isInstanceOf(TopicMissingException.class)
                    .hasMessageContaining(shop.deadLetters("nobody"));
        }
    }

    private static void failAll(Shop shop, int count) {
        try (Subscription subscription = shop.bus()
                .subscribe(ShopEvent.class)
                .group("billing")
                .retry(RetryPolicy.none())
                .on(ShopEvent.class, (event, context) -> {
                    throw new IllegalStateException("no ledger");
                })
                .onTombstone((key, context) -> {
                    throw new IllegalStateException("no ledger");
                })
                .start()) {
            await().until(() -> subscription.counts().deadLettered() == count);
        }
    }

    private static DecodedLetter decoded(DeadLetters letters, String key) {
        return letters.decode(letter(letters, key));
    }

    private static DeadLetter letter(DeadLetters letters, String key) {
        return letters.browse(DeadLetterFilter.all().key(key), 1).get(0);
    }

    private static List<String> keys(DeadLetters letters, DeadLetterFilter filter) {
        return letters.browse(filter, 10).stream()
                .map(letter -> new String(letter.key().orElseThrow(), UTF_8))
                .toList();
    }
}
