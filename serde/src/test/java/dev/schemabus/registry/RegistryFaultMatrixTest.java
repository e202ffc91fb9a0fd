package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.schemabus.registry.ScriptedServer.Script;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a registry does, with the settings that a service has if it says nothing: the call ends in the promised time with
 * an error of the right kind, nothing wrong is kept, and all is well as soon as the registry is. (docs/registry-client.md)
 */
class RegistryFaultMatrixTest {

    private static final SchemaId ID = new SchemaId(7);
    private static final EventSchema SCHEMA = EventSchema.of(SchemaFormat.AVRO, "\"string\"");
    private static final String GOOD = "{\"schema\":\"\\\"string\\\"\"}";

    private static final Duration TOTAL = RegistryConfig.DEFAULT_DEADLINE;
    private static final Duration ATTEMPT = RegistryConfig.DEFAULT_READ_TIMEOUT;

    /** What a busy machine may add. */
    private static final Duration SLACK = Duration.ofMillis(1_500);

    /** The machine's time, but that who sleeps is there at once. */
    private static final class ImpatientClock implements CallClock {

        private final AtomicLong slept = new AtomicLong();

        @Override
        public long nanos() {
            return System.nanoTime() + slept.get();
        }

        @Override
        public void sleep(long nanos) {
            slept.addAndGet(nanos);
        }

        @Override
        public double random() {
            return 0.5;
        }
    }

    private final ImpatientClock clock = new ImpatientClock();

    private RegistryConnection open(RegistryConfig config) {
        return CachingRegistry.of(
                new HttpRegistry(new HttpCalls(config, clock), false),
                CacheConfig.standard(),
                clock::nanos,
                CacheThreads.of(Runnable::run));
    }

    private static void good(HttpExchange exchange, CountDownLatch closing) throws IOException {
        ScriptedServer.send(exchange, 200, ScriptedServer.JSON, GOOD);
    }

    private static Script answer(int status, String type, String body) {
        return (exchange, closing) -> ScriptedServer.send(exchange, status, type, body);
    }

    private static Script failing(int status) {
        return answer(status, "text/html", "<h1>no</h1>");
    }

    private static Script withHeader(String name, String value, Script script) {
        return (exchange, closing) -> {
            exchange.getResponseHeaders().set(name, value);
            script.answer(exchange, closing);
        };
    }

    /** A byte now and then, so that no single wait for the next one is long. */
    private static void drip(HttpExchange exchange, CountDownLatch closing) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", ScriptedServer.JSON);
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            do {
                out.write(' ');
                out.flush();
            } while (!closing.await(50, TimeUnit.MILLISECONDS));
        }
    }

    /** A gibibyte, as announced. */
    private static void flood(HttpExchange exchange, CountDownLatch closing) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", ScriptedServer.JSON);
        exchange.sendResponseHeaders(200, 1L << 30);
        byte[] chunk = new byte[1 << 16];
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 1 << 14 && closing.getCount() > 0; i++) {
                out.write(chunk);
            }
        }
    }

    /** Sixteen mebibytes in some kilobytes. */
    private static void bomb(HttpExchange exchange, CountDownLatch closing) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"schema\":\"".getBytes(StandardCharsets.UTF_8));
            gzip.write(new byte[16 << 20]);
        }
        exchange.getResponseHeaders().set("Content-Type", ScriptedServer.JSON);
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, packed.size());
        exchange.getResponseBody().write(packed.toByteArray());
    }

    private static Arguments fault(
            String name, Script script, Class<? extends RegistryException> type, Duration bound, int requests) {
        return Arguments.of(name, script, type, bound, requests);
    }

    /** What it does, what the caller gets, within which time, and how often it is asked. */
    static Stream<Arguments> faults() {
        Class<RegistryUnavailableException> later = RegistryUnavailableException.class;
        Class<NotARegistryException> other = NotARegistryException.class;
        return Stream.of(
                fault("500", failing(500), later, TOTAL, 4),
                fault("502", failing(502), later, TOTAL, 4),
                fault("503", failing(503), later, TOTAL, 4),
                fault("504", failing(504), later, TOTAL, 4),
                fault("429", failing(429), later, TOTAL, 4),
                fault("429, in a second", withHeader("Retry-After", "1", failing(429)), later, TOTAL, 4),
                fault("429, in a minute", withHeader("Retry-After", "60", failing(429)), later, ATTEMPT, 1),
                fault("a web page", answer(200, "text/html", "<html>Hi</html>"), other, ATTEMPT, 1),
                fault("JSON as text", answer(200, "text/plain", GOOD), other, ATTEMPT, 1),
                fault("half an answer", answer(200, ScriptedServer.JSON, "{\"schema\":\"\\\"st"), other, ATTEMPT, 1),
                fault("nothing", answer(200, ScriptedServer.JSON, ""), other, ATTEMPT, 1),
                fault("a gibibyte", RegistryFaultMatrixTest::flood, other, ATTEMPT, 1),
                fault("a gzip bomb", RegistryFaultMatrixTest::bomb, other, ATTEMPT, 1),
                fault(
                        "another id's schema",
                        answer(200, ScriptedServer.JSON, "{\"id\":8,\"schema\":\"\\\"long\\\"\"}"),
                        RegistryIntegrityException.class,
                        ATTEMPT,
                        1),
                fault("a redirect", withHeader("Location", "http://127.0.0.1:1/", failing(302)), other, ATTEMPT, 1),
                fault("a lasting redirect", withHeader("Location", "/elsewhere", failing(308)), other, ATTEMPT, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultEndsInTimeAndNothingOfItIsKept(
            String name, Script script, Class<? extends RegistryException> type, Duration bound, int requests) {
        Script[] now = {script};
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> now[0].answer(exchange, closing));
                RegistryConnection registry = open(RegistryConfig.of(server.url()))) {
            ends(registry, type, bound);
            assertThat(server.requests()).hasSize(requests);

            now[0] = RegistryFaultMatrixTest::good;
            recovers(registry, server);
        }
    }

    private void ends(RegistryConnection registry, Class<? extends RegistryException> type, Duration bound) {
        long began = clock.nanos();
        RegistryException failure = catchThrowableOfType(type, () -> registry.byId(ID));
        assertThat(Duration.ofNanos(clock.nanos() - began)).isLessThan(bound.plus(SLACK));
        assertThat(failure).as("expected a " + type.getSimpleName()).isNotNull();
    }

    private void recovers(RegistryConnection registry, ScriptedServer server) {
        clock.sleep(RetryAfter.MOST.plusSeconds(1).toNanos());
        int asked = server.requests().size();
        assertThat(registry.byId(ID)).isEqualTo(SCHEMA);
        // And that is kept.
        assertThat(registry.byId(ID)).isEqualTo(SCHEMA);
        assertThat(server.requests()).hasSize(asked + 1);
    }

    @Test
    void aRegistryThatHangsCostsTheDeadlineInAttemptsOfTwoSeconds() {
        Script[] now = {(exchange, closing) -> closing.await()};
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> now[0].answer(exchange, closing));
                RegistryConnection registry = open(RegistryConfig.of(server.url()))) {
            ends(registry, RegistryUnavailableException.class, TOTAL);
            // 2 s, a wait of 0.5 s, 2 s, 1 s, 2 s, 2 s, and the half second that is left.
            assertThat(server.requests()).hasSize(4);

            now[0] = RegistryFaultMatrixTest::good;
            recovers(registry, server);
        }
    }

    @Test
    void aBodyThatDripsCostsOneAttempt() {
        try (ScriptedServer server = new ScriptedServer(RegistryFaultMatrixTest::drip);
                RegistryConnection registry =
                        open(RegistryConfig.of(server.url()).withRetries(RetryConfig.none()))) {
            ends(registry, RegistryUnavailableException.class, ATTEMPT);
        }
    }

    @Test
    void aPortThatNobodyListensOnCostsNoMoreThanTheWaits() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (RegistryConnection registry = open(RegistryConfig.of("http://127.0.0.1:" + port))) {
            ends(registry, RegistryUnavailableException.class, TOTAL);
            assertThat(registry.metrics().requests()).isEqualTo(4);
        }
    }

    @Test
    void oneIdInTwoRegistriesIsTwoSchemas() {
        try (ScriptedServer one = ScriptedServer.answering(200, ScriptedServer.JSON, GOOD);
                ScriptedServer other =
                        ScriptedServer.answering(200, ScriptedServer.JSON, GOOD.replace("string", "long"));
                RegistryConnection first = RegistryConnection.shared(config(one), CacheConfig.standard());
                RegistryConnection second = RegistryConnection.shared(config(other), CacheConfig.standard())) {
            for (int i = 0; i < 2; i++) {
                assertThat(first.byId(ID).text()).isEqualTo("\"string\"");
                assertThat(second.byId(ID).text()).isEqualTo("\"long\"");
            }
            assertThat(one.requests()).hasSize(1);
            assertThat(other.requests()).hasSize(1);
        }
    }

    private static RegistryConfig config(ScriptedServer server) {
        return RegistryConfig.of(server.url());
    }
}
