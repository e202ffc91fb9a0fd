package dev.schemabus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a broker promises that is killed and comes back: what it acked is there, once. */
@Timeout(120)
class KafkaProcessTest {

    private static KafkaProcess kafka;

    @BeforeAll
    static void start() {
        kafka = KafkaProcess.start();
    }

    @AfterAll
    static void close() {
        kafka.close();
    }

    /** One test's failure isn't the next one's. */
    @BeforeEach
    void restart() {
        if (!kafka.isRunning()) {
            kafka.restart();
        }
    }

    @Test
    void aKilledBrokerComesBackWithItsAddressAndTheAckedRecords() throws Exception {
        kafka.createTopic("orders", 3);
        String bootstrapServers = kafka.bootstrapServers();
        publish("before");
        assertThat(Records.values(kafka.clientProperties(), "orders")).containsExactly("before");

        kafka.kill();
        assertThat(kafka.isRunning()).isFalse();
        assertThatThrownBy(() -> connect(bootstrapServers)).isInstanceOf(ConnectException.class);

        kafka.restart();
        assertThat(kafka.isRunning()).isTrue();
        assertThat(kafka.bootstrapServers()).isEqualTo(bootstrapServers);
        publish("after");
        assertThat(Records.values(kafka.clientProperties(), "orders")).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void anIdempotentProducerLosesNothingAndRepeatsNothingThroughKills() {
        kafka.createTopic("payments", 1);
        var publisher = new NumberPublisher(
                kafka.clientProperties(), "payments", Map.of("acks", "all", "enable.idempotence", true));

        for (int kill = 0; kill < 2; kill++) {
            awaitMore(500, publisher, publisher::acked);
            kafka.kill();
            kafka.restart();
        }
        awaitMore(500, publisher, publisher::acked);
        List<String> sent = publisher.stop();

        assertThat(publisher.failed()).isZero();
        assertThat(Records.values(kafka.clientProperties(), "payments")).containsExactlyElementsOf(sent);
    }

    /** The control: the same, without the protection. */
    @Test
    void aProducerWithoutAcksAndRetriesLosesRecordsThroughAKill() {
        kafka.createTopic("clicks", 1);
        var publisher = new NumberPublisher(
                kafka.clientProperties(),
                "clicks",
                Map.of(
                        "acks", "0",
                        "retries", 0,
                        "delivery.timeout.ms", 300,
                        "request.timeout.ms", 300,
                        // A producer that has lost all brokers may block in send.
                        "max.block.ms", 300));

        awaitMore(500, publisher, publisher::acked);
        kafka.kill();
        awaitMore(50, publisher, publisher::failed);
        kafka.restart();
        awaitMore(500, publisher, publisher::acked);
        List<String> sent = publisher.stop();

        assertThat(Records.values(kafka.clientProperties(), "clicks"))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .hasSizeLessThan(sent.size())
                .isSubsetOf(sent);
    }

    @Test
    void whatIsDoneAlreadyHasNoEffectAndAClosedBrokerLeavesNoDirectory() {
        KafkaProcess other = KafkaProcess.start();
        assertThat(other.directory()).isNotEmptyDirectory();
        other.kill();
        other.kill();
        assertThatIllegalStateException()
                .isThrownBy(() -> other.createTopic("orders", 1))
                .withMessageContaining("restart");

        other.close();
        other.close();
        other.kill();

        assertThat(other.isRunning()).isFalse();
        assertThat(other.directory()).doesNotExist();
        assertThatIllegalStateException().isThrownBy(other::restart).withMessageContaining("closed");
        assertThatIllegalStateException()
                .isThrownBy(() -> other.createTopic("orders", 1))
                .withMessageContaining("closed");
    }

    @Test
    void aBrokerThatCannotStartSaysWhatItPrinted() throws IOException {
        HeldPort taken = HeldPort.free();
        var ports = new ArrayDeque<>(List.of(taken, HeldPort.free()));
        try (var other = taken.listen(0)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> KafkaProcess.start(ports::remove))
                    .withMessageContaining("before it was ready")
                    .withMessageContaining("BindException");
            assertThat(other.isOpen()).isTrue();
        }
    }

    @Test
    void theBrokerEndsWhenItsParentIsKilled(@TempDir Path directory) throws IOException {
        ChildJvm parent = ChildJvm.start(
                directory,
                List.of("-Xmx64m", "-Djava.io.tmpdir=" + directory),
                Parent.class,
                List.of(directory.resolve("address").toString()));
        parent.awaitReady(Duration.ofSeconds(40));
        String address = Files.readString(directory.resolve("address"));
        connect(address);

        parent.kill();

        await().untilAsserted(() -> assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class));
    }

    /** A JVM that starts a broker and doesn't close it. */
    static final class Parent {

        private Parent() {}

        public static void main(String[] arguments) throws IOException {
            ChildJvm.endWithParent();
            Files.writeString(Path.of(arguments[0]), KafkaProcess.start().bootstrapServers());
            ChildJvm.reportReady();
        }
    }

    private static void publish(String value) throws Exception {
        try (var producer = Records.producer(kafka.clientProperties(), Map.of())) {
            producer.send(new ProducerRecord<>("orders", value)).get();
        }
    }

    private static void awaitMore(int more, NumberPublisher publisher, IntSupplier count) {
        int before = count.getAsInt();
        // A broker in a process of its own gets little of a busy machine.
        await().atMost(Duration.ofMinutes(1)).until(() -> publisher.isDone() || count.getAsInt() >= before + more);
        assertThat(publisher.isDone()).isFalse();
    }

    private static void connect(String address) throws IOException {
        String[] parts = address.split(":", 2);
        new Socket(parts[0], Integer.parseInt(parts[1])).close();
    }
}
