package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.Subscription;
import dev.schemabus.bus.faults.TcpProxy.Mode;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.RegistryException;
import dev.schemabus.serde.EventReader;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.testkit.SchemabusExtension;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAccumulator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The schema registry hangs while records come whose schema isn't known yet. */
@ExtendWith(SchemabusExtension.class)
@Timeout(1_000)
class RegistryFaultTest {

    private static final int RECORDS = 200;
    private static final Duration HANGING = Duration.ofSeconds(Extent.of(6, 600));

    private final EmbeddedKafka kafka;
    private final TcpProxy network;
    private final Scene near;
    private final Scene behindTheNetwork;
    private final History history = new History();

    RegistryFaultTest(EmbeddedKafka kafka, EmbeddedRegistry registry) {
        this.kafka = kafka;
        network = new TcpProxy(URI.create(registry.url()).getPort());
        near = Scene.of(kafka.clientProperties(), registry.url());
        behindTheNetwork = new Scene(near.kafka(), "http://127.0.0.1:" + network.port(), near.topic(), near.group());
    }

    @BeforeEach
    void publish() throws InterruptedException {
        kafka.createTopic(near.topic(), 2);
        kafka.createTopic(near.deadLetters(), 2);
        try (EventBus bus = near.bus()) {
            Load.all(history, Load.through(bus), 10, RECORDS);
        }
        near.readInto(history);
    }

    @Test
    void whileTheRegistryHangsPollingGoesOnAndAfterwardsAllIsHandled() {
        network.mode(Mode.STALL);
        Scene observed = behindTheNetwork.with(PollGap.reportedAs("hanging"));
        try (network;
                Member member = Member.join(observed, "m", history, (event, attempt) -> {})) {
            Awaitility.await().until(() -> member.subscription().counts().received() == RECORDS);
            // Kafka's metric looks back for a minute: so it is asked all along.
            DoubleAccumulator longest = new DoubleAccumulator(Math::max, 0);
            Awaitility.await().atMost(HANGING.plusSeconds(60)).during(HANGING).until(() -> {
                longest.accumulate(PollGap.longestMillis("hanging"));
                return history.deliveryCount() == 0 && member.subscription().state() == Subscription.State.RUNNING;
            });
            double gap = longest.get();

            network.mode(Mode.PASS);
            long back = System.nanoTime();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> history.distinctDeliveries() == RECORDS);
            Figures.print(
                    "registry-hangs",
                    "longest poll gap ms",
                    Math.round(gap),
                    "back after ms",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - back));

            assertThat(gap).isLessThan(1_000 + Load.STALL_OF_A_BUSY_MACHINE.toMillis() / 2.0);
            assertThat(HistoryCheck.ofDelivery(history)).isEmpty();
            assertThat(history.redeliveries()).isZero();
            assertThat(member.subscription().counts().deadLettered()).isZero();
        }
    }

    /** The control: a consumer that decodes where it polls stops polling for as long as it waits. */
    @Test
    void aConsumerThatDecodesWhereItPollsPollsNoMoreMeanwhile() throws Exception {
        network.mode(Mode.STALL);
        Map<String, Object> properties = new HashMap<>(near.kafka());
        properties.putAll(PollGap.reportedAs("decoding"));
        properties.putAll(Map.of("group.id", near.group(), "auto.offset.reset", "earliest"));
        try (network;
                RegistryConnection connection = RegistryConnection.open(behindTheNetwork.registry());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            EventReader<Numbered> reader = EventReader.<Numbered>builder(connection)
                    .type(Numbered.class)
                    .build();
            consumer.subscribe(List.of(near.topic()));
            assertThatThrownBy(() -> {
                        while (true) {
                            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                                reader.read(record.topic(), record.value());
                            }
                        }
                    })
                    .isInstanceOf(RegistryException.class);
            consumer.poll(Duration.ofMillis(100));

            assertThat(PollGap.longestMillis("decoding")).isGreaterThan(1_000);
        }
    }
}
