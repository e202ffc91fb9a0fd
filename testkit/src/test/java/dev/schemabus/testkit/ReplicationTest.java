package dev.schemabus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What three nodes promise: an acked record survives the loss of any one of them. */
@Timeout(120)
class ReplicationTest {

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(3);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void publishingGoesOnWhileOneNodeAfterTheOtherIsDown() throws Exception {
        kafka.createTopic("orders", 3);
        var acked = new AtomicInteger();
        var enough = new AtomicBoolean();
        var publisher = CompletableFuture.runAsync(() -> publishUntil(enough, acked));

        for (int node = 0; node < 3; node++) {
            awaitMore(acked, publisher);
            kafka.stopNode(node);
            awaitMore(acked, publisher);
            kafka.startNode(node);
        }
        awaitMore(acked, publisher);
        enough.set(true);
        publisher.get();

        List<String> published =
                IntStream.range(0, acked.get()).mapToObj(Integer::toString).toList();
        assertThat(Records.values(kafka.clientProperties(), "orders")).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void withTwoNodesDownARecordIsNotAcked() {
        kafka.createTopic("payments", 1);
        kafka.stopNode(0);
        kafka.stopNode(1);
        try (var producer = Records.producer(
                kafka.clientProperties(), Map.of("delivery.timeout.ms", 3000, "request.timeout.ms", 1000))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("payments", "100"))
                            .get())
                    .cause()
                    .isInstanceOfAny(NotEnoughReplicasException.class, TimeoutException.class);
        } finally {
            kafka.startNode(0);
            kafka.startNode(1);
        }
    }

    private static void publishUntil(AtomicBoolean enough, AtomicInteger acked) {
        try (KafkaProducer<String, String> producer = Records.producer(kafka.clientProperties(), Map.of())) {
            while (!enough.get()) {
                producer.send(new ProducerRecord<>("orders", Integer.toString(acked.get())))
                        .get();
                acked.incrementAndGet();
            }
        } catch (Exception e) {
            throw new IllegalStateException("Record " + acked + " is lost", e);
        }
    }

    private static void awaitMore(AtomicInteger acked, CompletableFuture<Void> publisher) {
        int before = acked.get();
        await().until(() -> publisher.isDone() || acked.get() >= before + 50);
        assertThat(publisher).isNotDone();
    }
}
