package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.faults.MemberMain.Plan;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** More comes at once than fits into the memory of the one who handles it. */
@ExtendWith(SchemabusExtension.class)
@Timeout(300)
class BurstTest {

    private static final int HEAP_MEGABYTES = 256;

    /** 10 kB each: half as much again as the heap. */
    private static final int RECORDS = 40_000;

    private final Scene scene;
    private final History history = new History();

    BurstTest(EmbeddedKafka kafka, EmbeddedRegistry registry) throws InterruptedException {
        scene = Scene.of(kafka.clientProperties(), registry.url());
        kafka.createTopic(scene.topic(), 8);
        kafka.createTopic(scene.deadLetters(), 8);
        try (EventBus bus = scene.bus()) {
            Load.all(history, Load.through(bus, "p".repeat(10_000)), 1_000, RECORDS);
        }
    }

    @Test
    void aBurstLargerThanTheHeapIsHandledWithoutRunningOutOfMemory() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        try (ChildProcess child = MemberMain.start(
                scene,
                "small",
                Plan.PLAIN.heap(HEAP_MEGABYTES).holdingAt(0),
                history,
                line -> begun.incrementAndGet())) {
            // All handlers are held until the buffers are as full as they get.
            Awaitility.await()
                    .during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> child.isAlive() && begun.get() == 4);
            child.tell("go");
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> !child.isAlive() || history.deliveryCount() >= RECORDS);

            assertThat(child.isAlive()).as(child::printed).isTrue();
            assertThat(HistoryCheck.ofDelivery(scene.readInto(history))).isEmpty();
        }
    }

    /** The control: a consumer that takes in what comes, and has nobody to hold it back. */
    @Test
    void aConsumerWithoutBackPressureRunsOutOfMemory() throws Exception {
        try (ChildProcess child = ChildProcess.start(
                "hoarder",
                HEAP_MEGABYTES,
                HoarderMain.class,
                List.of(String.valueOf(scene.kafka().get("bootstrap.servers")), scene.topic()),
                line -> {})) {
            assertThat(child.awaitEnd(Duration.ofMinutes(2))).as(child::printed).isEqualTo(ChildProcess.OUT_OF_MEMORY);
        }
    }
}
