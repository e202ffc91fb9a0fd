package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A service and its registry, which goes away, hangs, fails and comes back. HTTP is real; the pauses between calls pass in a
 * time of their own, so that nothing here waits for them.
 */
@Timeout(60)
class RegistryOutageTest {

    private static final Subject SUBJECT = new Subject("orders-value");
    private static final EventSchema SCHEMA = EventSchema.of(SchemaFormat.AVRO, "\"string\"");
    private static final String ANSWER =
            "{\"subject\":\"orders-value\",\"id\":7,\"version\":1,\"schema\":\"\\\"string\\\"\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SteppedClock clock = new SteppedClock();
    private volatile ScriptedServer.Script script = RegistryOutageTest::good;
    private final ScriptedServer server = new ScriptedServer((exchange, closing) -> script.answer(exchange, closing));
    private final RegistryConfig config = RegistryConfig.of(server.url())
            .withTimeouts(PATIENCE, PATIENCE, PATIENCE)
            .withRetries(RetryConfig.none());
    private final RegistryConnection registry = cached(config);

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    private RegistryConnection cached(RegistryConfig settings) {
        return cached(settings, CacheConfig.standard());
    }

    private RegistryConnection cached(RegistryConfig settings, CacheConfig caches) {
        return CachingRegistry.of(
                new HttpRegistry(new HttpCalls(settings, clock), false),
                caches,
                clock::nanos,
                CacheThreads.of(Runnable::run));
    }

    private static void good(HttpExchange exchange, CountDownLatch closing) throws IOException {
        boolean byId = exchange.getRequestURI().getPath().startsWith("/schemas/ids/");
        ScriptedServer.send(exchange, 200, ScriptedServer.JSON, byId ? "{\"schema\":\"\\\"string\\\"\"}" : ANSWER);
    }

    private static ScriptedServer.Script status(int status) {
        return (exchange, closing) -> ScriptedServer.send(
                exchange, status, ScriptedServer.JSON, "{\"error_code\":" + status + ",\"message\":\"no\"}");
    }

    private RegistryUnavailableException failure(int id) {
        RegistryUnavailableException failure =
                catchThrowableOfType(RegistryUnavailableException.class, () -> registry.byId(new SchemaId(id)));
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void whatIsKnownGoesOnWorkingAndWhatIsNewWorksAgainSixSecondsAfterTheRegistryIsBack() {
        registry.byId(new SchemaId(1));
        registry.register(SUBJECT, SCHEMA);
        registry.latest(SUBJECT);
        script = status(503);
        for (int id = 100; id < 200; id++) {
            failure(id);
            assertThat(registry.byId(new SchemaId(1))).isEqualTo(SCHEMA);
            assertThat(registry.register(SUBJECT, SCHEMA).id()).isEqualTo(new SchemaId(7));
            assertThat(registry.latest(SUBJECT).schema()).isEqualTo(SCHEMA);
        }
        assertThat(registry.health().isDegraded()).isTrue();

        script = RegistryOutageTest::good;
        clock.pass(Duration.ofSeconds(6));
        assertThat(registry.byId(new SchemaId(300))).isEqualTo(SCHEMA);
        assertThat(registry.health().isDegraded()).isFalse();
        assertThat(registry.health().lastFailure()).isEmpty();
    }

    @Test
    void aRegistryThatFailsIsProbedOncePerIntervalByAllThreadsTogether() throws Exception {
        script = status(500);
        AtomicInteger ids = new AtomicInteger();
        inParallel(200, () -> failure(ids.incrementAndGet()));
        int untilOpen = server.requests().size();
        for (int interval = 1; interval <= 5; interval++) {
            clock.pass(Breaker.OPEN);
            inParallel(200, () -> failure(ids.incrementAndGet()));
            assertThat(server.requests()).hasSize(untilOpen + interval);
        }
        assertThat(registry.metrics().circuit()).isEqualTo(CircuitState.OPEN);

        // The control: who shares no breaker asks each time.
        for (int i = 1; i <= 20; i++) {
            int id = i;
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> RegistryConnection.open(config).byId(new SchemaId(id)));
        }
        assertThat(server.requests()).hasSize(untilOpen + 5 + 20);
    }

    @Test
    void aRegistryThatHangsCostsOneDeadlineAndThenNothing() {
        Duration read = Duration.ofMillis(300);
        Duration deadline = Duration.ofMillis(700);
        script = (exchange, closing) -> closing.await();
        try (RegistryConnection hurried = RegistryConnection.cached(
                RegistryConnection.open(RegistryConfig.of(server.url())
                        .withTimeouts(read, read, deadline)
                        .withRetries(new RetryConfig(10, Duration.ofMillis(1), Duration.ofMillis(1)))),
                CacheConfig.standard())) {
            Duration first = timeToFail(hurried, 1);
            // Two read timeouts and what is left of the deadline; on a busy machine a little more.
            assertThat(first).isBetween(read, deadline.plusMillis(1_500));
            timeToFail(hurried, 2);
            int asked = server.requests().size();
            assertThat(hurried.health().circuit()).isEqualTo(CircuitState.OPEN);

            for (int id = 10; id < 110; id++) {
                timeToFail(hurried, id);
            }
            assertThat(server.requests()).hasSize(asked);
        }
    }

    private static Duration timeToFail(RegistryConnection registry, int id) {
        long began = System.nanoTime();
        assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(() -> registry.byId(new SchemaId(id)));
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Test
    void aBurstOfFailuresIsOutlastedByRetries() {
        AtomicInteger asked = new AtomicInteger();
        script = (exchange, closing) -> {
            if (asked.incrementAndGet() <= 3) {
                status(502).answer(exchange, closing);
            } else {
                good(exchange, closing);
            }
        };
        try (RegistryConnection retrying = cached(config.withRetries(RetryConfig.standard()))) {
            assertThat(retrying.byId(new SchemaId(1))).isEqualTo(SCHEMA);
            assertThat(retrying.metrics().retries()).isEqualTo(3);
            assertThat(retrying.metrics().requests()).isEqualTo(4);
            assertThat(clock.sleeps())
                    .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
        }
        // The control: without retries the first failure is the caller's.
        asked.set(0);
        assertThat(failure(2).code()).isEqualTo(502);
    }

    @Test
    void theTimeInRetryAfterIsKeptByTheWholeClient() {
        script = (exchange, closing) -> {
            exchange.getResponseHeaders().set("Retry-After", "4");
            status(429).answer(exchange, closing);
        };
        assertThat(failure(1).retryAfter()).contains(Duration.ofSeconds(4));
        assertThat(registry.health().throttledFor()).isEqualTo(Duration.ofSeconds(4));
        script = RegistryOutageTest::good;

        registry.byId(new SchemaId(2));
        assertThat(clock.sleeps()).containsExactly(Duration.ofSeconds(4));
    }

    @Test
    void aDateInRetryAfterIsKeptToo() {
        script = (exchange, closing) -> {
            String then = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30));
            exchange.getResponseHeaders().set("Retry-After", then);
            status(429).answer(exchange, closing);
        };
        assertThat(failure(1).retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(31));

        // Longer than this call may take, so it isn't even begun.
        assertThat(failure(2)).hasMessageContaining("asked to be left alone for another");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void manyThreadsWithOneNewIdMakeOneRequestWhileTheRegistryFails() throws Exception {
        CountDownLatch everybodyWaits = new CountDownLatch(1);
        script = (exchange, closing) -> {
            everybodyWaits.await();
            status(500).answer(exchange, closing);
        };
        ExecutorService threads = Executors.newFixedThreadPool(200);
        try {
            List<Future<RegistryUnavailableException>> failures = new ArrayList<>();
            CountDownLatch begun = new CountDownLatch(200);
            for (int i = 0; i < 200; i++) {
                failures.add(threads.submit(() -> {
                    begun.countDown();
                    return failure(1);
                }));
            }
            begun.await();
            everybodyWaits.countDown();
            for (Future<RegistryUnavailableException> failure : failures) {
                assertThat(failure.get().code()).isEqualTo(500);
            }
        } finally {
            threads.shutdownNow();
        }
        // Stragglers may begin after the first answer, but five failures end it.
        assertThat(server.requests()).hasSizeBetween(1, Breaker.FAILURES);
    }

    @Test
    void aNewLatestVersionIsSeenAgainAfterAnOutage() {
        CacheConfig minutes = CacheConfig.standard().withLatestTtl(Duration.ofMinutes(1));
        try (RegistryConnection minutely = cached(config, minutes)) {
            minutely.latest(SUBJECT);
            script = status(500);
            clock.pass(Duration.ofMinutes(5));
            for (int i = 0; i < 100; i++) {
                assertThat(minutely.latest(SUBJECT).version()).isEqualTo(1);
            }
            assertThat(server.requests()).hasSize(2);
            assertThat(minutely.metrics().staleAnswers()).isEqualTo(100);

            script = (exchange, closing) ->
                    ScriptedServer.send(exchange, 200, ScriptedServer.JSON, ANSWER.replace(":1,", ":2,"));
            clock.pass(Duration.ofSeconds(6));
            assertThat(minutely.latest(SUBJECT).version()).isEqualTo(2);
        }
    }

    /** In real time: whoever waited for the registry would wait for its 20 s, and more than once. */
    @Test
    void aLatestVersionThatIsKnownIsHadWithinAMomentWhileTheRegistryHangs() {
        CacheConfig minute = CacheConfig.standard().withLatest(10, Duration.ofMinutes(1));
        try (RegistryConnection minutely =
                CachingRegistry.of(new HttpRegistry(new HttpCalls(config), false), minute, clock::nanos)) {
            minutely.latest(SUBJECT);
            clock.pass(Duration.ofMinutes(2));
            script = (exchange, closing) -> closing.await();

            long began = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThat(minutely.latest(SUBJECT).version()).isEqualTo(1);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE.dividedBy(2));
            assertThat(minutely.metrics().staleAnswers()).isEqualTo(100);

            // The control: without an answer to fall back on, it is waited for.
            RegistryConfig impatient = config.withTimeouts(PATIENCE, Duration.ofMillis(300), PATIENCE);
            try (RegistryConnection other = cached(impatient, minute)) {
                assertThatExceptionOfType(RegistryUnavailableException.class)
                        .isThrownBy(() -> other.latest(SUBJECT))
                        .withMessageContaining("within 300 ms");
            }
        }
    }

    @Test
    void whoIsTurnedAwayAsksOnceASecond() {
        int asked = 0;
        for (ScriptedServer.Script no : List.of(
                status(401),
                status(403),
                (exchange, closing) -> ScriptedServer.send(exchange, 200, "text/html", "<html>Sign in</html>"))) {
            script = no;
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> registry.byId(new SchemaId(7)))
                        .isInstanceOfAny(RegistryAccessException.class, NotARegistryException.class);
                assertThatThrownBy(() -> registry.register(SUBJECT, SCHEMA))
                        .isInstanceOfAny(RegistryAccessException.class, NotARegistryException.class);
                assertThatThrownBy(() -> registry.latest(SUBJECT))
                        .isInstanceOfAny(RegistryAccessException.class, NotARegistryException.class);
            }
            asked += 3;
            assertThat(server.requests()).hasSize(asked);
            clock.pass(Duration.ofSeconds(1));
        }

        script = RegistryOutageTest::good;
        assertThat(registry.byId(new SchemaId(7))).isEqualTo(SCHEMA);
        assertThat(registry.register(SUBJECT, SCHEMA).id()).isEqualTo(new SchemaId(7));
    }

    @Test
    void numbersSayWhatHappened() {
        registry.byId(new SchemaId(1));
        registry.byId(new SchemaId(1));
        script = status(404);
        assertThatExceptionOfType(NotARegistryException.class).isThrownBy(() -> registry.byId(new SchemaId(2)));
        script = status(500);
        failure(3);

        RegistryMetrics metrics = registry.metrics();
        assertThat(metrics.hits()).isEqualTo(1);
        assertThat(metrics.misses()).isEqualTo(3);
        assertThat(metrics.hitRate()).isEqualTo(0.25);
        assertThat(metrics.loads()).isEqualTo(1);
        assertThat(metrics.failedLoads()).isEqualTo(2);
        assertThat(metrics.meanLoadTime()).isPositive();
        assertThat(metrics.requests()).isEqualTo(3);
        assertThat(metrics.failures()).isEqualTo(1);
        assertThat(metrics.entries()).isEqualTo(1);
        assertThat(metrics.bytes()).isPositive();
        assertThat(metrics.circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(registry.health().lastFailure().orElseThrow()).contains("code 500");
    }

    private static void inParallel(int count, Callable<?> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Object>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                calls.add(call::call);
            }
            for (Future<Object> result : threads.invokeAll(calls)) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
