package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The rules that no client sees through the registry contract. */
class SubjectStoreTest {

    private static final Subject SUBJECT = new Subject("orders-value");
    private static final EventSchema TEXT = EventSchema.of(SchemaFormat.AVRO, "\"string\"");
    private static final EventSchema NUMBER = EventSchema.of(SchemaFormat.AVRO, "\"int\"");

    /** A log that keeps its changes, and can be told to fail. */
    private static final class ListLog implements ChangeLog {
        private final List<Change> changes;
        private Consumer<Change> follower = change -> {};
        private boolean failing;

        ListLog(List<Change> changes) {
            this.changes = changes;
        }

        @Override
        public void follow(Consumer<Change> newFollower) {
            changes.forEach(newFollower);
            follower = newFollower;
        }

        @Override
        public void append(Change change) {
            if (failing) {
                throw new RegistryUnavailableException(50001, "the log is full");
            }
            changes.add(change);
            follower.accept(change);
        }

        @Override
        public void close() {}
    }

    @Test
    void anEmptyStoreIsBackwardAndReadWrite() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            assertThat(store.level(Optional.empty())).isEqualTo(CompatibilityLevel.BACKWARD);
            assertThat(store.mode(Optional.empty())).isEqualTo(RegistryMode.READWRITE);
        }
    }

    @Test
    void theChangesOfOneStoreRebuildAnother() {
        List<Change> changes = new ArrayList<>();
        try (SubjectStore store = new SubjectStore(new ListLog(changes))) {
            store.setLevel(Optional.of(SUBJECT), CompatibilityLevel.NONE);
            store.register(SUBJECT, TEXT);
            store.register(SUBJECT, NUMBER);
            store.setMode(Optional.of(SUBJECT), RegistryMode.READONLY, false);
        }
        try (SubjectStore again = new SubjectStore(new ListLog(changes))) {
            assertThat(again.versions(SUBJECT)).containsExactly(1, 2);
            assertThat(again.byId(new SchemaId(2))).isEqualTo(NUMBER);
            assertThat(again.ownLevel(SUBJECT)).contains(CompatibilityLevel.NONE);
            assertThat(again.ownMode(SUBJECT)).contains(RegistryMode.READONLY);
            assertThat(again.register(new Subject("other"), EventSchema.of(SchemaFormat.AVRO, "\"long\""))
                            .id())
                    .isEqualTo(new SchemaId(3));
        }
    }

    @Test
    void aChangeThatTheLogCantTakeDidNotHappen() {
        ListLog log = new ListLog(new ArrayList<>());
        try (SubjectStore store = new SubjectStore(log)) {
            log.failing = true;
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> store.register(SUBJECT, TEXT));
            assertThat(store.subjects()).isEmpty();

            log.failing = false;
            assertThat(store.register(SUBJECT, TEXT).id()).isEqualTo(new SchemaId(1));
        }
    }

    @Test
    void importNeedsAnEmptySubjectOrForce() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            store.setMode(Optional.of(SUBJECT), RegistryMode.IMPORT, false);
            store.clearMode(Optional.of(SUBJECT));
            store.register(SUBJECT, TEXT);

            assertThatExceptionOfType(SchemaRefusedException.class)
                    .isThrownBy(() -> store.setMode(Optional.of(SUBJECT), RegistryMode.IMPORT, false))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(42205));
            store.setMode(Optional.of(SUBJECT), RegistryMode.IMPORT, true);
            assertThat(store.modeInForce(SUBJECT)).isEqualTo(RegistryMode.IMPORT);
        }
    }

    @Test
    void readOnlyOverrideBeatsASubjectsOwnMode() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            store.setMode(Optional.of(SUBJECT), RegistryMode.READWRITE, false);
            store.setMode(Optional.empty(), RegistryMode.READONLY, false);
            assertThat(store.modeInForce(SUBJECT)).isEqualTo(RegistryMode.READWRITE);

            store.setMode(Optional.empty(), RegistryMode.READONLY_OVERRIDE, false);
            assertThat(store.modeInForce(SUBJECT)).isEqualTo(RegistryMode.READONLY_OVERRIDE);
        }
    }

    @Test
    void aSchemaThatCannotBeComparedIsRefusedAsInvalid() {
        EventSchema closed = EventSchema.of(SchemaFormat.JSON, "{\"type\":\"object\"}");
        EventSchema elsewhere = EventSchema.of(SchemaFormat.JSON, "{\"$ref\":\"http://localhost/order.json\"}");
        try (SubjectStore store = SubjectStore.inMemory()) {
            store.register(SUBJECT, closed);

            for (Runnable call : List.<Runnable>of(
                    () -> store.register(SUBJECT, elsewhere),
                    () -> store.incompatibilities(SUBJECT, elsewhere),
                    () -> store.incompatibilitiesWith(SUBJECT, 1, elsewhere))) {
                assertThatExceptionOfType(SchemaRefusedException.class)
                        .isThrownBy(call::run)
                        .withMessageContaining("http://localhost/order.json")
                        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(42201));
            }
            store.setLevel(Optional.of(SUBJECT), CompatibilityLevel.NONE);
            assertThat(store.register(SUBJECT, elsewhere).version()).isEqualTo(2);
        }
    }
}
