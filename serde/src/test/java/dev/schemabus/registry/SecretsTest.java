package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A run through everything that goes wrong, with one secret, and a look for it in whatever was said meanwhile. */
class SecretsTest {

    private static final String SECRET = "s3cret-0f-ours";
    private static final Duration HURRY = Duration.ofMillis(300);

    private final List<String> said = new ArrayList<>();

    private static List<ScriptedServer> faultyServers() {
        List<ScriptedServer> servers = new ArrayList<>();
        for (int status : new int[] {200, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503}) {
            servers.add(ScriptedServer.answering(status, ScriptedServer.JSON, "{\"error\":\"no\",\"message\":\"no\"}"));
            servers.add(ScriptedServer.answering(status, "text/html", "<h1>no</h1>"));
        }
        servers.add(ScriptedServer.hanging());
        servers.add(new ScriptedServer((exchange, closing) -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(1);
        }));
        return servers;
    }

    private void say(Object value) {
        said.add(value instanceof Throwable failure ? Throwables.getStackTrace(failure) : String.valueOf(value));
    }

    private void runThrough(RegistryConfig config) {
        say(config);
        say(config.security());
        config.security().credentials().ifPresent(this::say);
        try (RegistryConnection registry = RegistryConnection.open(config)) {
            say(registry);
            registry.byId(new SchemaId(7));
        } catch (RuntimeException e) {
            say(e);
        }
    }

    private static RegistryConfig config(String url, Credentials credentials) {
        return RegistryConfig.of(url)
                .withTimeouts(HURRY, HURRY, HURRY)
                .withSecurity(RegistrySecurity.none().withCredentials(credentials));
    }

    @Test
    void noSecretIsSaidInAWholeRunOfFaults() {
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        List<ScriptedServer> servers = faultyServers();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            LoggerFactory.getLogger(SecretsTest.class).error("the log is caught");
            List<String> urls =
                    new ArrayList<>(servers.stream().map(ScriptedServer::url).toList());
            urls.addAll(List.of("http://127.0.0.1:1", "https://127.0.0.1:1", "http://registry.invalid"));
            urls.add(servers.get(0).url().replace("http:", "https:"));
            for (String url : urls) {
                runThrough(config(url, new Credentials.Basic("ann:" + SECRET)));
                runThrough(config(url, new Credentials.Token(SECRET)));
                runThrough(config(url, new Credentials.Custom(limit -> SECRET)));
                runThrough(config(
                        "http://127.0.0.1:2",
                        new Credentials.ClientCredentials(
                                URI.create(url), "me", SECRET, Optional.empty(), Duration.ZERO)));
                runThrough(RegistryConfig.of(url)
                        .withTimeouts(HURRY, HURRY, HURRY)
                        .withHeaders(Map.of("Authorization", "Bearer " + SECRET)));
            }
            TlsConfig.Certificates own =
                    new TlsConfig.Certificates.Pem(SECRET, Optional.of(SECRET), Optional.of(SECRET));
            RegistrySecurity security =
                    RegistrySecurity.none().withTls(TlsConfig.standard().withOwn(own));
            runThrough(RegistryConfig.of("https://127.0.0.1:1").withSecurity(security));
        } finally {
            System.setErr(before);
            servers.forEach(ScriptedServer::close);
        }
        String log = logged.toString(StandardCharsets.UTF_8);
        // The controls: there was something to find it in.
        assertThat(log).contains("the log is caught");
        assertThat(said).hasSizeGreaterThan(400);
        assertThat(String.join("\n", said)).contains("Basic[***]", "Token[***]", "refuses the token");
        String encoded =
                Base64.getEncoder().withoutPadding().encodeToString(("ann:" + SECRET).getBytes(StandardCharsets.UTF_8));
        assertThat(log + String.join("\n", said)).doesNotContain(SECRET, encoded.substring(6, encoded.length() - 2));
    }

    @Test
    void aUrlThatIsNoneShowsNoPasswordWhateverItHolds() {
        for (String url : List.of(
                "http://user:" + SECRET + "\n@host:8081", "http://user:" + SECRET + "\r\n@host", SECRET + " x@host")) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> RegistryConfig.of(url))
                    .satisfies(failure ->
                            assertThat(Throwables.getStackTrace(failure)).doesNotContain(SECRET));
        }
    }

    /** Gives a token, and says it when it is refused. */
    private static final class Talkative implements TokenProvider {
        @Override
        public String token(Duration limit) {
            return SECRET;
        }

        @Override
        public boolean refused(String token) {
            throw new IllegalStateException("refused: " + token);
        }
    }

    @Test
    void aProviderThatThrowsForARefusedTokenShowsNothing() {
        try (ScriptedServer server = ScriptedServer.answering(401, ScriptedServer.JSON, "{}");
                RegistryConnection registry =
                        RegistryConnection.open(config(server.url(), new Credentials.Custom(new Talkative())))) {
            assertThatExceptionOfType(RegistryAccessException.class)
                    .isThrownBy(() -> registry.byId(new SchemaId(7)))
                    .satisfies(failure ->
                            assertThat(Throwables.getStackTrace(failure)).doesNotContain(SECRET));
        }
    }
}
