package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operation that takes several calls, at a registry that takes three seconds for each, ends within ten all the same. */
class OneDeadlineTest {

    private static final Duration EACH = Duration.ofSeconds(3);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** Five that refer one to the next, as do the schemas with ids 6 and 9. */
    private static final int CHAIN = 5;

    private final SteppedClock clock = new SteppedClock();
    private final ScriptedServer server = answers().start(() -> clock.pass(EACH));
    private final RegistryConnection registry = new HttpRegistry(
            new HttpCalls(
                    RegistryConfig.of(server.url())
                            .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), DEADLINE),
                    clock),
            false);

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    private static String record(String name, String fieldType) {
        return "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[{\"name\":\"f\",\"type\":\"%s\"}]}"
                .formatted(name, fieldType);
    }

    private static String name(int level) {
        return level == 0 ? "string" : "L" + level;
    }

    private static Answers answers() {
        Answers answers = new Answers()
                .on("GET /schemas/ids/6", Answers.content(record("Top", "L5"), "L5", "L5"))
                .on("GET /schemas/ids/9", Answers.content(record("Alone", "string")))
                .on("POST /subjects/orders/versions", "{\"id\":6,\"version\":1}");
        for (int level = 1; level <= CHAIN; level++) {
            String text = record(name(level), name(level - 1));
            String[] inner = level == 1 ? new String[0] : new String[] {name(level - 1), name(level - 1)};
            answers.on(
                    "GET /subjects/" + name(level) + "/versions/1?deleted=true",
                    Answers.version(name(level), 1, level, text, inner));
            answers.on("POST /subjects/" + name(level) + "/versions", "{\"id\":" + level + ",\"version\":1}");
        }
        return answers;
    }

    private static EventSchema chain() {
        List<SchemaReference> references = new ArrayList<>();
        EventSchema inner = EventSchema.of(SchemaFormat.AVRO, record("L1", "string"));
        for (int level = 2; level <= CHAIN + 1; level++) {
            references.add(new SchemaReference(name(level - 1), inner));
            inner = EventSchema.of(
                    SchemaFormat.AVRO, record(level > CHAIN ? "Top" : name(level), name(level - 1)), references);
        }
        return inner;
    }

    private void endsInTime(Runnable operation) {
        long began = clock.nanos();
        RegistryUnavailableException failure = catchThrowableOfType(RegistryUnavailableException.class, operation::run);

        // Begun in time, and no further call is.
        assertThat(Duration.ofNanos(clock.nanos() - began)).isLessThan(DEADLINE.plus(EACH));
        assertThat(server.requests()).hasSize(4);
        assertThat(failure)
                .hasMessageContaining("the calls before it took all of the 10000 ms that an operation has")
                .hasMessageEndingWith("Try again later, or raise schemabus.registry.deadline.ms");
        // The registry did answer each call.
        assertThat(registry.health().isDegraded()).isFalse();
        assertThat(registry.health().lastFailure()).isEmpty();
    }

    @Test
    void whatASchemaRefersToIsFetchedInItsTime() {
        endsInTime(() -> registry.byId(new SchemaId(6)));
    }

    @Test
    void whatASchemaRefersToIsRegisteredInItsTime() {
        endsInTime(() -> registry.register(new Subject("orders"), chain()));
    }

    /** The control: each of them has a deadline of its own. */
    @Test
    void operationsThatFollowEachOtherShareNothing() {
        for (int i = 0; i < 10; i++) {
            assertThat(registry.byId(new SchemaId(9)).name()).contains("Alone");
        }
        assertThat(server.requests()).hasSize(10);
    }

    @Test
    void aSecondTryFinishesWhatTheFirstBegan() {
        endsInTime(() -> registry.byId(new SchemaId(6)));

        assertThat(registry.byId(new SchemaId(6)).references()).hasSize(CHAIN);
    }
}
