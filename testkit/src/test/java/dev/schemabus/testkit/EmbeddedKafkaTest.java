package dev.schemabus.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class EmbeddedKafkaTest {

    @Test
    void aBrokerCarriesRecords() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            kafka.createTopic("orders", 3);

            publish(kafka, "first", "second");

            assertThat(Records.values(kafka.clientProperties(), "orders")).containsExactlyInAnyOrder("first", "second");
        }
    }

    @Test
    void aRestartedNodeHasItsAddressAndTheAckedRecords() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            String bootstrapServers = kafka.bootstrapServers();
            kafka.createTopic("orders", 3);
            publish(kafka, "before");

            kafka.stopNode(0);
            assertThat(kafka.isRunning(0)).isFalse();
            assertThatThrownBy(() -> connect(kafka)).isInstanceOf(ConnectException.class);

            kafka.startNode(0);
            assertThat(kafka.isRunning(0)).isTrue();
            assertThat(kafka.bootstrapServers()).isEqualTo(bootstrapServers);
            publish(kafka, "after");
            assertThat(Records.values(kafka.clientProperties(), "orders")).containsExactlyInAnyOrder("before", "after");
        }
    }

    @Test
    void aRecordThatIsSentWhileTheOnlyNodeIsDownArrivesAfterItsRestart() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                var producer = Records.producer(kafka.clientProperties(), Map.of())) {
            kafka.createTopic("orders", 1);
            producer.send(new ProducerRecord<>("orders", "before")).get();

            kafka.stopNode(0);
            // Away from this thread: a producer that has lost all brokers may block in send.
            var sending = new FutureTask<>(() ->
                    producer.send(new ProducerRecord<>("orders", "while down")).get());
            new Thread(sending, "publisher").start();
            kafka.startNode(0);
            sending.get();

            assertThat(Records.values(kafka.clientProperties(), "orders")).containsExactly("before", "while down");
        }
    }

    @Test
    void aTopicThatNobodyCreatedIsAnError() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                var producer = Records.producer(kafka.clientProperties(), Map.of("max.block.ms", 500))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("forgotten", "value"))
                            .get())
                    .hasCauseInstanceOf(TimeoutException.class)
                    .hasMessageContaining("forgotten");
        }
    }

    @Test
    void aTopicIsCreatedWithItsSettingsAndOnlyOnce() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            kafka.createTopic("orders", 2, Map.of("cleanup.policy", "compact"));

            assertThat(setting(kafka, "orders", "cleanup.policy")).isEqualTo("compact");
            assertThatIllegalStateException()
                    .isThrownBy(() -> kafka.createTopic("orders", 2))
                    .withMessageContaining("orders exists already")
                    .withMessageContaining("take a name per test");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kafka.createTopic("no spaces", 1))
                    .withMessageContaining("no spaces");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kafka.createTopic("nothing", 0))
                    .withMessageContaining("nothing");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kafka.createTopic("payments", 1, Map.of("cleanup.policy", "shred")))
                    .withMessageContaining("payments")
                    .withMessageContaining("shred");
        }
    }

    @Test
    void whatIsDoneAlreadyHasNoEffect() {
        EmbeddedKafka kafka = EmbeddedKafka.start();
        kafka.startNode(0);
        assertThat(kafka.isRunning(0)).isTrue();
        kafka.stopNode(0);
        kafka.stopNode(0);
        assertThat(kafka.isRunning(0)).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> kafka.createTopic("orders", 1))
                .withMessageContaining("startNode");
        kafka.close();
        kafka.close();
    }

    @Test
    void aClosedClusterHasStoppedLeavesNoDirectoryAndSaysSo() {
        EmbeddedKafka kafka = EmbeddedKafka.start();
        assertThat(kafka.directory()).isNotEmptyDirectory();

        kafka.close();

        assertThat(kafka.directory()).doesNotExist();
        assertThat(kafka.isRunning(0)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> kafka.startNode(0)).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> kafka.stopNode(0)).withMessageContaining("closed");
        assertThatIllegalStateException()
                .isThrownBy(() -> kafka.createTopic("orders", 1))
                .withMessageContaining("closed");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 4})
    void aClusterHasOneNodeOrThree(int nodes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedKafka.start(nodes))
                .withMessageContaining("1 node, or 3")
                .withMessageContaining("not " + nodes);
    }

    @Test
    void aNodeThatTheClusterDoesNotHaveIsRefused() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kafka.stopNode(1))
                    .withMessageContaining("0 to 0");
            assertThatIllegalArgumentException().isThrownBy(() -> kafka.startNode(-1));
            assertThatIllegalArgumentException().isThrownBy(() -> kafka.isRunning(1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aPortThatAnotherProcessTakesFirstIsReplaced(int which) throws Exception {
        HeldPort taken = HeldPort.free();
        var ports = new ArrayDeque<>(List.of(HeldPort.free(), HeldPort.free(), HeldPort.free()));
        var served = new AtomicInteger();
        try (var other = taken.listen(0);
                EmbeddedKafka kafka =
                        EmbeddedKafka.start(1, () -> served.getAndIncrement() == which ? taken : ports.remove())) {
            assertThat(other.isOpen()).isTrue();
            assertThat(kafka.bootstrapServers()).doesNotContain(taken.hostAndPort());
            kafka.createTopic("orders", 1);
        }
    }

    @Test
    void clustersLiveSideBySide() throws Exception {
        try (EmbeddedKafka one = EmbeddedKafka.start();
                EmbeddedKafka other = EmbeddedKafka.start()) {
            one.createTopic("orders", 1);
            other.createTopic("orders", 1);

            publish(one, "of one");
            publish(other, "of the other");

            assertThat(Records.values(one.clientProperties(), "orders")).containsExactly("of one");
            assertThat(Records.values(other.clientProperties(), "orders")).containsExactly("of the other");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void nothingIsPrintedAndNoStackTraceLogged(int nodes) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var printed = new ByteArrayOutputStream();
        var logged = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(nodes)) {
            kafka.createTopic("orders", 3);
            kafka.stopNode(0);
            kafka.startNode(0);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(logged.toString(StandardCharsets.UTF_8).lines())
                .allMatch(line -> line.contains("] WARN "))
                .hasSizeLessThan(20);
    }

    private static void publish(EmbeddedKafka kafka, String... values) throws Exception {
        try (var producer = Records.producer(kafka.clientProperties(), Map.of())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>("orders", value)).get();
            }
        }
    }

    private static void connect(EmbeddedKafka kafka) throws Exception {
        String[] address = kafka.bootstrapServers().split(":", 2);
        new Socket(address[0], Integer.parseInt(address[1])).close();
    }

    private static String setting(EmbeddedKafka kafka, String topic, String name) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            var configs = admin.describeConfigs(List.of(resource)).all().get();
            return requireNonNull(configs.get(resource)).get(name).value();
        }
    }
}
