package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.PublishOutcome.RejectionReason;
import dev.schemabus.bus.PublishRejectedException;
import dev.schemabus.bus.With;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two of three controllers are killed: nobody can change the cluster any more, while the broker serves on. */
@Timeout(300)
class ControllerFaultTest {

    private static final int BROKER = 0;
    private static final List<Integer> CONTROLLERS = List.of(1, 2);

    private static Brokers brokers;

    private final History history = new History();

    @BeforeAll
    static void start() throws InterruptedException {
        brokers = Brokers.start(1, CONTROLLERS.size(), Map.of());
    }

    @AfterAll
    static void stop() {
        brokers.close();
    }

    @Test
    void publishingAndHandlingGoOnAndATopicThatCantBeCreatedIsRefusedWithTheCause() throws Exception {
        Scene scene = Scene.of(brokers.clientProperties());
        brokers.createTopic(scene.topic(), 2);
        brokers.createTopic(scene.deadLetters(), 2);
        try (EventBus bus = scene.bus(settings -> settings.createTopics(1, 1));
                Member member = Member.join(scene, "m", history, (event, attempt) -> {});
                Load load = Load.start(history, Load.through(bus), 10, 500)) {
            load.awaitAcked(500);
            CONTROLLERS.forEach(brokers::kill);
            int before = load.acked();

            long start = System.nanoTime();
            assertThatThrownBy(() -> publishDone(bus))
                    .isInstanceOfSatisfying(
                            PublishRejectedException.class,
                            error -> assertThat(error.reason()).isEqualTo(RejectionReason.BROKER_UNAVAILABLE))
                    .hasMessageContaining(scene.outputs())
                    .hasMessageContaining("controller");
            Duration refusal = Duration.ofNanos(System.nanoTime() - start);
            load.awaitAcked(500);
            Awaitility.await().until(() -> history.distinctDeliveries() > before);
            for (int controller : CONTROLLERS) {
                brokers.restart(controller);
            }

            Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> publishDone(bus));
            load.awaitAcked(500);
            load.stop();
            Awaitility.await().until(() -> history.distinctDeliveries() == load.acked());
            Figures.print(
                    "controllers-lost",
                    "acked",
                    load.acked(),
                    "longest gap ms",
                    load.longestGap().toMillis(),
                    "refused after ms",
                    refusal.toMillis());
            assertThat(member.subscription().failure()).isEmpty();
        }
        assertThat(brokers.isRunning(BROKER)).isTrue();
        assertThat(HistoryCheck.ofPublishing(scene.readInto(history))).isEmpty();
        assertThat(HistoryCheck.ofDelivery(history)).isEmpty();
        assertThat(history.publications(History.Outcome.INDETERMINATE)).isEmpty();
    }

    /** The control: what Kafka's own client says then leads to the broker, which is well. */
    @Test
    void whatKafkasOwnClientSaysNamesNoController() throws Exception {
        brokers.createTopic("before", 1);
        CONTROLLERS.forEach(brokers::kill);
        try (Admin admin = Admin.create(brokers.clientProperties())) {
            assertThatThrownBy(() -> admin.createTopics(
                                    List.of(new NewTopic("after", 1, (short) 1)),
                                    new CreateTopicsOptions().timeoutMs(5_000))
                            .all()
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .rootCause()
                    .hasMessageNotContaining("controller");
        } finally {
            for (int controller : CONTROLLERS) {
                brokers.restart(controller);
            }
        }
    }

    private static void publishDone(EventBus bus) {
        bus.publish(new Done("k", 0), With.NOTHING.header(Scene.NUMBER, "0"));
    }
}
