package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaReference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that starts while its registry is away, with a file of what it met before. */
@Timeout(60)
class LastKnownTest {

    private static final Subject SUBJECT = new Subject("orders-value");
    private static final EventSchema SCHEMA = EventSchema.of(SchemaFormat.AVRO, "\"string\"");
    private static final SchemaGuid GUID = new SchemaGuid(new UUID(1, 7));
    private static final String ANSWER = "{\"subject\":\"orders-value\",\"id\":7,\"version\":3,\"guid\":\"" + GUID
            + "\",\"schema\":\"\\\"string\\\"\"}";

    @TempDir
    Path directory;

    private volatile ScriptedServer.Script script = answering(200, ANSWER);
    private final ScriptedServer server = new ScriptedServer((exchange, closing) -> script.answer(exchange, closing));

    @AfterEach
    void close() {
        server.close();
    }

    private static ScriptedServer.Script answering(int status, String body) {
        return (exchange, closing) -> ScriptedServer.send(exchange, status, ScriptedServer.JSON, body);
    }

    private Path file() {
        return directory.resolve("schemas");
    }

    /** A start of the service; what it writes, it writes at once. */
    private RegistryConnection start(Path file) {
        return start(server.url(), file);
    }

    private static RegistryConnection start(String urls, Path file) {
        return start(RegistryConfig.of(urls), file, System::nanoTime);
    }

    private static RegistryConnection start(RegistryConfig settings, Path file, Ticker ticker) {
        RegistryConfig config = settings.withTimeouts(
                        Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20))
                .withRetries(RetryConfig.none());
        return CachingRegistry.of(
                RegistryConnection.open(config),
                CacheConfig.standard().withFile(file),
                ticker,
                CacheThreads.of(Runnable::run));
    }

    private static void meet(RegistryConnection registry) {
        assertThat(registry.byId(new SchemaId(7))).isEqualTo(SCHEMA);
        assertThat(registry.byGuid(GUID)).isEqualTo(SCHEMA);
        assertThat(registry.register(SUBJECT, SCHEMA)).isEqualTo(new Registration(new SchemaId(7), Optional.of(GUID)));
        assertThat(registry.lookup(SUBJECT, SCHEMA).version()).isEqualTo(3);
        assertThat(registry.latest(SUBJECT).schema()).isEqualTo(SCHEMA);
        assertThat(registry.latestWith(SUBJECT, Map.of("stage", "live")).id()).isEqualTo(new SchemaId(7));
    }

    private static void assertAway(Runnable call) {
        assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(call::run);
    }

    @Test
    void whatWasMetBeforeWorksWithoutTheRegistry() {
        meet(start(file()));
        script = answering(503, "{}");

        RegistryConnection restarted = start(file());
        meet(restarted);

        assertThat(restarted.metrics().staleAnswers()).isEqualTo(6);
        assertThat(restarted.health().isDegraded()).isTrue();
        assertThat(restarted.health().cacheFileProblem()).isEmpty();
        assertAway(() -> restarted.byId(new SchemaId(8)));
        assertAway(() -> restarted.register(new Subject("others"), SCHEMA));

        // The control: without the file nothing works.
        RegistryConnection forgetful = start(directory.resolve("another"));
        assertAway(() -> forgetful.byId(new SchemaId(7)));
        assertAway(() -> forgetful.register(SUBJECT, SCHEMA));
    }

    @Test
    void aRegistryThatIsThereIsAskedFirst() {
        meet(start(file()));
        int asked = server.requests().size();

        meet(start(file()));
        assertThat(server.requests()).hasSize(2 * asked);
    }

    @Test
    void aLatestVersionFromTheFileIsNotBelievedOnceTheRegistryIsBack() {
        meet(start(file()));
        script = answering(503, "{}");
        RegistryConnection restarted = start(file());
        assertThat(restarted.latest(SUBJECT).version()).isEqualTo(3);

        script = answering(200, ANSWER.replace("\"version\":3", "\"version\":4"));
        assertThat(restarted.latest(SUBJECT).version()).isEqualTo(4);
    }

    @Test
    void anotherRegistrysEntriesAreNotMixedIn() {
        meet(start(file()));
        try (ScriptedServer other = ScriptedServer.answering(503, ScriptedServer.JSON, "{}")) {
            RegistryConnection elsewhere = start(other.url(), file());
            assertAway(() -> elsewhere.byId(new SchemaId(7)));
        }
    }

    @Test
    void registriesBehindOneUrlAreNotMixedUp() {
        RegistryConfig plain = RegistryConfig.of(server.url());
        List<RegistryConfig> registries = List.of(
                plain,
                plain.withHeaders(Map.of("Target-SR-Cluster", "lsrc-dev")),
                plain.withHeaders(Map.of("target-sr-cluster", "lsrc-prod")),
                plain.withBasicCredentials("dev:s3cret"),
                plain.withBasicCredentials("prod:s3cret"),
                plain.withNormalize(true));
        for (RegistryConfig registry : registries) {
            script = answering(503, "{}");
            assertAway(() -> start(registry, file(), System::nanoTime).byId(new SchemaId(7)));
            script = answering(200, ANSWER);
            meet(start(registry, file(), System::nanoTime));
        }
        script = answering(503, "{}");
        for (RegistryConfig registry : registries) {
            meet(start(registry, file(), System::nanoTime));
        }
        meet(start(plain.withBasicCredentials("dev:an0ther"), file(), System::nanoTime));
    }

    @Test
    void whatTheFileSaidIsNotBelievedOnceTheRegistryIsBack() {
        meet(start(file()));
        script = answering(503, "{}");
        AtomicLong nanos = new AtomicLong();
        RegistryConnection restarted = start(RegistryConfig.of(server.url()), file(), nanos::get);
        for (int i = 0; i < 3; i++) {
            assertThat(restarted.byId(new SchemaId(7))).isEqualTo(SCHEMA);
            assertThat(restarted.register(SUBJECT, SCHEMA).id()).isEqualTo(new SchemaId(7));
        }
        assertThat(restarted.metrics().requests()).isEqualTo(2);

        // Once more what was known, while the registry is asked in the background; then what it says.
        nanos.addAndGet(Breaker.OPEN.toNanos());
        script = answering(200, "{\"id\":7,\"schema\":\"\\\"long\\\"\"}");
        assertThat(restarted.byId(new SchemaId(7))).isEqualTo(SCHEMA);
        assertThat(restarted.byId(new SchemaId(7))).isEqualTo(EventSchema.of(SchemaFormat.AVRO, "\"long\""));
        script = answering(200, "{\"id\":8}");
        assertThat(restarted.register(SUBJECT, SCHEMA).id()).isEqualTo(new SchemaId(7));
        assertThat(restarted.register(SUBJECT, SCHEMA).id()).isEqualTo(new SchemaId(8));
    }

    @Test
    void anInterruptedThreadIsGivenNothingOld() {
        meet(start(file()));
        RegistryConnection restarted = start(file());
        Thread.currentThread().interrupt();
        assertAway(() -> restarted.byId(new SchemaId(7)));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theOrderOfItsUrlsDoesNotMakeAnotherRegistry() {
        String down = "http://127.0.0.1:1";
        meet(start(server.url() + "," + down, file()));
        script = answering(503, "{}");

        meet(start(down + "," + server.url(), file()));
    }

    @Test
    void aRegistryThatGaveAnIdToAnotherSchemaWasSetUpAnew() {
        meet(start(file()));
        script = answering(200, "{\"id\":7,\"schema\":\"\\\"long\\\"\"}");
        EventSchema other = EventSchema.of(SchemaFormat.AVRO, "\"long\"");
        assertThat(start(file()).byId(new SchemaId(7))).isEqualTo(other);
        script = answering(503, "{}");

        RegistryConnection restarted = start(file());
        assertThat(restarted.byId(new SchemaId(7))).isEqualTo(other);
        assertAway(() -> restarted.byGuid(GUID));
        assertAway(() -> restarted.register(SUBJECT, SCHEMA));
    }

    @Test
    void damagedEntriesAreDroppedAndLearntAgain() throws IOException {
        meet(start(file()));
        List<String> lines = Files.readAllLines(file());
        String all = Files.readString(file()).replaceFirst("string", "strong");
        Files.writeString(file(), all, StandardCharsets.UTF_8);
        script = answering(503, "{}");

        RegistryConnection restarted = start(file());
        assertAway(() -> restarted.byId(new SchemaId(7)));
        assertThat(restarted.byGuid(GUID)).isEqualTo(SCHEMA);
        assertThat(Files.readAllLines(file())).hasSize(lines.size() - 1);

        script = answering(200, ANSWER);
        start(file()).byId(new SchemaId(7));
        script = answering(503, "{}");
        meet(start(file()));
    }

    @Test
    void aFileThatCannotBeWrittenIsGivenUpAndTheServiceGoesOn() throws IOException {
        Files.writeString(directory.resolve("taken"), "");
        Path file = directory.resolve("taken").resolve("schemas");
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            RegistryConnection registry = start(file);
            meet(registry);
            meet(registry);

            assertThat(registry.health().cacheFileProblem().orElseThrow()).contains("can't be written");
            assertThat(registry.health().isDegraded()).isFalse();
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(file.toString())))
                .singleElement()
                .asString()
                .contains("Nothing more is written there until the next start; the service goes on");
    }

    @Test
    void schemasKeepWhatTheyReferTo() {
        EventSchema leaf = EventSchema.of(SchemaFormat.AVRO, record("Leaf", "string"));
        SchemaReference toLeaf = new SchemaReference("Leaf", leaf);
        EventSchema left = EventSchema.of(SchemaFormat.AVRO, record("Left", "Leaf"), List.of(toLeaf));
        EventSchema right = EventSchema.of(SchemaFormat.AVRO, record("Right", "Leaf"), List.of(toLeaf));
        EventSchema top = EventSchema.of(
                SchemaFormat.AVRO,
                "{\"type\":\"record\",\"name\":\"Top\",\"fields\":[{\"name\":\"a\",\"type\":\"Left\"},"
                        + "{\"name\":\"b\",\"type\":\"Right\"}]}",
                List.of(new SchemaReference("Left", left), new SchemaReference("Right", right)));

        EventSchema read = DiskEntries.schema(DiskEntries.write(top));

        assertThat(read).isEqualTo(top);
        assertThat(read.inlined()).isEqualTo(top.inlined());
    }

    private static String record(String name, String type) {
        return "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[{\"name\":\"x\",\"type\":\"" + type
                + "\"}]}";
    }

    @Test
    void aLargeFileIsNotInMemoryAltogether() {
        Path file = directory.resolve("large");
        DiskCache small = new DiskCache(file, "http://a", 10_000, Runnable::run);
        for (int i = 0; i < 100; i++) {
            small.put("key" + i, "x".repeat(1_000));
        }

        assertThat(small.bytes()).isBetween(1_000L, 10_000L);
        DiskCache again = new DiskCache(file, "http://a", 10_000, Runnable::run);
        assertThat(again.bytes()).isBetween(1_000L, 10_000L);
        // The control: all of it is in the file.
        DiskCache large = new DiskCache(file, "http://a", 1_000_000, Runnable::run);
        assertThat(large.bytes()).isGreaterThan(100_000);
    }
}
