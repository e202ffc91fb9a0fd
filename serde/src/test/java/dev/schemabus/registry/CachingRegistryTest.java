package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How often the registry is really asked. */
class CachingRegistryTest {

    private static final Subject SUBJECT = new Subject("orders-value");
    private static final EventSchema SCHEMA = EventSchema.of(SchemaFormat.AVRO, "\"string\"");
    private static final String ANSWER =
            "{\"subject\":\"orders-value\",\"id\":7,\"version\":1,\"schema\":\"\\\"string\\\"\"}";

    private final AtomicLong nanos = new AtomicLong();

    private RegistryConnection cached(ScriptedServer server, Duration latestTtl) {
        return cached(server, CacheConfig.standard().withLatestTtl(latestTtl));
    }

    private RegistryConnection cached(ScriptedServer server, CacheConfig config) {
        RegistryConfig once = RegistryConfig.of(server.url()).withRetries(RetryConfig.none());
        return CachingRegistry.of(RegistryConnection.open(once), config, nanos::get);
    }

    @Test
    void whatCannotChangeIsAskedOnce() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, ANSWER);
                RegistryConnection registry = cached(server, Duration.ofMinutes(1))) {
            for (int i = 0; i < 3; i++) {
                registry.byId(new SchemaId(7));
                registry.byGuid(new SchemaGuid(new UUID(0, 7)));
                registry.register(SUBJECT, SCHEMA);
                registry.lookup(SUBJECT, SCHEMA);
                nanos.addAndGet(Duration.ofDays(1).toNanos());
            }
            assertThat(server.requests())
                    .containsExactly(
                            "GET /schemas/ids/7",
                            "GET /schemas/guids/00000000-0000-0000-0000-000000000007",
                            "POST /subjects/orders-value/versions",
                            "POST /subjects/orders-value");
        }
    }

    @Test
    void theLatestVersionIsAskedForAgainWhenItsTimeIsOver() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, ANSWER);
                RegistryConnection registry = cached(server, Duration.ofSeconds(60))) {
            registry.latest(SUBJECT);
            nanos.addAndGet(Duration.ofSeconds(44).toNanos());
            registry.latest(SUBJECT);
            assertThat(server.requests()).hasSize(1);

            nanos.addAndGet(Duration.ofSeconds(17).toNanos());
            registry.latest(SUBJECT);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aSubjectThatHangsHoldsUpNoOther() {
        AtomicInteger versions = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
                    boolean orders = exchange.getRequestURI().getPath().contains("orders-value");
                    int version = versions.incrementAndGet();
                    if (version > 2 && orders) {
                        closing.await();
                    }
                    String answer = ANSWER.replace("\"version\":1", "\"version\":" + version);
                    ScriptedServer.send(
                            exchange,
                            200,
                            ScriptedServer.JSON,
                            orders ? answer : answer.replace("orders-value", "others-value"));
                });
                RegistryConnection registry = cached(server, Duration.ofSeconds(60))) {
            Subject other = new Subject("others-value");
            registry.latest(SUBJECT);
            assertThat(registry.latest(other).version()).isEqualTo(2);
            nanos.addAndGet(Duration.ofSeconds(50).toNanos());
            registry.latest(SUBJECT);
            nanos.addAndGet(Duration.ofSeconds(11).toNanos());

            assertThat(registry.latest(other).version()).isGreaterThan(2);
            assertThat(registry.metrics().staleAnswers()).isZero();
        }
    }

    @Test
    void registeringMakesTheKnownLatestVersionOld() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, ANSWER);
                RegistryConnection registry = cached(server, Duration.ofMillis(-1))) {
            registry.latest(SUBJECT);
            registry.register(SUBJECT, SCHEMA);
            registry.latest(SUBJECT);

            assertThat(server.requests())
                    .filteredOn("GET /subjects/orders-value/versions/latest"::equals)
                    .hasSize(2);
        }
    }

    @Test
    void aDeletionWithoutAnAnswerMayHaveBeenDone() {
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
                    boolean deletion = exchange.getRequestMethod().equals("DELETE");
                    ScriptedServer.send(exchange, deletion ? 504 : 200, ScriptedServer.JSON, deletion ? "{}" : ANSWER);
                });
                RegistryConnection registry = cached(server, Duration.ofMillis(-1))) {
            List<Runnable> deletions = List.of(
                    () -> registry.delete(SUBJECT),
                    () -> registry.delete(new SubjectVersion(SUBJECT, 1)),
                    () -> registry.deletePermanently(SUBJECT),
                    () -> registry.deletePermanently(new SubjectVersion(SUBJECT, 1)));
            registry.register(SUBJECT, SCHEMA);
            for (Runnable deletion : deletions) {
                int asked = server.requests().size();
                assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(deletion::run);
                registry.register(SUBJECT, SCHEMA);
                assertThat(server.requests()).hasSize(asked + 2);
            }
        }
    }

    @Test
    void theLatestVersionMayBeAskedForAnew() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, ANSWER);
                RegistryConnection registry = cached(server, Duration.ofMillis(-1))) {
            registry.latest(SUBJECT);
            registry.freshLatest(SUBJECT);
            assertThat(server.requests()).hasSize(2);

            registry.latest(SUBJECT);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aRefusedSchemaIsNotOfferedAgainUntilItsTimeIsOver() {
        String body = "{\"error_code\":40901,\"message\":\"Incompatible\"}";
        try (ScriptedServer server = ScriptedServer.answering(409, ScriptedServer.JSON, body);
                RegistryConnection registry = cached(server, Duration.ZERO)) {
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(SchemaRefusedException.class)
                        .isThrownBy(() -> registry.register(SUBJECT, SCHEMA))
                        .withMessageContaining("Incompatible")
                        .satisfies(e -> assertThat(e.code()).isEqualTo(40901));
            }
            assertThat(server.requests()).hasSize(1);

            nanos.addAndGet(Duration.ofMillis(5_001).toNanos());
            assertThatExceptionOfType(SchemaRefusedException.class)
                    .isThrownBy(() -> registry.register(SUBJECT, SCHEMA));
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void anotherFailureIsNotCached() {
        AtomicInteger calls = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
                    boolean known = calls.incrementAndGet() > 1;
                    ScriptedServer.send(
                            exchange,
                            known ? 200 : 500,
                            ScriptedServer.JSON,
                            known ? ANSWER : "{\"error_code\":50002,\"message\":\"Timed out\"}");
                });
                RegistryConnection registry = cached(server, Duration.ZERO)) {
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> registry.byId(new SchemaId(7)));
            assertThat(registry.byId(new SchemaId(7))).isEqualTo(SCHEMA);
        }
    }

    private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

    @Test
    void whatIsMissingIsNotAskedForAgainUntilItsTimeIsOver() {
        CacheConfig config = CacheConfig.standard()
                .withMissingTtls(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
        try (ScriptedServer server = ScriptedServer.answering(404, ScriptedServer.JSON, UNKNOWN);
                RegistryConnection registry = cached(server, config)) {
            List<Runnable> calls = List.of(
                    () -> registry.byId(new SchemaId(7)),
                    () -> registry.byGuid(new SchemaGuid(new UUID(0, 7))),
                    () -> registry.latest(SUBJECT),
                    () -> registry.latestWith(SUBJECT, Map.of("stage", "a b")),
                    () -> registry.lookup(SUBJECT, SCHEMA));
            String[] requests = {
                "GET /schemas/ids/7",
                "GET /schemas/guids/00000000-0000-0000-0000-000000000007",
                "GET /subjects/orders-value/versions/latest",
                "GET /subjects/orders-value/metadata?key=stage&value=a%20b",
                "POST /subjects/orders-value"
            };
            for (int i = 0; i < 3; i++) {
                calls.forEach(CachingRegistryTest::assertMissing);
            }
            assertThat(server.requests()).containsExactly(requests);

            nanos.addAndGet(Duration.ofMillis(1001).toNanos());
            calls.forEach(CachingRegistryTest::assertMissing);
            assertThat(server.requests()).hasSize(7).endsWith(requests[0], requests[1]);

            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            calls.forEach(CachingRegistryTest::assertMissing);
            assertThat(server.requests()).hasSize(11).endsWith(requests[0], requests[1], requests[2], requests[3]);
        }
    }

    private static void assertMissing(Runnable call) {
        assertThatExceptionOfType(SchemaNotFoundException.class)
                .isThrownBy(call::run)
                .withMessageContaining("Schema not found")
                .satisfies(e -> assertThat(e.code()).isEqualTo(40403));
    }

    @Test
    void whatIsRegisteredIsMissingNoLonger() {
        CacheConfig config =
                CacheConfig.standard().withMissingTtls(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));
        AtomicInteger calls = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
                    boolean known = calls.incrementAndGet() > 3;
                    ScriptedServer.send(exchange, known ? 200 : 404, ScriptedServer.JSON, known ? ANSWER : UNKNOWN);
                });
                RegistryConnection registry = cached(server, config)) {
            assertMissing(() -> registry.byId(new SchemaId(7)));
            assertMissing(() -> registry.latest(SUBJECT));
            assertMissing(() -> registry.lookup(SUBJECT, SCHEMA));

            registry.register(SUBJECT, SCHEMA);

            assertThat(registry.byId(new SchemaId(7))).isEqualTo(SCHEMA);
            assertThat(registry.latest(SUBJECT).schema()).isEqualTo(SCHEMA);
            assertThat(registry.lookup(SUBJECT, SCHEMA).schema()).isEqualTo(SCHEMA);
        }
    }

    @Test
    void versionsWithMetadataAreKeptLikeLatestOnes() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, ANSWER);
                RegistryConnection registry = cached(server, Duration.ofSeconds(60))) {
            for (int i = 0; i < 3; i++) {
                registry.latestWith(SUBJECT, Map.of("b", "2", "a", "1"));
                registry.latestWith(SUBJECT, Map.of("a", "2"));
            }
            assertThat(server.requests())
                    .containsExactly(
                            "GET /subjects/orders-value/metadata?key=a&value=1&key=b&value=2",
                            "GET /subjects/orders-value/metadata?key=a&value=2");
        }
    }

    @Test
    void theNormalFormIsAskedForWhereItCounts() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, ANSWER);
                RegistryConnection registry =
                        RegistryConnection.open(RegistryConfig.of(server.url()).withNormalize(true))) {
            registry.register(SUBJECT, SCHEMA);
            registry.lookup(SUBJECT, SCHEMA);
            registry.latest(SUBJECT);

            assertThat(server.requests())
                    .containsExactly(
                            "POST /subjects/orders-value/versions?normalize=true",
                            "POST /subjects/orders-value?normalize=true",
                            "GET /subjects/orders-value/versions/latest");
        }
    }

    @Test
    void manyThreadsWithOneNewIdMakeOneRequest() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, ANSWER);
                RegistryConnection registry = cached(server, Duration.ZERO);
                RegistryConnection control = RegistryConnection.open(server.url())) {
            inParallel(() -> control.byId(new SchemaId(7)));
            assertThat(server.requests()).hasSize(THREADS);

            inParallel(() -> registry.byId(new SchemaId(7)));
            assertThat(server.requests()).hasSize(THREADS + 1);
        }
    }

    private static final int THREADS = 200;

    private static void inParallel(Callable<EventSchema> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<EventSchema>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                calls.add(call);
            }
            for (Future<EventSchema> result : threads.invokeAll(calls)) {
                assertThat(result.get()).isEqualTo(SCHEMA);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
