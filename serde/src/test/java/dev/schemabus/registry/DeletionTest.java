package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deletion that is made twice is answered as if it hadn't been made: it isn't made again unless it can't have arrived. */
class DeletionTest {

    private static final Subject SUBJECT = new Subject("orders-value");
    private static final String DELETED = "[1]";

    private final SteppedClock clock = new SteppedClock();

    private RegistryConnection open(String urls) {
        Duration patience = Duration.ofSeconds(20);
        RegistryConfig config = RegistryConfig.of(urls)
                .withTimeouts(patience, patience, patience)
                .withRetries(new RetryConfig(3, Duration.ofMillis(1), Duration.ofMillis(1)));
        return new HttpRegistry(new HttpCalls(config, clock), false);
    }

    private static String closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static RegistryUnavailableException failure(RegistryConnection registry) {
        return catchThrowableOfType(RegistryUnavailableException.class, () -> registry.delete(SUBJECT));
    }

    /** Takes requests, and closes the connection instead of answering. */
    private static ScriptedServer breakingOff() {
        return new ScriptedServer((exchange, closing) -> exchange.close());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aFailureIsTheCallersAtOnce(int status) {
        try (ScriptedServer failing = ScriptedServer.answering(status, "text/html", "");
                ScriptedServer other = ScriptedServer.answering(200, ScriptedServer.JSON, DELETED);
                RegistryConnection registry = open(failing.url() + "," + other.url())) {
            RegistryUnavailableException failure = failure(registry);

            assertThat(failure.code()).isEqualTo(status);
            assertThat(failure)
                    .hasMessageEndingWith(
                            "(not asked again by itself, because it may have been done: look before you do)");
            assertThat(failing.requests()).containsExactly("DELETE /subjects/orders-value");
            assertThat(other.requests()).isEmpty();

            // The control: what may be done twice is asked of the other.
            registry.setMode(RegistryMode.READONLY, false);
            assertThat(other.requests()).hasSize(1);
        }
    }

    @Test
    void aConnectionThatBreaksIsTheCallersToo() {
        try (ScriptedServer breaking = breakingOff();
                RegistryConnection registry = open(breaking.url())) {
            assertThat(failure(registry))
                    .hasMessageContaining("the connection broke")
                    .hasMessageContaining("look");
            assertThat(breaking.requests()).hasSize(1);

            // The control: what may be done twice is asked for again and again.
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> registry.setMode(RegistryMode.READONLY, false));
            assertThat(breaking.requests()).hasSizeGreaterThan(2);
        }
    }

    @Test
    void whatIsThrottledIsNotInDoubtAndNotMadeAgain() {
        try (ScriptedServer busy = ScriptedServer.answering(429, ScriptedServer.JSON, "{\"error_code\":429}");
                RegistryConnection registry = open(busy.url())) {
            assertThat(failure(registry)).message().doesNotContain("may have been done");
            assertThat(busy.requests()).hasSize(1);
        }
    }

    @Test
    void whatThereWasNoTokenForWasNotSent() {
        Duration patience = Duration.ofSeconds(20);
        try (ScriptedServer registry = ScriptedServer.answering(200, ScriptedServer.JSON, DELETED);
                ScriptedServer login = ScriptedServer.answering(503, ScriptedServer.JSON, "{}");
                RegistryConnection connection = RegistryConnection.open(RegistryConfig.of(registry.url())
                        .withTimeouts(patience, patience, patience)
                        .withRetries(RetryConfig.none())
                        .withSecurity(RegistrySecurity.none()
                                .withCredentials(new Credentials.ClientCredentials(
                                        URI.create(login.url()), "me", "s3cret", Optional.empty(), Duration.ZERO))))) {
            assertThat(failure(connection)).message().contains("gives no token").doesNotContain("may have been done");
            assertThat(registry.requests()).isEmpty();
        }
    }

    @Test
    void whatThereWasNoTokenForInTimeWasSentToNoUrl() {
        Duration patience = Duration.ofSeconds(20);
        try (ScriptedServer one = ScriptedServer.answering(200, ScriptedServer.JSON, DELETED);
                ScriptedServer other = ScriptedServer.answering(200, ScriptedServer.JSON, DELETED);
                ScriptedServer login = new ScriptedServer((exchange, closing) -> closing.await());
                RegistryConnection connection = RegistryConnection.open(RegistryConfig.of(one.url() + "," + other.url())
                        .withTimeouts(patience, patience, Duration.ofMillis(500))
                        .withRetries(RetryConfig.none())
                        .withSecurity(RegistrySecurity.none()
                                .withCredentials(new Credentials.ClientCredentials(
                                        URI.create(login.url()), "me", "s3cret", Optional.empty(), Duration.ZERO))))) {
            assertThat(failure(connection)).message().contains("no time left").doesNotContain("may have been done");
            assertThat(one.requests()).isEmpty();
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void aRefusedConnectionIsTriedElsewhere() throws IOException {
        try (ScriptedServer good = ScriptedServer.answering(200, ScriptedServer.JSON, DELETED);
                RegistryConnection registry = open(closedPort() + "," + good.url())) {
            assertThat(registry.delete(SUBJECT)).isEqualTo(List.of(1));
        }
    }

    @Test
    void whatEndedInTheHandshakeWasNotSent() {
        RegistryUnavailableException handshake =
                new RegistryUnavailableException(0, "no", new SSLHandshakeException("no"));
        RegistryUnavailableException later = new RegistryUnavailableException(0, "no", new SSLException("no"));

        assertThat(Failures.unsent(handshake)).isTrue();
        assertThat(Failures.unsent(later)).isFalse();
    }

    @Test
    void aRefusedConnectionIsTriedAgain() throws IOException {
        String urls = closedPort() + "," + closedPort();
        try (RegistryConnection registry = open(urls)) {
            assertThat(failure(registry)).message().contains("asked 4 times").doesNotContain("may have been done");
            assertThat(registry.metrics().retries()).isEqualTo(3);
        }
    }
}
