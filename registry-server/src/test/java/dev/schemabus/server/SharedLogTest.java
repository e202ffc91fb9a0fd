package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.server.Registering.Asked;
import dev.schemabus.server.SubjectVersion.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several nodes know of one log, and what a node knows that starts on what is left of it. */
class SharedLogTest {

    private static final QualifiedSubject LINE = QualifiedSubject.of("line");
    private static final QualifiedSubject ORDER = QualifiedSubject.of("order");

    private static StoredSchema record(String name, String fields) {
        return new StoredSchema("AVRO", "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[" + fields + "]}");
    }

    private static final StoredSchema REFERRING = new StoredSchema(
            "AVRO",
            record("Order", "{\"name\":\"line\",\"type\":\"Line\"}").text(),
            List.of(new SchemaReference("Line", "line", 1)),
            Optional.empty(),
            Optional.empty());

    private static void register(SubjectStore store, QualifiedSubject subject, StoredSchema schema) {
        store.register(subject, new Asked(schema, OptionalInt.empty(), OptionalInt.empty(), false));
    }

    private static void deleteForGood(SubjectStore store, QualifiedSubject subject) {
        store.delete(subject, false);
        store.delete(subject, true);
    }

    private static String resolved(SubjectStore store) {
        SubjectVersion version = store.version(ORDER, OptionalInt.empty(), Shown.LIVE);
        return store.parsed(".", version.schema()).resolved();
    }

    @Test
    void aNodeThatOnlyHearsOfADeletionForgetsWhatItHasReadToo() {
        SharedLog log = new SharedLog();
        try (SubjectStore decides = log.node();
                SubjectStore follows = log.node()) {
            register(decides, LINE, record("Line", "{\"name\":\"quantity\",\"type\":\"int\"}"));
            register(decides, ORDER, REFERRING);
            assertThat(resolved(decides)).isEqualTo(resolved(follows)).contains("quantity");

            deleteForGood(decides, ORDER);
            deleteForGood(decides, LINE);
            register(decides, LINE, record("Line", "{\"name\":\"price\",\"type\":\"double\"}"));
            register(decides, ORDER, REFERRING);

            assertThat(resolved(decides)).contains("price");
            assertThat(resolved(follows)).contains("price");
        }
    }

    private static final StoredSchema TEXT = new StoredSchema("AVRO", "\"string\"");
    private static final StoredSchema NUMBER = new StoredSchema("AVRO", "\"int\"");

    private static List<String> all(SubjectStore store) {
        return store.schemas(":*:", Shown.ALL, false)
                .map(version -> version.subject() + " " + version.version() + " id " + version.id()
                        + (version.deleted() ? " deleted " : " ")
                        + version.schema().text())
                .toList();
    }

    @Test
    void whatWasDeletedSoftlyDoesNotComeBackWhenTheLogIsCompacted() {
        SharedLog log = new SharedLog();
        try (SubjectStore store = log.node()) {
            store.settings().change(ORDER, Config.of(CompatibilityLevel.NONE).fields());
            register(store, ORDER, TEXT);
            register(store, ORDER, NUMBER);
            register(store, ORDER, new StoredSchema("AVRO", "\"long\""));
            store.delete(ORDER, false);
            store.settings().setMode(ORDER, RegistryMode.IMPORT, false);
            store.register(
                    ORDER,
                    new Asked(new StoredSchema("AVRO", "\"bytes\""), OptionalInt.of(50), OptionalInt.of(1), false));
            store.settings().clearMode(ORDER);
            store.delete(ORDER, false);

            try (SubjectStore later = log.compacted().node()) {
                assertThat(all(later)).isEqualTo(all(store)).containsExactly("order 1 id 50 deleted \"bytes\"");
            }
        }
    }

    @Test
    void aLowerVersionThatIsImportedAfterADeletionBringsNoHigherOneBack() {
        SharedLog log = new SharedLog();
        try (SubjectStore store = log.node()) {
            store.settings().change(ORDER, Config.of(CompatibilityLevel.NONE).fields());
            register(store, ORDER, TEXT);
            register(store, ORDER, NUMBER);
            store.delete(ORDER, OptionalInt.of(1), false);
            store.delete(ORDER, OptionalInt.of(1), true);
            store.delete(ORDER, false);
            store.settings().setMode(ORDER, RegistryMode.IMPORT, true);
            store.register(
                    ORDER,
                    new Asked(new StoredSchema("AVRO", "\"bytes\""), OptionalInt.of(50), OptionalInt.of(1), false));
            store.delete(ORDER, false);

            try (SubjectStore later = log.compacted().node()) {
                assertThat(all(later)).isEqualTo(all(store)).hasSize(2).allMatch(line -> line.contains("deleted"));
            }
        }
    }

    @Test
    void importDropsWhatIsDeletedInAllContextsButNotWhatOthersReferTo() {
        SharedLog log = new SharedLog();
        QualifiedSubject elsewhere = QualifiedSubject.of(":.eu:line");
        try (SubjectStore store = log.node()) {
            register(store, elsewhere, TEXT);
            store.delete(elsewhere, false);
            store.settings().setMode(QualifiedSubject.GLOBAL, RegistryMode.IMPORT, false);
            assertThat(all(store)).isEmpty();
            store.settings().setMode(QualifiedSubject.GLOBAL, RegistryMode.READWRITE, false);

            register(store, LINE, record("Line", ""));
            store.delete(LINE, false);
            register(store, ORDER, REFERRING); // what is deleted softly still serves
            assertThatExceptionOfType(SchemaRefusedException.class)
                    .isThrownBy(() -> store.settings().setMode(LINE, RegistryMode.IMPORT, false))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(42206));
        }
    }

    /** Any row of requests, with a fixed seed: a node that starts on the compacted log says what the others say. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aCompactedLogSaysTheSameAsAWholeOne(long seed) {
        Random random = new Random(seed);
        SharedLog log = new SharedLog();
        List<String> refusals = new ArrayList<>();
        try (SubjectStore store = log.node()) {
            store.settings()
                    .change(
                            QualifiedSubject.GLOBAL,
                            Config.of(CompatibilityLevel.NONE).fields());
            for (int i = 0; i < 400; i++) {
                QualifiedSubject subject =
                        QualifiedSubject.of(List.of("a", "b", ":.eu:a").get(random.nextInt(3)));
                try {
                    act(store, subject, random);
                } catch (RegistryException e) {
                    refusals.add(e.code() + " " + e.getMessage());
                }
            }
            assertThat(refusals).hasSizeBetween(20, 380);
            try (SubjectStore whole = log.node();
                    SubjectStore later = log.compacted().node()) {
                assertThat(all(whole)).isEqualTo(all(store));
                assertThat(all(later)).isEqualTo(all(store));
            }
        }
    }

    private static void act(SubjectStore store, QualifiedSubject subject, Random random) {
        StoredSchema schema = record("R" + random.nextInt(6), "");
        OptionalInt version = OptionalInt.of(1 + random.nextInt(6));
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> register(store, subject, schema);
            case 3 ->
                store.register(subject, new Asked(schema, OptionalInt.of(1 + random.nextInt(30)), version, false));
            case 4 -> store.delete(subject, random.nextBoolean());
            case 5 -> store.delete(subject, version, false);
            case 6 -> store.delete(subject, version, true);
            case 7 -> store.settings().setMode(subject, RegistryMode.IMPORT, random.nextBoolean());
            default -> store.settings().clearMode(subject);
        }
    }

    @Test
    void aContextIsAnnouncedBeforeItsFirstSchema() {
        SharedLog log = new SharedLog();
        QualifiedSubject elsewhere = QualifiedSubject.of(":.eu:line");
        try (SubjectStore store = log.node()) {
            register(store, elsewhere, TEXT);
            register(store, QualifiedSubject.of(":.eu:order"), TEXT);
            register(store, LINE, TEXT);
            assertThat(log.changes())
                    .filteredOn(Change.ContextStored.class::isInstance)
                    .containsExactly(new Change.ContextStored(".eu"))
                    .first()
                    .isSameAs(log.changes().get(0));

            deleteForGood(store, elsewhere);
            deleteForGood(store, QualifiedSubject.of(":.eu:order"));
            try (SubjectStore later = log.compacted().node()) {
                assertThat(later.contexts()).isEqualTo(store.contexts()).containsExactly(".", ".eu");
            }
        }
    }

    private static Change.SchemaStored stored(String subject, int version, int id, StoredSchema schema) {
        return new Change.SchemaStored(subject, version, id, schema, false);
    }

    @Test
    void anIdThatWasGivenTwiceKeepsItsFirstMeaning() {
        Registrations state = new Registrations();
        state.apply(stored("s", 1, 7, TEXT));
        state.apply(stored("t", 1, 7, NUMBER));
        ContextSchemas schemas = state.schemas(".");

        assertThat(schemas.schema(7)).contains(TEXT);
        assertThat(state.versions("t")).isEmpty();
        assertThat(state.duplicates()).isOne();
        // What was left out is another schema, of another id; its version stays used up.
        assertThat(schemas.idFor(Guids.of(NUMBER))).isEqualTo(8);
        assertThat(state.highestVersion("t")).isOne();

        state.apply(stored("u", 1, schemas.idFor(Guids.of(TEXT)), TEXT));
        state.apply(new Change.SchemaRemoved("t", 1));
        assertThat(schemas.schema(7)).contains(TEXT);
        assertThat(schemas.idFor(Guids.of(TEXT))).isEqualTo(7);
    }

    @Test
    void aVersionThatIsWrittenAgainUnderItsIdMayDiffer() {
        Registrations state = new Registrations();
        state.apply(stored("s", 1, 7, TEXT));
        state.apply(stored("s", 1, 7, NUMBER));

        assertThat(state.schemas(".").schema(7)).contains(NUMBER);
        assertThat(state.schemas(".").idFor(Guids.of(TEXT))).isEqualTo(8);
        assertThat(state.schemas(".").idFor(Guids.of(NUMBER))).isEqualTo(7);
    }

    @Test
    void metadataUnderOneIdMayDiffer() {
        StoredSchema tagged =
                TEXT.with(Optional.of(Json.read("{\"properties\":{\"owner\":\"shop\"}}")), Optional.empty());
        Registrations state = new Registrations();
        state.apply(stored("s", 1, 7, TEXT));
        state.apply(stored("t", 1, 7, tagged));

        assertThat(state.versions("t"))
                .singleElement()
                .extracting(SubjectVersion::schema)
                .isEqualTo(tagged);
        assertThat(state.schemas(".").schema(7)).contains(TEXT);
        state.apply(new Change.SchemaRemoved("s", 1));
        state.apply(new Change.SchemaRemoved("t", 1));
        assertThat(state.schemas(".").schema(7)).isEmpty();
        assertThat(state.schemas(".").idFor(Guids.of(TEXT))).isEqualTo(8);
    }
}
