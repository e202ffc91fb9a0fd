package dev.schemabus.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.Registration;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a schema registry owes to serializers and operators, whatever it is reached through. Every test makes subjects
 * and schemas of its own, so the registry need not be empty; the one test that changes a global setting puts it back.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class SchemaRegistryContract {

    private static final int THREADS = 16;

    private final String unique = UUID.randomUUID().toString().replace("-", "");
    private final Subject subject = new Subject("contract-" + unique + "-value");

    @SuppressWarnings("NullAway.Init") // set before each test
    private RegistryConnection registry;

    /** Opens a connection to the registry under test. It is closed after each test. */
    protected abstract RegistryConnection open();

    @BeforeEach
    void connect() {
        registry = open();
    }

    @AfterEach
    void disconnect() {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRegisteredIsFoundInEveryWay(SchemaFormat format) {
        EventSchema schema = schema(format, "Placed", "a");
        Registration registration = registry.register(subject, schema);

        assertThat(registry.byId(registration.id())).isEqualTo(schema);
        RegisteredSchema expected = new RegisteredSchema(subject, 1, registration.id(), registration.guid(), schema);
        assertThat(registry.latest(subject)).isEqualTo(expected);
        assertThat(registry.version(subject, 1)).isEqualTo(expected);
        assertThat(registry.lookup(subject, schema)).isEqualTo(expected);
        assertThat(registry.versions(subject)).containsExactly(1);
        assertThat(registry.subjects()).contains(subject);
    }

    @Test
    void registeringAgainKeepsIdAndVersion() {
        EventSchema schema = avro("Placed", "a");
        Registration first = registry.register(subject, schema);

        assertThat(registry.register(subject, schema)).isEqualTo(first);
        assertThat(registry.versions(subject)).containsExactly(1);
    }

    @Test
    void theSameSchemaHasTheSameIdUnderEverySubject() {
        EventSchema schema = avro("Placed", "a");
        Subject other = new Subject("contract-" + unique + "-other");
        Registration first = registry.register(subject, schema);

        assertThat(registry.register(other, schema)).isEqualTo(first);
        assertThat(registry.lookup(other, schema).version()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aGuidFindsTheSchemaThatItNames(SchemaFormat format) {
        SchemaGuid guid = guidOf(schema(format, "Placed", "a"));
        SchemaGuid other = guidOf(schema(format, "Cancelled", "a"));

        assertThat(other).isNotEqualTo(guid);
        assertThat(registry.byGuid(guid)).isEqualTo(schema(format, "Placed", "a"));
        assertThat(registry.byGuid(other)).isEqualTo(schema(format, "Cancelled", "a"));
    }

    @Test
    void anUnknownGuidIsNotFound() {
        guidOf(avro("Placed", "a"));

        assertNotFound(40403, () -> registry.byGuid(new SchemaGuid(UUID.randomUUID())));
    }

    /** Registers under a subject of the schema's own. Registries from before the 8.x line know no GUIDs. */
    private SchemaGuid guidOf(EventSchema schema) {
        Subject own = new Subject(subject.name() + "-" + schema.name().orElseThrow());
        Optional<SchemaGuid> guid = registry.register(own, schema).guid();
        assumeTrue(guid.isPresent(), "Skipping GUIDs: this registry's answers have none");
        assertThat(registry.latest(own).guid()).isEqualTo(guid);
        assertThat(registry.lookup(own, schema).guid()).isEqualTo(guid);
        return guid.get();
    }

    @Test
    void aCompatibleSchemaBecomesTheNextVersion() {
        registry.setCompatibility(subject, CompatibilityLevel.BACKWARD);
        Registration first = registry.register(subject, avro("Placed", "a", "b"));
        EventSchema next = avro("Placed", "a");
        Registration second = registry.register(subject, next);

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(registry.versions(subject)).containsExactly(1, 2);
        assertThat(registry.latest(subject))
                .isEqualTo(new RegisteredSchema(subject, 2, second.id(), second.guid(), next));
        assertThat(registry.version(subject, 1).id()).isEqualTo(first.id());
    }

    @Test
    void subjectsAreSorted() {
        Subject a = new Subject("contract-" + unique + "-a");
        Subject b = new Subject("contract-" + unique + "-b");
        registry.register(b, avro("Placed", "a"));
        registry.register(a, avro("Placed", "a"));

        assertThat(registry.subjects()).isSorted().containsSubsequence(a, b);
    }

    @Test
    void anUnknownSubjectIsNotFound() {
        assertNotFound(40401, () -> registry.latest(subject));
        assertNotFound(40401, () -> registry.version(subject, 1));
        assertNotFound(40401, () -> registry.versions(subject));
        assertNotFound(40401, () -> registry.lookup(subject, avro("Placed", "a")));
    }

    @Test
    void anUnknownVersionIsNotFound() {
        registry.register(subject, avro("Placed", "a"));

        assertNotFound(40402, () -> registry.version(subject, 2));
    }

    @Test
    void anUnknownSchemaIsNotFound() {
        registry.register(subject, avro("Placed", "a"));

        assertNotFound(40403, () -> registry.lookup(subject, avro("Placed", "b")));
        assertNotFound(40403, () -> registry.byId(new SchemaId(Integer.MAX_VALUE)));
    }

    private static void assertNotFound(int code, Runnable call) {
        assertThatExceptionOfType(SchemaNotFoundException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @EnumSource
    void anIncompatibleSchemaIsRefusedWithReasons(SchemaFormat format) {
        registry.setCompatibility(subject, CompatibilityLevel.BACKWARD);
        EventSchema before = schema(format, "Placed", "amount");
        registry.register(subject, before);
        EventSchema breaking = retyped(format, "Placed", "amount");

        assertThatExceptionOfType(SchemaRefusedException.class)
                .isThrownBy(() -> registry.register(subject, breaking))
                .satisfies(e -> assertThat(e.code()).isEqualTo(40901))
                .withMessageContaining("amount");
        assertThat(registry.incompatibilities(subject, breaking))
                .isNotEmpty()
                .anySatisfy(reason -> assertThat(reason).contains("amount"));
        assertThat(registry.latest(subject).schema()).isEqualTo(before);
    }

    @Test
    void aSchemaThatMayComeNextHasNothingAgainstIt() {
        registry.setCompatibility(subject, CompatibilityLevel.BACKWARD);
        assertThat(registry.incompatibilities(subject, avro("Placed", "a", "b")))
                .isEmpty();
        registry.register(subject, avro("Placed", "a", "b"));

        assertThat(registry.incompatibilities(subject, avro("Placed", "a"))).isEmpty();
        assertThat(registry.versions(subject)).containsExactly(1);
    }

    @Test
    void levelNoneLetsEverythingPass() {
        registry.setCompatibility(subject, CompatibilityLevel.NONE);
        registry.register(subject, avro("Placed", "a"));
        registry.register(subject, retyped(SchemaFormat.AVRO, "Placed", "a"));

        assertThat(registry.versions(subject)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @EnumSource
    void aSubjectKeepsTheLevelItWasGiven(CompatibilityLevel level) {
        assertThat(registry.compatibility(subject)).isEmpty();
        registry.setCompatibility(subject, level);

        assertThat(registry.compatibility(subject)).contains(level);
    }

    @Test
    void theGlobalLevelCountsForSubjectsWithoutOneOfTheirOwn() {
        CompatibilityLevel before = registry.compatibility();
        registry.register(subject, avro("Placed", "a"));
        try {
            registry.setCompatibility(CompatibilityLevel.NONE);
            assertThat(registry.compatibility()).isEqualTo(CompatibilityLevel.NONE);
            assertThat(registry.compatibility(subject)).isEmpty();
            registry.register(subject, retyped(SchemaFormat.AVRO, "Placed", "a"));
        } finally {
            registry.setCompatibility(before);
        }
        assertThat(registry.versions(subject)).containsExactly(1, 2);
        assertThat(registry.compatibility()).isEqualTo(before);
    }

    @Test
    void aReadOnlySubjectRefusesNewSchemasAndServesTheOldOnes() {
        EventSchema old = avro("Placed", "a", "b");
        SchemaId id = registry.register(subject, old).id();
        assertThat(registry.mode(subject)).isEmpty();
        registry.setMode(subject, RegistryMode.READONLY);

        assertThat(registry.mode(subject)).contains(RegistryMode.READONLY);
        assertThatExceptionOfType(SchemaRefusedException.class)
                .isThrownBy(() -> registry.register(subject, avro("Placed", "a")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(42205));
        assertThat(registry.byId(id)).isEqualTo(old);

        registry.setMode(subject, RegistryMode.READWRITE);
        registry.register(subject, avro("Placed", "a"));
        assertThat(registry.versions(subject)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "größe-日本語-🚚",
                "shop/orders/value",
                "with space+plus%20percent",
                "a?b#c&d=e;f:g",
                "..",
                "com.example.Outer$Inner"
            })
    void aSubjectMayHoldAnyText(String text) {
        // Alone, '..' is the hard case; the others get a name of their own, so that the test can run twice.
        Subject odd = new Subject(text.equals("..") ? text : text + "-" + unique);
        EventSchema schema = EventSchema.of(SchemaFormat.AVRO, "\"string\"");
        registry.register(odd, schema);

        assertThat(registry.latest(odd).subject()).isEqualTo(odd);
        assertThat(registry.versions(odd)).containsExactly(1);
        assertThat(registry.lookup(odd, schema).subject()).isEqualTo(odd);
        assertThat(registry.subjects()).contains(odd);
        registry.setCompatibility(odd, CompatibilityLevel.FULL);
        assertThat(registry.compatibility(odd)).contains(CompatibilityLevel.FULL);
    }

    @Test
    void manyThreadsRegisteringOneNewSchemaGetOneId() throws Exception {
        EventSchema schema = avro("Placed", "a");
        List<SchemaId> ids =
                inParallel(thread -> registry.register(subject, schema).id());

        assertThat(ids).hasSize(THREADS).containsOnly(ids.get(0));
        assertThat(registry.versions(subject)).containsExactly(1);
    }

    @Test
    void manyThreadsRegisteringManySchemasGetDenseVersionsAndUniqueIds() throws Exception {
        registry.setCompatibility(subject, CompatibilityLevel.NONE);
        List<SchemaId> ids = inParallel(thread ->
                registry.register(subject, avro("Placed", "field" + thread)).id());

        assertThat(ids).hasSize(THREADS).doesNotHaveDuplicates();
        assertThat(registry.versions(subject))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, THREADS).boxed().toList());
        for (int version = 1; version <= THREADS; version++) {
            RegisteredSchema registered = registry.version(subject, version);
            assertThat(registry.byId(registered.id())).isEqualTo(registered.schema());
        }
    }

    private interface Step<T> {
        T run(int thread) throws Exception;
    }

    private static <T> List<T> inParallel(Step<T> step) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                calls.add(() -> step.run(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private EventSchema avro(String name, String... fields) {
        return schema(SchemaFormat.AVRO, name, fields);
    }

    /** A record with required strings; its name is this test's own, and so are the ids. */
    private EventSchema schema(SchemaFormat format, String name, String... fields) {
        return render(format, name, List.of(fields), "string");
    }

    /** The same fields as numbers, which no reader of the strings can promote. */
    private EventSchema retyped(SchemaFormat format, String name, String... fields) {
        return render(format, name, List.of(fields), format == SchemaFormat.AVRO ? "int" : "integer");
    }

    private EventSchema render(SchemaFormat format, String name, List<String> fields, String type) {
        StringBuilder text = new StringBuilder();
        for (String field : fields) {
            text.append(text.isEmpty() ? "" : ",")
                    .append(
                            format == SchemaFormat.AVRO
                                    ? "{\"name\":\"%s\",\"type\":\"%s\"}".formatted(field, type)
                                    : "\"%s\":{\"type\":\"%s\"}".formatted(field, type));
        }
        String template = format == SchemaFormat.AVRO
                ? "{\"type\":\"record\",\"name\":\"%s\",\"namespace\":\"shop.t%s\",\"fields\":[%s]}"
                : "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":\"%s%s\",\"type\":\"object\","
                        + "\"properties\":{%s}}";
        return EventSchema.of(format, template.formatted(name, unique, text));
    }
}
