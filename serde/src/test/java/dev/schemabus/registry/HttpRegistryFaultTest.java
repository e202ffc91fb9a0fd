package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What can go wrong between client and registry: which exception, which words, and how long it may take. */
class HttpRegistryFaultTest {

    private static final SchemaId ID = new SchemaId(7);
    private static final Subject SUBJECT = new Subject("orders-value");
    private static final EventSchema SCHEMA = EventSchema.of(SchemaFormat.AVRO, "\"string\"");
    private static final String GOOD = "{\"schema\":\"\\\"string\\\"\"}";

    private static final Duration READ = Duration.ofMillis(300);
    private static final Duration DEADLINE = Duration.ofMillis(500);
    /** What a busy machine may add to a promised time. */
    private static final Duration SLACK = Duration.ofMillis(1_500);

    /** For servers that do answer, however busy the machine is. One attempt: of others, ResilientCallsTest knows. */
    private static RegistryConfig config(String urls) {
        Duration patience = Duration.ofSeconds(20);
        return RegistryConfig.of(urls)
                .withTimeouts(patience, patience, patience)
                .withRetries(RetryConfig.none());
    }

    /** For servers that keep one waiting. */
    private static RegistryConfig hurried(String urls) {
        return config(urls).withTimeouts(READ, READ, DEADLINE);
    }

    private static EventSchema fetch(String urls) {
        return fetch(config(urls));
    }

    private static EventSchema fetch(RegistryConfig config) {
        try (RegistryConnection registry = RegistryConnection.open(config)) {
            return registry.byId(ID);
        }
    }

    private static <E extends RegistryException> E failure(Class<E> type, String urls) {
        return failure(type, config(urls));
    }

    private static <E extends RegistryException> E failure(Class<E> type, RegistryConfig config) {
        E failure = catchThrowableOfType(type, () -> fetch(config));
        assertThat(failure).as("expected a " + type.getSimpleName()).isNotNull();
        return failure;
    }

    private static String closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Test
    void aGoodAnswerIsTaken() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, GOOD)) {
            assertThat(fetch(server.url())).isEqualTo(SCHEMA);
            assertThat(server.requests()).containsExactly("GET /schemas/ids/7");
        }
    }

    @Test
    void rulesAreSeenUnlessTheyAreSwitchedOff() {
        assertThat(latestHasRules("")).isFalse();
        assertThat(latestHasRules(",\"ruleSet\":null")).isFalse();
        assertThat(latestHasRules(",\"ruleSet\":{\"domainRules\":[]}")).isFalse();
        assertThat(latestHasRules(",\"ruleSet\":{\"domainRules\":[{\"name\":\"a\",\"disabled\":true}]}"))
                .isFalse();
        assertThat(latestHasRules(",\"ruleSet\":{\"domainRules\":[{\"name\":\"a\",\"type\":\"ENCRYPT\"}]}"))
                .isTrue();
        assertThat(latestHasRules(",\"ruleSet\":{\"migrationRules\":[{\"name\":\"a\"}],\"domainRules\":null}"))
                .isTrue();
    }

    private static boolean latestHasRules(String more) {
        String body = "{\"subject\":\"orders-value\",\"version\":1,\"id\":7,\"schema\":\"\\\"string\\\"\"" + more + "}";
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, body);
                RegistryConnection registry = RegistryConnection.open(config(server.url()))) {
            assertThat(registry.lookup(SUBJECT, SCHEMA).hasRules())
                    .isEqualTo(registry.latest(SUBJECT).hasRules());
            return registry.latest(SUBJECT).hasRules();
        }
    }

    @Test
    void aHeaderThatIsRefusedIsNamed() {
        RegistryConfig config;
        for (int status : new int[] {401, 403}) {
            try (ScriptedServer server = ScriptedServer.answering(status, ScriptedServer.JSON, "{}")) {
                config = config(server.url()).withHeaders(Map.of("authorization", "Bearer t0ken"));
                assertThat(failure(RegistryAccessException.class, config))
                        .message()
                        .contains("request.header.authorization")
                        .doesNotContain("basic.auth", "t0ken");
            }
        }
    }

    @Test
    void aRefusedConnectionAsksWhetherTheRegistryRuns() throws IOException {
        String url = closedPort();

        RegistryUnavailableException failure = failure(RegistryUnavailableException.class, url);

        assertThat(failure)
                .hasMessage("Can't reach " + url + " to get the schema with id 7: connection refused. Is the registry"
                        + " running? Check schema.registry.url");
        assertThat(failure.code()).isZero();
    }

    @Test
    void anUnknownHostIsNamed() {
        String url = "http://nowhere.invalid:8081";

        assertThat(failure(
                        RegistryUnavailableException.class,
                        config(url)
                                .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(20))))
                .hasMessage("Can't reach " + url + " to get the schema with id 7: unknown host. Check"
                        + " schema.registry.url");
    }

    @Test
    void aServerThatNeverAnswersIsGivenUpAfterTheReadTimeout() {
        try (ScriptedServer server = ScriptedServer.hanging()) {
            long start = System.nanoTime();
            RegistryUnavailableException failure = failure(RegistryUnavailableException.class, hurried(server.url()));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(READ, READ.plus(SLACK));
            assertThat(failure)
                    .hasMessage("No answer from " + server.url() + " within 300 ms to get the schema with id 7. Is the"
                            + " registry overloaded? Try again later, or raise http.read.timeout.ms");
        }
    }

    @Test
    void severalServersThatNeverAnswerShareOneDeadline() {
        try (ScriptedServer a = ScriptedServer.hanging();
                ScriptedServer b = ScriptedServer.hanging();
                ScriptedServer c = ScriptedServer.hanging()) {
            long start = System.nanoTime();
            RegistryUnavailableException failure = failure(
                    RegistryUnavailableException.class, hurried(String.join(",", List.of(a.url(), b.url(), c.url()))));

            // Without a deadline over all three it would be three read timeouts.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(DEADLINE, DEADLINE.plus(SLACK));
            assertThat(failure)
                    .hasMessageStartingWith("No registry URL answered: No answer from " + a.url() + " within 300 ms")
                    .hasMessageContaining(b.url())
                    .hasMessageContaining("no time left to try " + c.url() + " within 500 ms");
            assertThat(c.requests()).isEmpty();
        }
    }

    @Test
    void aBodyThatComesDropByDropIsGivenUpToo() {
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
            exchange.getResponseHeaders().set("Content-Type", ScriptedServer.JSON);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            closing.await();
        })) {
            long start = System.nanoTime();
            RegistryUnavailableException failure = failure(RegistryUnavailableException.class, hurried(server.url()));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(READ, READ.plus(SLACK));
            assertThat(failure).hasMessageStartingWith("No answer from " + server.url() + " within 300 ms");
        }
    }

    @Test
    void aServerErrorIsForLater() {
        String body = "{\"error_code\":50001,\"message\":\"Error in the backend data store\"}";
        try (ScriptedServer server = ScriptedServer.answering(500, ScriptedServer.JSON, body)) {
            RegistryUnavailableException failure = failure(RegistryUnavailableException.class, server.url());

            assertThat(failure)
                    .hasMessage(server.url() + " can't get the schema with id 7: Error in the backend data store (code"
                            + " 50001). Try again later; the registry's log says more");
            assertThat(failure.code()).isEqualTo(50001);
        }
    }

    @Test
    void aProxyWithoutItsRegistryIsForLaterToo() {
        try (ScriptedServer server = ScriptedServer.answering(503, "text/html", "<h1>Service Unavailable</h1>")) {
            RegistryUnavailableException failure = failure(RegistryUnavailableException.class, server.url());

            assertThat(failure)
                    .hasMessage(server.url() + " can't get the schema with id 7: HTTP 503 (code 503). Try again later;"
                            + " the registry's log says more");
        }
    }

    @Test
    void theNextUrlAnswersForOneThatFails() throws IOException {
        try (ScriptedServer failing = ScriptedServer.answering(503, "text/html", "");
                ScriptedServer hanging = ScriptedServer.hanging();
                ScriptedServer good = ScriptedServer.answering(200, ScriptedServer.JSON, GOOD)) {
            assertThat(fetch(failing.url() + "," + good.url())).isEqualTo(SCHEMA);
            assertThat(fetch(closedPort() + "," + good.url())).isEqualTo(SCHEMA);
            assertThat(fetch(config(hanging.url() + "," + good.url())
                            .withTimeouts(READ, Duration.ofSeconds(1), Duration.ofSeconds(20))))
                    .isEqualTo(SCHEMA);
            assertThat(good.requests()).hasSize(3);
        }
    }

    @Test
    void aThrottledCallAsksNoOtherUrl() {
        try (ScriptedServer busy = ScriptedServer.answering(429, ScriptedServer.JSON, "{\"error_code\":429}");
                ScriptedServer good = ScriptedServer.answering(200, ScriptedServer.JSON, GOOD)) {
            assertThat(failure(RegistryUnavailableException.class, busy.url() + "," + good.url())
                            .code())
                    .isEqualTo(429);
            assertThat(good.requests()).isEmpty();
        }
    }

    @Test
    void missingCredentialsAreAskedFor() {
        String body = "{\"error_code\":401,\"message\":\"Unauthorized\"}";
        try (ScriptedServer server = ScriptedServer.answering(401, ScriptedServer.JSON, body)) {
            assertThat(failure(RegistryAccessException.class, server.url()))
                    .hasMessage(server.url() + " can't get the schema with id 7: Unauthorized (code 401). It wants"
                            + " credentials: set basic.auth.user.info=user:password");
        }
    }

    @Test
    void wrongCredentialsAreNamedAndNotShown() {
        try (ScriptedServer server = ScriptedServer.answering(401, "text/html", "")) {
            RegistryConfig config = config(server.url()).withBasicCredentials("ann:s3cret");

            RegistryAccessException failure = failure(RegistryAccessException.class, config);

            assertThat(failure)
                    .hasMessage(server.url() + " can't get the schema with id 7: HTTP 401 (code 401). It refuses the"
                            + " user or the password: check basic.auth.user.info");
            assertThat(failure.toString()).doesNotContain("s3cret").doesNotContain("ann");
            assertThat(server.authorizations()).containsExactly("Basic YW5uOnMzY3JldA==");
        }
    }

    @Test
    void aForbiddenCallNamesTheKeyOfTheUser() {
        try (ScriptedServer server = ScriptedServer.answering(403, ScriptedServer.JSON, "{\"error_code\":40301}")) {
            RegistryAccessException failure = failure(RegistryAccessException.class, server.url());

            assertThat(failure)
                    .hasMessage(server.url() + " can't get the schema with id 7: HTTP 403 (code 40301). The user of"
                            + " basic.auth.user.info may not do this: give it the right, or use another one");
        }
    }

    @Test
    void aWebPageIsNotARegistry() {
        try (ScriptedServer server = ScriptedServer.answering(200, "text/html", "<!DOCTYPE html>\n<html>Hi</html>")) {
            assertThat(failure(NotARegistryException.class, server.url()))
                    .hasMessage(server.url() + " answers, but not as a schema registry (HTTP 200, text/html, <!DOCTYPE"
                            + " html> <html>Hi</html>): is the path missing? Apicurio's registry, for one, is at"
                            + " …/apis/ccompat/v7. Check schema.registry.url");
        }
    }

    @Test
    void aWebServersNotFoundIsAWrongPath() {
        try (ScriptedServer server = ScriptedServer.answering(404, "text/html", "<h1>Not Found</h1>")) {
            assertThat(failure(NotARegistryException.class, server.url() + "/registry/"))
                    .hasMessage(server.url() + "/registry has no schema registry at this path (HTTP 404, <h1>Not"
                            + " Found</h1>): is the path wrong or missing? Apicurio's registry, for one, is at"
                            + " …/apis/ccompat/v7. Check schema.registry.url");
            assertThat(server.requests()).containsExactly("GET /registry/schemas/ids/7");
        }
    }

    @Test
    void aRegistrysNotFoundIsAMissingSchema() {
        String body = "{\"error_code\":40403,\"message\":\"Schema not found\"}";
        try (ScriptedServer server = ScriptedServer.answering(404, ScriptedServer.JSON, body)) {
            SchemaNotFoundException failure = failure(SchemaNotFoundException.class, server.url());

            assertThat(failure)
                    .hasMessage(server.url() + " can't get the schema with id 7: Schema not found (code 40403)."
                            + " Is this the registry, and the context, that it was registered in?");
            assertThat(failure.code()).isEqualTo(40403);
        }
    }

    @Test
    void halfAnAnswerIsNotTaken() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, "{\"schema\":\"\\\"str")) {
            assertThat(failure(NotARegistryException.class, server.url()))
                    .hasMessageStartingWith("What " + server.url() + " sent to get the schema with id 7 can't be read:"
                            + " broken JSON, ")
                    .hasMessageEndingWith("Is it a schema registry? Check schema.registry.url");
        }
    }

    @Test
    void anAnswerThatBreaksOffIsForLater() {
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
            exchange.getResponseHeaders().set("Content-Type", ScriptedServer.JSON);
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
        })) {
            assertThat(failure(RegistryUnavailableException.class, server.url()))
                    .hasMessageStartingWith(
                            "Can't reach " + server.url() + " to get the schema with id 7: the connection broke (");
            // Asked twice by us, and by newer JDKs' own client once more each time.
            assertThat(server.requests()).hasSizeBetween(2, 4);
        }
    }

    @Test
    void jsonOfSomethingElseIsNotARegistrys() {
        try (ScriptedServer server = ScriptedServer.answering(200, "application/json", "{\"status\":\"UP\"}")) {
            assertThat(failure(NotARegistryException.class, server.url()))
                    .hasMessage(
                            server.url() + " answers JSON that is not a schema registry's: it has no 'schema'. Check"
                                    + " schema.registry.url");
        }
    }

    @Test
    void aBodyWithoutEndIsCutOff() {
        byte[] chunk = new byte[1 << 16];
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
            exchange.getResponseHeaders().set("Content-Type", ScriptedServer.JSON);
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (closing.getCount() > 0) {
                    out.write(chunk);
                }
            }
        })) {
            RegistryConfig patient = config(server.url())
                    .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(20));

            assertThat(failure(NotARegistryException.class, patient))
                    .hasMessage(
                            "What " + server.url() + " sent to get the schema with id 7 can't be read: the answer is"
                                    + " larger than 8388608 bytes. Is it a schema registry? Check schema.registry.url");
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (ScriptedServer elsewhere = ScriptedServer.answering(200, ScriptedServer.JSON, GOOD);
                ScriptedServer server = new ScriptedServer((exchange, closing) -> {
                    exchange.getResponseHeaders().set("Location", elsewhere.url() + "/login?token=s3cret");
                    ScriptedServer.send(exchange, 302, "text/html", "");
                })) {
            assertThat(failure(NotARegistryException.class, server.url()))
                    .hasMessage(server.url() + " redirects (HTTP 302) to " + elsewhere.url() + "/login. Redirects are"
                            + " not followed: put the registry's own URL into schema.registry.url");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void anIncompatibleSchemaIsRefusedUnderEitherCode() {
        for (String code : List.of("409", "40901")) {
            String body = "{\"error_code\":" + code + ",\"message\":\"reader field 'amount' has no default\"}";
            try (ScriptedServer server = ScriptedServer.answering(409, ScriptedServer.JSON, body);
                    RegistryConnection registry = RegistryConnection.open(config(server.url()))) {
                SchemaRefusedException failure =
                        catchThrowableOfType(SchemaRefusedException.class, () -> registry.register(SUBJECT, SCHEMA));

                assertThat(failure.code()).isEqualTo(40901);
                assertThat(failure)
                        .hasMessage(server.url() + " can't register a schema for subject 'orders-value': reader field"
                                + " 'amount' has no default (code " + code
                                + "). Change the schema so that it is compatible, or the subject's level");
            }
        }
    }

    @Test
    void anAnswerWithTheIdAloneIsEnough() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, "{\"id\":12}");
                RegistryConnection registry = RegistryConnection.open(config(server.url() + "/apis/ccompat/v7/"))) {
            assertThat(registry.register(SUBJECT, SCHEMA).id()).isEqualTo(new SchemaId(12));
            assertThat(server.requests()).containsExactly("POST /apis/ccompat/v7/subjects/orders-value/versions");
        }
    }

    @Test
    void aRegistryWithoutGuidsSaysSo() {
        try (ScriptedServer server = ScriptedServer.answering(
                        404, ScriptedServer.JSON, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
                RegistryConnection registry = RegistryConnection.open(config(server.url()))) {
            SchemaGuid guid = new SchemaGuid(new UUID(0, 7));

            SchemaNotFoundException failure =
                    catchThrowableOfType(SchemaNotFoundException.class, () -> registry.byGuid(guid));
            assertThat(failure.code()).isEqualTo(40403);
            assertThat(failure)
                    .hasMessage("Can't get the schema with GUID " + guid + " at " + server.url() + ", which has no path"
                            + " for GUIDs (HTTP 404): registries from before the 8.x line don't know them. Read such"
                            + " records with one that does, or let their producer write the schema id in front of the"
                            + " payload (PrefixSchemaIdSerializer)");
        }
    }

    @Test
    void theGuidOfAnAnswerIsTaken() {
        String guid = "01020304-0506-0708-090a-0b0c0d0e0f10";
        String answer = "{\"id\":12,\"version\":3,\"guid\":\"" + guid + "\",\"schema\":\"\\\"string\\\"\"}";
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, answer);
                RegistryConnection registry = RegistryConnection.open(config(server.url()))) {
            Optional<SchemaGuid> expected = Optional.of(SchemaGuid.parse(guid));

            assertThat(registry.register(SUBJECT, SCHEMA)).isEqualTo(new Registration(new SchemaId(12), expected));
            assertThat(registry.lookup(SUBJECT, SCHEMA).guid()).isEqualTo(expected);
            assertThat(registry.latest(SUBJECT).guid()).isEqualTo(expected);
            assertThat(registry.byGuid(expected.get())).isEqualTo(SCHEMA);
        }
    }
}
