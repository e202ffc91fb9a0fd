package dev.schemabus.bus;

import static dev.schemabus.bus.Shop.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Key, value and headers of a dead letter are those of its record, byte for byte, whatever they are. */
@ExtendWith(SchemabusExtension.class)
@Timeout(60)
class DeadLetterFidelityTest {

    private static final int RECORDS = 300;
    private static final int PARTITIONS = 4;

    private final EmbeddedKafka kafka;

    DeadLetterFidelityTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void everyDeadLetterHasTheDigestOfItsRecord() throws Exception {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("DeadLetterFidelityTest seed " + seed);
        try (Shop shop = new Shop(kafka, PARTITIONS)) {
            kafka.createTopic(shop.topic(), PARTITIONS);
            write(shop, new Random(seed));

            Subscription subscription = shop.bus()
                    .subscribe(ShopEvent.class)
                    .group("billing")
                    .concurrency(8)
                    .on(ShopEvent.class, (event, context) -> {})
                    .start();

            await().until(() -> subscription.counts().deadLettered() == RECORDS);
            Map<String, String> sent = digests(shop.read(shop.topic()), true);
            List<ConsumerRecord<byte[], byte[]>> letters = shop.read(shop.deadLetters("billing"));
            assertThat(digests(letters, false)).as("seed %d", seed).isEqualTo(sent);
            assertThat(letters)
                    .allSatisfy(
                            letter -> assertThat(header(letter, "sb-dl-sha256")).isEqualTo(digest(letter)));
            // Control: one byte more, and the comparison tells.
            letters.get(0).headers().add("x", new byte[0]);
            assertThat(digests(letters, false)).isNotEqualTo(sent);
        }
    }

    /** By coordinates in the source. */
    private static Map<String, String> digests(List<ConsumerRecord<byte[], byte[]>> records, boolean source) {
        Map<String, String> result = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String coordinates = source
                    ? record.partition() + "@" + record.offset()
                    : header(record, "sb-dl-partition") + "@" + header(record, "sb-dl-offset");
            result.put(coordinates, digest(record));
        }
        return result;
    }

    private static String digest(ConsumerRecord<byte[], byte[]> record) {
        return DeadLetterHeaders.digest(record.key(), record.value(), record.headers());
    }

    private static void write(Shop shop, Random random) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(shop.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                List<Header> headers = new ArrayList<>();
                for (int j = random.nextInt(5); j > 0; j--) {
                    headers.add(new BytesHeader("h" + random.nextInt(3), some(random, 40)));
                }
                var unused = producer.send(new ProducerRecord<>(
                        shop.topic(), i % PARTITIONS, some(random, 30), undecodable(random), headers));
            }
        }
    }

    /** Often empty, sometimes null. */
    private static byte @Nullable [] some(Random random, int most) {
        int length = random.nextInt(-1, most);
        byte @Nullable [] bytes = length < 0 ? null : new byte[length];
        if (bytes != null) {
            random.nextBytes(bytes);
        }
        return bytes;
    }

    private static byte @Nullable [] undecodable(Random random) {
        byte @Nullable [] bytes = some(random, 2_000);
        if (bytes != null && bytes.length > 0 && bytes[0] == 0) {
            bytes[0] = 42;
        }
        return bytes;
    }
}
