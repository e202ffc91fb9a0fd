package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.server.Registering.Asked;
import dev.schemabus.server.SubjectVersion.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The rules that no client sees through the registry contract. */
class SubjectStoreTest {

    private static final QualifiedSubject SUBJECT = QualifiedSubject.of("orders-value");
    private static final QualifiedSubject OTHER = QualifiedSubject.of(":.other:orders-value");
    private static final StoredSchema TEXT = new StoredSchema("AVRO", "\"string\"");
    private static final StoredSchema NUMBER = new StoredSchema("AVRO", "\"int\"");
    private static final Config NONE = Config.of(CompatibilityLevel.NONE);

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
        public void append(List<Change> added) {
            if (failing) {
                throw new RegistryUnavailableException(50001, "the log is full");
            }
            changes.addAll(added);
            added.forEach(follower);
        }

        @Override
        public void close() {}
    }

    private static SubjectVersion register(SubjectStore store, QualifiedSubject subject, StoredSchema schema) {
        return store.register(subject, new Asked(schema, OptionalInt.empty(), OptionalInt.empty(), false));
    }

    private static StoredSchema referring(String name, QualifiedSubject subject) {
        return new StoredSchema(
                "AVRO",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"" + name + "\"}]}",
                List.of(new SchemaReference(name, subject.name(), 1)),
                Optional.empty(),
                Optional.empty());
    }

    private static StoredSchema named(String name) {
        return new StoredSchema("AVRO", "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[]}");
    }

    @Test
    void anEmptyStoreIsBackwardAndReadWrite() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            assertThat(store.settings().level(QualifiedSubject.GLOBAL)).isEqualTo(CompatibilityLevel.BACKWARD);
            assertThat(store.settings().mode(QualifiedSubject.GLOBAL)).isEqualTo(RegistryMode.READWRITE);
        }
    }

    @Test
    void theChangesOfOneStoreRebuildAnother() {
        List<Change> changes = new ArrayList<>();
        try (SubjectStore store = new SubjectStore(new ListLog(changes))) {
            store.settings().change(SUBJECT, NONE.fields());
            register(store, SUBJECT, TEXT);
            register(store, SUBJECT, NUMBER);
            register(store, SUBJECT, named("Gone"));
            register(store, OTHER, NUMBER);
            store.delete(SUBJECT, OptionalInt.of(3), false);
            store.delete(SUBJECT, OptionalInt.of(3), true);
            store.delete(SUBJECT, OptionalInt.of(1), false);
            store.settings().setMode(SUBJECT, RegistryMode.READONLY, false);
        }
        try (SubjectStore again = new SubjectStore(new ListLog(changes))) {
            assertThat(again.versions(SUBJECT, Shown.LIVE))
                    .extracting(SubjectVersion::version)
                    .containsExactly(2);
            assertThat(again.versions(SUBJECT, Shown.ALL))
                    .extracting(SubjectVersion::version)
                    .containsExactly(1, 2);
            assertThat(again.byId(QualifiedSubject.GLOBAL, 2).schema()).isEqualTo(NUMBER);
            assertThat(again.byId(OTHER, 1).schema()).isEqualTo(NUMBER);
            assertThat(again.settings().level(SUBJECT)).isEqualTo(CompatibilityLevel.NONE);
            assertThat(again.settings().ownMode(SUBJECT)).contains(RegistryMode.READONLY);
            // 3 was given away once, and stays used up.
            assertThat(register(again, QualifiedSubject.of("other"), new StoredSchema("AVRO", "\"long\""))
                            .id())
                    .isEqualTo(4);
        }
    }

    @Test
    void aChangeThatTheLogCantTakeDidNotHappen() {
        ListLog log = new ListLog(new ArrayList<>());
        try (SubjectStore store = new SubjectStore(log)) {
            log.failing = true;
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> register(store, SUBJECT, TEXT));
            assertThat(store.subjects("", Shown.ALL)).isEmpty();

            log.failing = false;
            assertThat(register(store, SUBJECT, TEXT).id()).isEqualTo(1);
        }
    }

    @Test
    void readsDontWaitForAWriteUnderWay() throws Exception {
        CountDownLatch appending = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        MemoryChangeLog memory = new MemoryChangeLog();
        ChangeLog slow = new ChangeLog() {
            @Override
            public void follow(Consumer<Change> follower) {
                memory.follow(follower);
            }

            @Override
            public void append(List<Change> changes) {
                appending.countDown();
                try {
                    assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                memory.append(changes);
            }

            @Override
            public void close() {}
        };
        try (SubjectStore store = new SubjectStore(slow)) {
            Thread writer = new Thread(() -> register(store, SUBJECT, TEXT));
            writer.start();
            assertThat(appending.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(store.subjects("", Shown.LIVE)).isEmpty();
            goOn.countDown();
            writer.join();
            assertThat(store.subjects("", Shown.LIVE)).containsExactly(SUBJECT.name());
        }
    }

    @Test
    void schemasThatAreOnlySentAreNotKept() {
        try (SubjectStore store = new SubjectStore(new MemoryChangeLog(), true)) {
            for (int i = 0; i < 100; i++) {
                store.incompatibilities(SUBJECT, named("N" + i), false);
            }
            assertThat(store.parsedBytes()).isZero();
        }
        try (SubjectStore store = SubjectStore.inMemory()) {
            register(store, SUBJECT, named("N"));
            assertThat(store.incompatibilities(SUBJECT, named("M"), false)).isNotEmpty();
            long one = store.parsedBytes();
            for (int i = 0; i < 100; i++) {
                store.incompatibilities(SUBJECT, named("N" + i), false);
            }
            assertThat(store.parsedBytes()).isEqualTo(one).isPositive();
        }
    }

    @Test
    void parsedSchemasAreKeptUpToALimitInBytes() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            String doc = "x".repeat(200_000);
            for (int i = 0; i < 20; i++) {
                StoredSchema large = new StoredSchema(
                        "AVRO",
                        "{\"type\":\"enum\",\"name\":\"E" + i + "\",\"doc\":\"" + doc + "\",\"symbols\":[\"A\"]}");
                store.parsed(".", large);
            }
            assertThat(store.parsedBytes()).isBetween(4_000_000L, 32L << 20);
        }
    }

    @Test
    void aServerThatOnlyReadsRefusesEveryWrite() {
        try (SubjectStore store = new SubjectStore(new MemoryChangeLog(), true)) {
            for (Runnable write : List.<Runnable>of(
                    () -> register(store, SUBJECT, TEXT),
                    () -> store.delete(SUBJECT, false),
                    () -> store.delete(SUBJECT, OptionalInt.of(1), false),
                    () -> store.settings().change(SUBJECT, NONE.fields()),
                    () -> store.settings().clear(QualifiedSubject.GLOBAL),
                    () -> store.settings().setMode(SUBJECT, RegistryMode.READWRITE, false),
                    () -> store.settings().clearMode(QualifiedSubject.GLOBAL))) {
                assertRefused(42205, write);
            }
        }
    }

    @Test
    void importNeedsAnEmptySubjectOrForce() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            store.settings().setMode(SUBJECT, RegistryMode.IMPORT, false);
            store.settings().clearMode(SUBJECT);
            register(store, SUBJECT, TEXT);

            assertRefused(42205, () -> store.settings().setMode(SUBJECT, RegistryMode.IMPORT, false));
            store.settings().setMode(SUBJECT, RegistryMode.IMPORT, true);
            assertThat(store.settings().modeInForce(SUBJECT)).isEqualTo(RegistryMode.IMPORT);
        }
    }

    @Test
    void importDropsWhatWasDeletedSoftly() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            register(store, SUBJECT, TEXT);
            store.delete(SUBJECT, false);
            store.settings().setMode(SUBJECT, RegistryMode.IMPORT, false);

            assertThat(store.subjects("", Shown.ALL)).isEmpty();
        }
    }

    @Test
    void readOnlyOverrideBeatsASubjectsOwnMode() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            store.settings().setMode(SUBJECT, RegistryMode.READWRITE, false);
            store.settings().setMode(QualifiedSubject.GLOBAL, RegistryMode.READONLY, false);
            assertThat(store.settings().modeInForce(SUBJECT)).isEqualTo(RegistryMode.READWRITE);

            store.settings().setMode(QualifiedSubject.GLOBAL, RegistryMode.READONLY_OVERRIDE, false);
            assertThat(store.settings().modeInForce(SUBJECT)).isEqualTo(RegistryMode.READONLY_OVERRIDE);
        }
    }

    @Test
    void aContextsSettingsCountForItsSubjectsOnly() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            store.settings().change(OTHER.whole(), NONE.fields());
            store.settings().setMode(OTHER.whole(), RegistryMode.READONLY, false);

            assertThat(store.settings().level(OTHER)).isEqualTo(CompatibilityLevel.NONE);
            assertThat(store.settings().modeInForce(OTHER)).isEqualTo(RegistryMode.READONLY);
            assertThat(store.settings().level(SUBJECT)).isEqualTo(CompatibilityLevel.BACKWARD);
            assertThat(store.settings().modeInForce(SUBJECT)).isEqualTo(RegistryMode.READWRITE);
        }
    }

    @Test
    void aSchemaThatCannotBeComparedIsRefusedAsInvalid() {
        StoredSchema closed = new StoredSchema("JSON", "{\"type\":\"object\"}");
        StoredSchema elsewhere = new StoredSchema("JSON", "{\"$ref\":\"http://localhost/order.json\"}");
        try (SubjectStore store = SubjectStore.inMemory()) {
            register(store, SUBJECT, closed);

            for (Runnable call : List.<Runnable>of(
                    () -> register(store, SUBJECT, elsewhere),
                    () -> store.incompatibilities(SUBJECT, elsewhere, false),
                    () -> store.incompatibilitiesWith(SUBJECT, OptionalInt.of(1), elsewhere, false))) {
                assertRefused(42201, call);
            }
            store.settings().change(SUBJECT, NONE.fields());
            assertThat(register(store, SUBJECT, elsewhere).version()).isEqualTo(2);
        }
    }

    @Test
    void referencesThatGoTooDeepAreRefused() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            register(store, QualifiedSubject.of("s0"), named("N0"));
            for (int i = 1; i <= SchemaLimits.MAX_REFERENCE_DEPTH; i++) {
                register(store, QualifiedSubject.of("s" + i), chained(i));
            }
            int deep = SchemaLimits.MAX_REFERENCE_DEPTH + 1;
            assertRefused(42201, () -> register(store, QualifiedSubject.of("s" + deep), chained(deep)));
        }
    }

    /** A record that refers to the one before it. */
    private static StoredSchema chained(int number) {
        StoredSchema referring = referring("N" + (number - 1), QualifiedSubject.of("s" + (number - 1)));
        return referring.withText(referring.text().replace("\"R\"", "\"N" + number + "\""));
    }

    @Test
    void aNameWithTwoMeaningsIsRefused() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            register(store, QualifiedSubject.of("one"), named("N"));
            register(
                    store,
                    QualifiedSubject.of("two"),
                    new StoredSchema("AVRO", "{\"type\":\"enum\",\"name\":\"N\",\"symbols\":[\"A\"]}"));
            StoredSchema both = referring("N", QualifiedSubject.of("one"))
                    .withReferences(List.of(new SchemaReference("N", "one", 1), new SchemaReference("N", "two", 1)));

            assertRefused(42201, () -> register(store, SUBJECT, both));
        }
    }

    @Test
    void aReferenceMayLeadIntoAnotherContext() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            register(store, OTHER, named("N"));
            SubjectVersion version = register(store, SUBJECT, referring("N", OTHER));

            assertThat(store.parsed(".", version.schema()).resolved()).contains("\"name\":\"N\"");
            assertRefused(42206, () -> store.delete(OTHER, false));
        }
    }

    @Test
    void ofManyVersionsTheMiddleOnesAreFound() {
        try (SubjectStore store = SubjectStore.inMemory()) {
            store.settings().change(SUBJECT, NONE.fields());
            for (int i = 1; i <= 50; i++) {
                register(store, SUBJECT, named("N" + i));
            }
            assertThat(store.version(SUBJECT, OptionalInt.of(25), Shown.LIVE).schema())
                    .isEqualTo(named("N25"));
            assertThat(register(store, SUBJECT, named("N25")).version()).isEqualTo(25);
        }
    }

    private static void assertRefused(int code, Runnable call) {
        assertThatExceptionOfType(SchemaRefusedException.class)
                .isThrownBy(call::run)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
