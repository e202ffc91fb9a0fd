package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.PublishOutcome;
import dev.schemabus.bus.PublishOutcome.Acked;
import dev.schemabus.bus.PublishOutcome.Indeterminate;
import dev.schemabus.bus.PublishOutcome.IndeterminateReason;
import dev.schemabus.bus.PublishOutcome.Rejected;
import dev.schemabus.bus.PublishOutcome.RejectionReason;
import dev.schemabus.bus.With;
import dev.schemabus.bus.faults.History.Outcome;
import dev.schemabus.bus.faults.History.Publication;
import dev.schemabus.bus.faults.TcpProxy.Mode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The network between clients and broker is slow, silent, or breaks. */
@Timeout(300)
class NetworkFaultTest {

    private static Brokers brokers;

    private final Scene scene;
    private final History history = new History();

    NetworkFaultTest() {
        scene = Scene.of(brokers.clientProperties());
    }

    @BeforeAll
    static void start() throws InterruptedException {
        brokers = Brokers.start(1);
    }

    @AfterAll
    static void stop() {
        brokers.close();
    }

    @AfterEach
    void repair() {
        brokers.proxy(0).delay(Duration.ZERO);
        brokers.proxy(0).mode(Mode.PASS);
    }

    @Test
    void withAFullBufferAnEventIsRejectedInTimeAndSurelyNotWritten() throws Exception {
        brokers.createTopic(scene.topic(), 1);
        Scene small = scene.with(Map.of("buffer.memory", 64 * 1024, "batch.size", 16 * 1024, "max.block.ms", 1_000));
        long longest = 0;
        int rejected = 0;
        try (EventBus bus = small.bus()) {
            bus.publish(new Numbered("k", 0, ""), With.NOTHING.header(Scene.NUMBER, "0"));
            brokers.proxy(0).mode(Mode.STALL);
            List<CompletableFuture<Publication>> open = new ArrayList<>();
            for (int number = 1; rejected < 3; number++) {
                long start = System.nanoTime();
                var outcome = bus.publishAsync(
                                new Numbered("k", number, "p".repeat(160)),
                                With.NOTHING.header(Scene.NUMBER, Integer.toString(number)))
                        .toCompletableFuture();
                longest = Math.max(longest, System.nanoTime() - start);
                if (outcome.isDone()) {
                    rejected++;
                    assertThat(outcome.join())
                            .isInstanceOfSatisfying(
                                    Rejected.class,
                                    refusal -> assertThat(refusal.reason()).isEqualTo(RejectionReason.BUFFER_FULL));
                }
                int published = number;
                open.add(outcome.thenApply(told -> Load.publication("k", published, told)));
            }
            brokers.proxy(0).mode(Mode.PASS);
            open.forEach(publication -> history.add(publication.join()));
        }
        Figures.print("buffer-full", "longest ms", TimeUnit.NANOSECONDS.toMillis(longest));

        assertThat(HistoryCheck.ofPublishing(scene.readInto(history))).isEmpty();
        assertThat(history.publications(Outcome.REJECTED)).hasSize(rejected);
        assertThat(history.publications(Outcome.INDETERMINATE)).isEmpty();
        assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(1).plus(Load.STALL_OF_A_BUSY_MACHINE));
    }

    @Test
    void anEventWhoseAnswerDoesntComeInTimeIsIndeterminateAndOfItsOwnIdWhenPublishedAgain() throws Exception {
        brokers.createTopic(scene.topic(), 1);
        Scene impatient = scene.with(Map.of("delivery.timeout.ms", 2_500, "request.timeout.ms", 1_000, "linger.ms", 0));
        PublishOutcome outcome;
        try (EventBus bus = impatient.bus()) {
            bus.publish(new Numbered("k", 0, ""), With.NOTHING.header(Scene.NUMBER, "0"));
            brokers.proxy(0).mode(Mode.SWALLOW_RESPONSES);
            outcome = bus.publishAsync(new Numbered("k", 1, ""), With.NOTHING.header(Scene.NUMBER, "1"))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } finally {
            brokers.proxy(0).cut();
            repair();
        }
        Indeterminate indeterminate = (Indeterminate) outcome;
        assertThat(indeterminate.reason()).isEqualTo(IndeterminateReason.TIMEOUT);
        List<String> ids = new ArrayList<>();
        try (EventBus another = scene.bus()) {
            assertThat(another.publishAsync(
                                    new Numbered("k", 1, ""),
                                    With.eventId(indeterminate.eventId()).header(Scene.NUMBER, "1"))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS))
                    .isInstanceOf(Acked.class);
        }
        scene.read(
                scene.topic(),
                record ->
                        ids.add(new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8)));

        // Written both times, which nobody could know, and told apart by nobody: that is what the id is for.
        assertThat(ids).hasSize(3);
        assertThat(ids.get(1)).isEqualTo(ids.get(2)).isEqualTo(indeterminate.eventId());
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"STALL", "TRICKLE", "SWALLOW_RESPONSES"})
    void aConnectionThatStaysSilentForAWhileCostsTimeAndNothingElse(Mode mode) throws Exception {
        brokers.createTopic(scene.topic(), 2);
        Scene watchful = scene.with(Map.of("request.timeout.ms", 1_500));
        try (EventBus bus = watchful.bus();
                Load load = Load.start(history, Load.through(bus), 10, 1_000)) {
            load.awaitAcked(500);
            brokers.proxy(0).mode(mode);
            // The fault must outlast a request's patience.
            Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            brokers.proxy(0).mode(Mode.PASS);
            load.awaitAcked(500);
            load.stop();
        }

        assertThat(HistoryCheck.ofPublishing(scene.readInto(history))).isEmpty();
        assertThat(history.publications(Outcome.REJECTED)).isEmpty();
        assertThat(history.publications(Outcome.INDETERMINATE)).isEmpty();
    }

    @Test
    void aSlowNetworkMakesEventsLateAndNothingElse() throws Exception {
        brokers.createTopic(scene.topic(), 2);
        brokers.proxy(0).delay(Duration.ofMillis(Extent.of(150, 5_000)));
        try (EventBus bus = scene.bus()) {
            Load.all(history, Load.through(bus), 10, 2_000);
        }
        repair();

        assertThat(HistoryCheck.ofPublishing(scene.readInto(history))).isEmpty();
        assertThat(history.publications(Outcome.ACKED)).hasSize(2_000);
    }
}
