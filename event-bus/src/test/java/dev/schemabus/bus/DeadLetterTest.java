package dev.schemabus.bus;

import static dev.schemabus.bus.Shop.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is in its way, a dead letter is written in the end, and its lane goes on. */
@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class DeadLetterTest {

    /** The largest request of a producer, unless it says otherwise. */
    private static final int LARGEST_REQUEST = 1_048_576;

    private final EmbeddedKafka kafka;

    DeadLetterTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void anInterruptThatAHandlerLeavesIsNoReasonToGiveItsRecordUp() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            shop.bus().publish(new OrderPaid("o-1", 2));

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .retry(RetryPolicy.none())
                    .on(ShopEvent.class, (event, context) -> {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException("interrupted while booking");
                    })
                    .start();

            await().until(() -> subscription.counts().deadLettered() == 2);
            await().until(() -> shop.committed("billing").equals(Map.of(0, 2L)));
        }
    }

    @Test
    void aRecordTooLargeForItsDeadLetterLeavesAPointerAndTheRestGoesOn() throws Exception {
        try (Shop shop = new Shop(kafka, 1)) {
            byte[] key = "o-1".getBytes(UTF_8);
            byte[] value = undecodable(LARGEST_REQUEST - 200);
            shop.bus().publish(new OrderPaid("o-0", 1));
            shop.produce(new ProducerRecord<>(shop.topic(), key, value));
            shop.bus().publish(new OrderPaid("o-1", 2));

            Subscription subscription = handleAll(shop).start();

            await().until(() -> subscription.counts().handled() == 2);
            ConsumerRecord<byte[], byte[]> pointer =
                    shop.read(shop.deadLetters("billing")).get(0);
            assertThat(pointer.key()).isNull();
            assertThat(pointer.value()).isNull();
            assertThat(header(pointer, "sb-dl-class")).isEqualTo("OVERSIZE");
            assertThat(header(pointer, "sb-dl-offset")).isEqualTo("1");
            assertThat(header(pointer, "sb-dl-exception")).isEqualTo("dev.schemabus.codec.MalformedPayloadException");
            assertThat(header(pointer, "sb-dl-sha256"))
                    .isEqualTo(DeadLetterHeaders.digest(key, value, pointer.headers()));
        }
    }

    @Test
    void aDeadLetterTopicMadeAnewWithFewerPartitionsTakesThemAll() throws Exception {
        Map<String, ?> impatient =
                Map.of("max.block.ms", 300, "delivery.timeout.ms", 2_000, "request.timeout.ms", 1_000);
        try (Shop shop = new Shop(kafka, 3, Shop.IN_MEMORY, impatient)) {
            shop.bus().publish(new OrderPaid("o-1", 1));
            Subscription subscription = handleAll(shop).start();
            await().until(() -> subscription.counts().handled() == 1);
            String deadLetters = shop.deadLetters("billing");
            shop.deleteTopic(deadLetters);
            await().ignoreExceptions().until(() -> {
                kafka.createTopic(deadLetters, 1);
                return true;
            });

            shop.produce(new ProducerRecord<>(shop.topic(), 2, "o-1".getBytes(UTF_8), undecodable(3)));

            await().until(() -> subscription.counts().deadLettered() == 1);
            assertThat(shop.read(deadLetters))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.partition()).isZero());
        }
    }

    private static SubscriptionBuilder<ShopEvent> handleAll(Shop shop) {
        return shop.bus().subscribe(ShopEvent.class).group("billing").on(ShopEvent.class, (event, context) -> {});
    }

    private static byte[] undecodable(int length) {
        byte[] bytes = new byte[length];
        bytes[0] = 42;
        return bytes;
    }
}
