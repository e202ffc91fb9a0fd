package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets to see credentials, and who doesn't. */
class RegistryCredentialsTest {

    private static final String GOOD = "{\"schema\":\"\\\"string\\\"\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static RegistryConfig config(String url, Credentials credentials) {
        return RegistryConfig.of(url)
                .withTimeouts(PATIENCE, PATIENCE, PATIENCE)
                .withSecurity(RegistrySecurity.none().withCredentials(credentials));
    }

    private static void fetch(RegistryConfig config) {
        try (RegistryConnection registry = RegistryConnection.open(config)) {
            registry.byId(new SchemaId(7));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://registry.test:8081",
                "http://registry.localhost",
                "HTTP://10.0.0.1",
                "https://a.test,http://127.0.0.1.test"
            })
    void credentialsAreNotSentToAnotherMachineInPlainUnlessThatIsAllowed(String urls) {
        RegistryConfig config = config(urls, new Credentials.Basic("ann:s3cret"));

        assertThatThrownBy(() -> RegistryConnection.open(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("schema.registry.url has ")
                .hasMessageEndingWith(
                        ", and credentials would be sent there unencrypted: use https, or, if the network is"
                                + " private, set schemabus.registry.credentials.over.http=true");
        assertThatThrownBy(() -> RegistryConnection.open(
                        RegistryConfig.of(urls).withHeaders(Map.of("authorization", "Bearer t0ken"))))
                .hasMessageContaining("unencrypted");
        assertThatCode(() -> RegistryConnection.open(
                                config.withSecurity(config.security().withCredentialsOverHttp(true)))
                        .close())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8081", "http://127.0.0.1:8081", "http://[::1]:8081", "https://a.test"})
    void toThisMachineAndByHttpsTheyAre(String url) {
        assertThatCode(() -> RegistryConnection.open(config(url, new Credentials.Basic("ann:s3cret")))
                        .close())
                .doesNotThrowAnyException();
    }

    @Test
    void aProxyIsAnotherMachineWhereverTheUrlLeads() {
        RegistryConfig config = config("http://localhost:8081", new Credentials.Basic("ann:s3cret"))
                .withProxy(InetSocketAddress.createUnresolved("proxy.test", 3128));

        assertThatThrownBy(() -> RegistryConnection.open(config)).hasMessageContaining("unencrypted");
    }

    @Test
    void aProxyOfTheJvmIsAnotherMachineToo() {
        RegistryConfig config = config("http://localhost:8081", new Credentials.Basic("ann:s3cret"));
        System.setProperty("http.proxyHost", "proxy.test");
        System.setProperty("http.nonProxyHosts", "");
        try {
            assertThatThrownBy(() -> RegistryConnection.open(config)).hasMessageContaining("unencrypted");

            // The control: by default the JVM's proxy isn't for this machine.
            System.clearProperty("http.nonProxyHosts");
            assertThatCode(() -> RegistryConnection.open(config).close()).doesNotThrowAnyException();
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.nonProxyHosts");
        }
    }

    @Test
    void aTokenEndpointMustBePrivateToo() {
        Credentials credentials = new Credentials.ClientCredentials(
                URI.create("http://login.test/token"), "me", "s3cret", Optional.empty(), Duration.ZERO);

        assertThatThrownBy(() -> RegistryConnection.open(config("https://a.test", credentials)))
                .hasMessageStartingWith("bearer.auth.issuer.endpoint.url has http://login.test/token, and credentials");
    }

    @Test
    void aRedirectIsNotFollowedAndTheOtherServerLearnsNothing() {
        try (ScriptedServer other = ScriptedServer.answering(200, ScriptedServer.JSON, GOOD);
                ScriptedServer server = new ScriptedServer((exchange, closing) -> {
                    exchange.getResponseHeaders().set("Location", other.url() + "/schemas/ids/7?secret=s3cret");
                    exchange.sendResponseHeaders(302, -1);
                })) {
            for (Credentials credentials :
                    new Credentials[] {new Credentials.Basic("ann:s3cret"), new Credentials.Token("t0ken")}) {
                assertThatThrownBy(() -> fetch(config(server.url(), credentials)))
                        .isInstanceOf(NotARegistryException.class)
                        .hasMessageContaining("Redirects are not followed")
                        .hasMessageNotContaining("s3cret");
            }
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void requestsGoThroughAProxy() {
        try (ScriptedServer proxy = ScriptedServer.answering(200, ScriptedServer.JSON, GOOD)) {
            int port = URI.create(proxy.url()).getPort();
            RegistryConfig config = RegistryConfig.of("http://registry.invalid:8081")
                    .withTimeouts(PATIENCE, PATIENCE, PATIENCE)
                    .withProxy(InetSocketAddress.createUnresolved("127.0.0.1", port));

            fetch(config);

            assertThat(proxy.requests()).containsExactly("GET http://registry.invalid:8081/schemas/ids/7");
        }
    }

    @Test
    void aTokenIsSentAndARefusedOneIsNamedAndNotShown() {
        try (ScriptedServer server = ScriptedServer.answering(401, ScriptedServer.JSON, "{}")) {
            RegistryAccessException failure = catchThrowableOfType(
                    RegistryAccessException.class, () -> fetch(config(server.url(), new Credentials.Token("t0ken"))));

            assertThat(failure)
                    .hasMessageEndingWith("It refuses the token: check bearer.auth.token")
                    .hasMessageNotContaining("t0ken");
            assertThat(server.authorizations()).containsExactly("Bearer t0ken");
        }
    }

    /** Gives a new token each time the last one was refused. */
    private static final class Numbered implements TokenProvider {
        final AtomicInteger number = new AtomicInteger();

        @Override
        public String token(Duration limit) {
            assertThat(limit).isPositive().isLessThanOrEqualTo(PATIENCE);
            return "t0ken-" + number.get();
        }

        @Override
        public boolean refused(String token) {
            assertThat(token).isEqualTo("t0ken-" + number.get());
            number.incrementAndGet();
            return true;
        }
    }

    @Test
    void aProviderOfOnesOwnIsAskedOnceMoreWhenItsTokenIsRefused() {
        try (ScriptedServer server = new ScriptedServer((exchange, closing) -> {
            boolean good = "Bearer t0ken-1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            ScriptedServer.send(exchange, good ? 200 : 401, ScriptedServer.JSON, good ? GOOD : "{}");
        })) {
            RegistryConfig config = config(server.url(), new Credentials.Custom(new Numbered()));

            fetch(config);

            assertThat(server.authorizations()).containsExactly("Bearer t0ken-0", "Bearer t0ken-1");
        }
    }

    @Test
    void aProviderThatFailsOrGivesNonsenseIsNamedAndNotQuoted() {
        TokenProvider failing = limit -> {
            throw new IllegalStateException("t0ken");
        };
        TokenProvider nonsense = limit -> "t0ken\nX-Admin: true";
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, GOOD)) {
            assertThatThrownBy(() -> fetch(config(server.url(), new Credentials.Custom(failing))))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("bearer.auth.custom.provider.class) gave no token but a"
                            + " java.lang.IllegalStateException")
                    .hasStackTraceContaining("gave no token")
                    .hasMessageNotContaining("t0ken ");
            assertThatThrownBy(() -> fetch(config(server.url(), new Credentials.Custom(nonsense))))
                    .isInstanceOf(RegistryAccessException.class)
                    .hasMessageContaining("characters that tokens don't have")
                    .hasMessageNotContaining("X-Admin");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void whatCannotBeSentIsRefusedAndNotShown() {
        assertThatThrownBy(() -> new Credentials.Basic("s3cret"))
                .hasMessage("basic.auth.user.info has no colon: write user:password (RFC 7617)");
        assertThatThrownBy(() -> new Credentials.Basic("ann:s3cret\n"))
                .hasMessageContaining("line break")
                .hasMessageNotContaining("s3cret");
        for (String token : new String[] {"", "t0ken\n", "t0 ken", "tökén"}) {
            assertThatThrownBy(() -> new Credentials.Token(token))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("bearer.auth.token is empty or holds ")
                    .hasMessageNotContaining("t0");
        }
        assertThatThrownBy(() -> new Credentials.ClientCredentials(
                        URI.create("https://me:s3cret@login.test"), "me", "s3cret", Optional.empty(), Duration.ZERO))
                .hasMessageContaining("must not carry credentials")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> new Credentials.ClientCredentials(
                        URI.create("file:///etc/passwd"), "me", "s3cret", Optional.empty(), Duration.ZERO))
                .hasMessageContaining("is no URL of a token end point");
    }

    @Test
    void credentialsAndAHeaderOfOnesOwnContradictEachOther() {
        assertThatThrownBy(() -> config("https://a.test", new Credentials.Token("t0ken"))
                        .withHeaders(Map.of("Authorization", "Basic abc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are both credentials (bearer.auth.token) and a header Authorization: keep one of"
                        + " them");
    }
}
