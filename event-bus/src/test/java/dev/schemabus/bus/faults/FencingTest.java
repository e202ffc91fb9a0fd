package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.Transaction;
import dev.schemabus.bus.TransactionAbortedException;
import dev.schemabus.bus.TransactionException;
import dev.schemabus.bus.With;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bus that was taken for dead goes on with its transaction after another has its transactional id. */
@ExtendWith(SchemabusExtension.class)
@Timeout(120)
class FencingTest {

    private final Scene scene;

    FencingTest(EmbeddedKafka kafka) {
        scene = Scene.of(kafka.clientProperties());
        kafka.createTopic(scene.topic(), 2);
    }

    @Test
    void whatTheOlderPublishedBeforeAndAfterIsSeenByNobodyAndItIsToldWhy() {
        try (EventBus older = bus("service-1");
                EventBus newer = bus("service-1")) {
            Throwable told = catchThrowable(() -> older.inTransaction(transaction -> {
                publish(transaction, "older", 0);
                awaitWritten("older 0");
                newer.inTransaction(next -> publish(next, "newer", 0));
                publish(transaction, "older", 1);
            }));

            assertThat(told)
                    .isInstanceOf(TransactionAbortedException.class)
                    .hasMessageContaining("another bus has the same transactional id");
            assertThat(committed()).containsExactly("newer 0");
            assertThat(written()).contains("older 0");
        }
    }

    @Test
    void anOlderThatHasOnlyItsCommitToDoCommitsNothing() {
        try (EventBus older = bus("service-2");
                EventBus newer = bus("service-2")) {
            Throwable told = catchThrowable(() -> older.inTransaction(transaction -> {
                publish(transaction, "older", 0);
                awaitWritten("older 0");
                newer.inTransaction(next -> publish(next, "newer", 0));
            }));

            assertThat(told).isInstanceOf(TransactionException.class);
            assertThat(committed()).containsExactly("newer 0");

            // The next one takes the id over in its turn: a bus is not broken because it was fenced.
            older.inTransaction(transaction -> publish(transaction, "older", 2));
            assertThat(committed()).containsExactlyInAnyOrder("newer 0", "older 2");
        }
    }

    /** The control: with an id of its own nobody is fenced, and both are there. */
    @Test
    void twoBusesWithIdsOfTheirOwnBothCommit() {
        try (EventBus older = bus("service-3");
                EventBus newer = bus("service-4")) {
            older.inTransaction(transaction -> {
                publish(transaction, "older", 0);
                awaitWritten("older 0");
                newer.inTransaction(next -> publish(next, "newer", 0));
                publish(transaction, "older", 1);
            });

            assertThat(committed()).containsExactlyInAnyOrder("older 0", "newer 0", "older 1");
        }
    }

    private EventBus bus(String transactionalId) {
        return scene.bus(settings -> settings.transactions(transactionalId, 1));
    }

    private static void publish(Transaction transaction, String key, long number) {
        transaction.publish(new Numbered(key, number, ""), With.NOTHING.header(Scene.NUMBER, Long.toString(number)));
    }

    private void awaitWritten(String name) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> written().contains(name));
    }

    /** What a reader of committed records finds. */
    private List<String> committed() {
        return read("read_committed");
    }

    /** What stands in the topic. */
    private List<String> written() {
        return read("read_uncommitted");
    }

    private List<String> read(String isolation) {
        List<String> names = new ArrayList<>();
        scene.with(Map.of("isolation.level", isolation))
                .read(
                        scene.topic(),
                        record -> names.add(text(record.key()) + " "
                                + text(record.headers().lastHeader(Scene.NUMBER).value())));
        return names;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
