package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.RetryPolicy;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many records of one partition fail together, and some can't even be decoded. */
@ExtendWith(SchemabusExtension.class)
@Timeout(300)
class FailingRecordsTest {

    private static final int FAILING = 20;
    private static final int ATTEMPTS = 3;
    private static final int POISON = Extent.of(100, 10_000);

    private final EmbeddedKafka kafka;
    private final Scene scene;
    private final History history = new History();

    FailingRecordsTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
        this.scene = Scene.of(kafka.clientProperties());
    }

    @BeforeEach
    void createTopics() {
        kafka.createTopic(scene.topic(), 1);
        kafka.createTopic(scene.deadLetters(), 1);
    }

    @Test
    void recordsThatFailTogetherCostEachItsOwnAttemptsAndNoMore() throws Exception {
        publishFailing();
        AtomicInteger calls = new AtomicInteger();
        try (Member member = Member.join(
                scene,
                "m",
                history::add,
                (event, attempt) -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("always");
                },
                settings -> settings.concurrency(8).retry(RetryPolicy.inPlace(ATTEMPTS, Duration.ofMillis(5))))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> member.subscription().counts().deadLettered() == FAILING);
        }
        Figures.print("failing-records", "records", FAILING, "attempts", ATTEMPTS, "calls", calls);

        assertThat(calls).hasValue(FAILING * ATTEMPTS);
        assertThat(letters()).hasSize(FAILING);
    }

    /** The control: seeking back to the first that failed, as many do, calls the handler of all behind it again. */
    @Test
    void seekingBackToWhatFailedCallsTheHandlersOfTheOthersAgainAndAgain() throws Exception {
        publishFailing();
        Map<String, Object> properties = new HashMap<>(scene.kafka());
        properties.put("auto.offset.reset", "earliest");
        // A fetch that a seek makes useless would hold up the next one.
        properties.put("fetch.max.wait.ms", 10);
        TopicPartition partition = new TopicPartition(scene.topic(), 0);
        int calls = 0;
        Map<Long, Integer> attempts = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long next = 0;
            while (next < FAILING) {
                consumer.seek(partition, next);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    // All of them fail; only the first one's attempts are counted, the rest comes again.
                    calls++;
                    if (record.offset() == next && attempts.merge(next, 1, Integer::sum) == ATTEMPTS) {
                        next++;
                        break;
                    }
                }
            }
        }

        assertThat(calls).isGreaterThan(2 * FAILING * ATTEMPTS);
    }

    @Test
    void whatCannotBeDecodedIsInTheDeadLettersByteForByteAndHoldsNobodyUp() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        try (EventBus bus = scene.bus();
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(scene.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < POISON; i++) {
                ProducerRecord<byte[], byte[]> poison = poison(random);
                expected.add(digest(poison.key(), poison.value(), poison.headers()));
                producer.send(poison).get();
                Load.through(bus).send("good", i).toCompletableFuture().join();
            }
        }
        try (Member member = Member.join(scene, "m", history, (event, attempt) -> {})) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> member.subscription().counts().deadLettered() == POISON
                            && history.deliveryCount() == POISON);
            assertThat(member.subscription().counts().failedAttempts()).isZero();
        }

        List<String> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> letter : letters()) {
            found.add(digest(
                    letter.key(),
                    letter.value(),
                    List.of(letter.headers().toArray()).stream()
                            .filter(header -> !header.key().startsWith("sb-dl-"))
                            .toList()));
        }
        assertThat(found).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(expected);
    }

    private List<ConsumerRecord<byte[], byte[]>> letters() {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        scene.read(scene.deadLetters(), letters::add);
        return letters;
    }

    private void publishFailing() throws InterruptedException {
        try (EventBus bus = scene.bus()) {
            Load.all(history, Load.through(bus), FAILING, FAILING);
        }
    }

    /** Bytes that are no event: the first is none of a wire format. */
    private ProducerRecord<byte[], byte[]> poison(Random random) {
        byte[] value = new byte[1 + random.nextInt(300)];
        random.nextBytes(value);
        value[0] = (byte) 0xEE;
        byte[] key = new byte[1 + random.nextInt(20)];
        random.nextBytes(key);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(scene.topic(), key, value);
        for (int header = random.nextInt(4); header > 0; header--) {
            byte[] content = new byte[random.nextInt(30)];
            random.nextBytes(content);
            // Names may come twice.
            record.headers().add("h" + random.nextInt(3), random.nextInt(5) == 0 ? null : content);
        }
        return record;
    }

    private static String digest(byte[] key, byte[] value, Iterable<Header> headers) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(HexFormat.of().formatHex(key).getBytes(StandardCharsets.UTF_8));
        sha256.update("|".getBytes(StandardCharsets.UTF_8));
        sha256.update(HexFormat.of().formatHex(value).getBytes(StandardCharsets.UTF_8));
        for (Header header : headers) {
            String content = header.value() == null ? "null" : HexFormat.of().formatHex(header.value());
            sha256.update(("|" + header.key() + "=" + content).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
