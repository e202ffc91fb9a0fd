package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens from an OAuth server that is good, slow, wrong or away. */
class OAuthTokensTest {

    private static final String SECRET = "s3cret+of/client=~";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicLong now = new AtomicLong(TimeUnit.DAYS.toNanos(1));
    private final AtomicInteger given = new AtomicInteger();

    private static Credentials.ClientCredentials credentials(String url) {
        return new Credentials.ClientCredentials(
                URI.create(url + "/token?tenant=a"),
                "my client",
                SECRET,
                Optional.of("read write"),
                Duration.ofMinutes(5));
    }

    private static RegistryConfig config(String url, Duration patience) {
        return RegistryConfig.of("http://127.0.0.1:1")
                .withTimeouts(patience, patience, PATIENCE)
                .withSecurity(RegistrySecurity.none().withCredentials(credentials(url)));
    }

    private OAuthTokens tokens(String url, Duration patience) {
        RegistryConfig config = config(url, patience);
        return new OAuthTokens(credentials(url), HttpClients.of(config), config, now::get);
    }

    private OAuthTokens tokens(ScriptedServer server) {
        return tokens(server.url(), PATIENCE);
    }

    private static String token(OAuthTokens tokens) {
        return tokens.header(PATIENCE).orElseThrow();
    }

    private void advance(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private void give(HttpExchange exchange, String lifetime) throws IOException {
        ScriptedServer.send(
                exchange,
                200,
                "application/json",
                "{\"access_token\":\"t0ken-" + given.incrementAndGet() + "\",\"token_type\":\"bearer\",\"expires_in\":"
                        + lifetime + "}");
    }

    private ScriptedServer giving(String lifetime) {
        return new ScriptedServer((exchange, closing) -> give(exchange, lifetime));
    }

    @Test
    void aTokenIsAskedForAsTheRfcSaysAndKept() {
        try (ScriptedServer server = giving("3600")) {
            OAuthTokens tokens = tokens(server);

            assertThat(token(tokens)).isEqualTo("Bearer t0ken-1");
            assertThat(token(tokens)).isEqualTo("Bearer t0ken-1");

            assertThat(server.requests()).containsExactly("POST /token?tenant=a");
            assertThat(server.bodies()).containsExactly("grant_type=client_credentials&scope=read+write");
            // my+client:s3cret%2Bof%2Fclient%3D~
            assertThat(server.authorizations())
                    .containsExactly("Basic bXkrY2xpZW50OnMzY3JldCUyQm9mJTJGY2xpZW50JTNEfg==");
        }
    }

    @Test
    void aTokenDoesNotShowItself() {
        assertThat(new OAuthTokens.Token("t0ken-1", 0, 1, 2)).hasToString("Token[***]");
    }

    @Test
    void anExpiredTokenIsReplaced() {
        try (ScriptedServer server = giving("3600")) {
            OAuthTokens tokens = tokens(server);
            token(tokens);

            advance(3600);

            assertThat(token(tokens)).isEqualTo("Bearer t0ken-2");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aTokenIsRenewedBeforeItExpiresAndServesMeanwhile() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        CountDownLatch answer = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
            asked.countDown();
            if (given.get() > 0) {
                answer.await();
            }
            give(exchange, "3600");
        })) {
            OAuthTokens tokens = tokens(server);
            token(tokens);

            advance(3299);
            assertThat(token(tokens)).isEqualTo("Bearer t0ken-1");
            assertThat(asked.getCount()).isEqualTo(1);

            advance(1);
            for (int i = 0; i < 10; i++) {
                assertThat(token(tokens)).isEqualTo("Bearer t0ken-1");
            }
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            advance(300);
            answer.countDown();
            assertThat(token(tokens)).isEqualTo("Bearer t0ken-2");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void manyThreadsMakeOneRequest() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        int threads = 50;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
            answer.await();
            give(exchange, "3600");
        })) {
            OAuthTokens tokens = tokens(server);
            CountDownLatch started = new CountDownLatch(threads);
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    started.countDown();
                    return token(tokens);
                }));
            }
            started.await();
            answer.countDown();

            Set<String> got = new HashSet<>();
            for (Future<String> one : all) {
                got.add(one.get());
            }
            assertThat(got).containsExactly("Bearer t0ken-1");
            assertThat(server.requests()).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aRenewalThatFailsLeavesTheOldTokenAndIsNotTriedAtOnceAgain() {
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
            if (given.get() == 0) {
                give(exchange, "3600");
            } else {
                ScriptedServer.send(exchange, 503, "text/plain", "away");
            }
        })) {
            OAuthTokens tokens = tokens(server);
            token(tokens);
            advance(3300);
            tokens.renewed().join();
            for (int i = 0; i < 10; i++) {
                assertThat(token(tokens)).isEqualTo("Bearer t0ken-1");
            }
            assertThat(server.requests()).hasSize(2);

            advance(300);
            assertThat(failure(RegistryUnavailableException.class, tokens))
                    .hasMessage(server.url() + "/token gives no token (HTTP 503). Try again later; its log says more");
        }
    }

    @Test
    void aTokenThatLivesShorterThanTheBufferIsRenewedHalfWay() {
        try (ScriptedServer server = giving("\"60\"")) {
            OAuthTokens tokens = tokens(server);
            token(tokens);

            advance(29);
            token(tokens);
            assertThat(server.requests()).hasSize(1);

            advance(1);
            tokens.renewed().join();
            assertThat(token(tokens)).isEqualTo("Bearer t0ken-2");
        }
    }

    @Test
    void aRefusedTokenIsReplacedUnlessItIsNew() {
        try (ScriptedServer server = giving("3600")) {
            OAuthTokens tokens = tokens(server);
            String first = token(tokens);

            assertThat(tokens.refused(first)).isFalse();
            advance(10);
            assertThat(tokens.refused(first)).isTrue();
            assertThat(token(tokens)).isEqualTo("Bearer t0ken-2");
            assertThat(tokens.refused(first)).isTrue();
            assertThat(token(tokens)).isEqualTo("Bearer t0ken-2");
        }
    }

    private static <E extends RegistryException> E failure(Class<E> type, OAuthTokens tokens) {
        E failure = catchThrowableOfType(type, () -> token(tokens));
        assertThat(failure).as("expected a " + type.getSimpleName()).isNotNull();
        assertThat(Throwables.getStackTrace(failure))
                .doesNotContain(SECRET, "t0ken-", "bXkrY2xpZW50", "s3cret", "tenant=a");
        return failure;
    }

    @Test
    void aClientThatIsRefusedDoesNotAskForEachCall() {
        try (ScriptedServer server =
                ScriptedServer.answering(401, "application/json", "{\"error\":\"invalid_client\"}")) {
            OAuthTokens tokens = tokens(server);
            for (int i = 0; i < 100; i++) {
                assertThat(failure(RegistryAccessException.class, tokens)).hasMessageContaining("invalid_client");
            }
            assertThat(server.requests()).hasSize(1);

            advance(5);
            failure(RegistryAccessException.class, tokens);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aTokenServerThatIsAwayIsAskedForEachCall() {
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
            if (given.incrementAndGet() == 1) {
                ScriptedServer.send(exchange, 503, "text/plain", "away");
            } else {
                give(exchange, "3600");
            }
        })) {
            OAuthTokens tokens = tokens(server);
            failure(RegistryUnavailableException.class, tokens);
            assertThat(token(tokens)).startsWith("Bearer t0ken-");
        }
    }

    @ParameterizedTest
    @CsvSource({"400, invalid_scope", "401, invalid_client", "403, access_denied"})
    void aRefusedClientIsToldWhatToCheck(int status, String code) {
        String body = "{\"error\":\"" + code + "\",\"error_description\":\"wrong secret " + SECRET + "\"}";
        try (ScriptedServer server = ScriptedServer.answering(status, "application/json", body)) {
            assertThat(failure(RegistryAccessException.class, tokens(server)))
                    .hasMessage(server.url() + "/token gives no token (" + code + ", HTTP " + status + "): check"
                            + " bearer.auth.client.id, bearer.auth.client.secret and bearer.auth.scope");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>s3cret</html>",
                "[]",
                "{}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":\"t0ken-1\\nX-Admin: true\"}",
                "{\"access_token\":\"t0ken-1\",\"token_type\":\"mac\"}",
                "{\"access_token\":\"t0ken-1"
            })
    void anythingButATokenIsNoTokenEndpoint(String body) {
        try (ScriptedServer server = ScriptedServer.answering(200, "application/json", body)) {
            assertThat(failure(NotARegistryException.class, tokens(server)))
                    .message()
                    .startsWith(server.url() + "/token is no token end point of an OAuth 2.0 server: its answer ")
                    .endsWith(". Check bearer.auth.issuer.endpoint.url");
        }
    }

    @Test
    void aRedirectOfTheTokenEndpointIsNotFollowed() {
        try (ScriptedServer other = giving("3600");
                ScriptedServer server = new ScriptedServer((exchange, closing) -> {
                    exchange.getResponseHeaders().set("Location", other.url());
                    exchange.sendResponseHeaders(307, -1);
                })) {
            assertThat(failure(NotARegistryException.class, tokens(server)))
                    .hasMessageContaining("redirects are not followed");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() {
        try (ScriptedServer server = ScriptedServer.hanging()) {
            long start = System.nanoTime();
            OAuthTokens tokens = tokens(server.url(), Duration.ofMillis(300));

            assertThat(failure(RegistryUnavailableException.class, tokens))
                    .hasMessageStartingWith("No token from " + server.url() + "/token within 300 ms.");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(300), Duration.ofMillis(1_800));
        }
    }

    @Test
    void nobodyWaitsLongerThanTheCallMayTake() {
        try (ScriptedServer server = ScriptedServer.hanging()) {
            long start = System.nanoTime();
            RegistryUnavailableException failure = catchThrowableOfType(
                    RegistryUnavailableException.class, () -> tokens(server).header(Duration.ofMillis(200)));

            assertThat(failure).hasMessageStartingWith("No token from ");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_700));
        }
    }

    @Test
    void aBodyThatNeverEndsIsGivenUpToo() {
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] some = new byte[64 << 10];
                while (closing.getCount() > 0) {
                    out.write(some);
                }
            }
        })) {
            assertThat(failure(NotARegistryException.class, tokens(server)))
                    .hasMessageContaining("its answer is larger than 262144 bytes");
        }
    }

    @Test
    void aServerThatIsAwayIsNamed() {
        OAuthTokens tokens = tokens("http://127.0.0.1:1", PATIENCE);

        assertThat(failure(RegistryUnavailableException.class, tokens))
                .hasMessage("Can't reach http://127.0.0.1:1/token for a token: connection refused. Is the authorization"
                        + " server running? Check bearer.auth.issuer.endpoint.url");
    }

    @Test
    void aRegistryIsAskedWithTheToken() {
        String good = "{\"schema\":\"\\\"string\\\"\"}";
        try (ScriptedServer server = giving("3600");
                ScriptedServer registry = new ScriptedServer(
                        (exchange, closing) -> ScriptedServer.send(exchange, 200, ScriptedServer.JSON, good))) {
            RegistryConfig config = RegistryConfig.of(registry.url())
                    .withTimeouts(PATIENCE, PATIENCE, PATIENCE)
                    .withSecurity(RegistrySecurity.none().withCredentials(credentials(server.url())));
            try (RegistryConnection connection = RegistryConnection.open(config)) {
                connection.byId(new SchemaId(7));
                connection.byId(new SchemaId(8));
            }
            assertThat(registry.authorizations()).containsExactly("Bearer t0ken-1", "Bearer t0ken-1");
            assertThat(server.requests()).hasSize(1);
        }
    }
}
