package dev.schemabus.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemabus.registry.TlsConfig.Certificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a client trusts: no credential reaches a server whose certificate is bad, and the error says what is bad about it. */
class RegistryTlsTest {

    private static final String GOOD = "{\"schema\":\"\\\"string\\\"\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static TestCertificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = new TestCertificates(directory);
    }

    private static Certificates.StoreFile file(Path path) {
        return new Certificates.StoreFile(path, "PKCS12", Optional.of(TestCertificates.PASSWORD), Optional.empty());
    }

    private static TlsConfig trusting(String name) {
        return TlsConfig.standard().withTrusted(file(certificates.trustStore(name)));
    }

    private static TlsConfig trustingAndShowing(String name) {
        return trusting("authority").withOwn(file(certificates.keyStore(name)));
    }

    private static ScriptedServer server(String certificate, boolean wantsClientCertificate) {
        return ScriptedServer.overTls(
                certificates.server(certificate),
                wantsClientCertificate,
                (exchange, closing) -> ScriptedServer.send(exchange, 200, ScriptedServer.JSON, GOOD));
    }

    private static RegistryConfig config(String url, TlsConfig tls) {
        return RegistryConfig.of(url)
                .withTimeouts(PATIENCE, PATIENCE, PATIENCE)
                .withRetries(RetryConfig.none())
                .withSecurity(
                        RegistrySecurity.none().withTls(tls).withCredentials(new Credentials.Basic("ann:s3cret")));
    }

    private static String fetch(String url, TlsConfig tls) {
        try (RegistryConnection registry = RegistryConnection.open(config(url, tls))) {
            return registry.byId(new SchemaId(7)).text();
        }
    }

    /** The message, after it is certain that nobody got the credentials. */
    private static String refusal(ScriptedServer server, String url, TlsConfig tls) {
        RegistryUnavailableException failure =
                catchThrowableOfType(RegistryUnavailableException.class, () -> fetch(url, tls));
        assertThat(failure).as("a refusal").isNotNull();
        assertThat(server.requests()).isEmpty();
        assertThat(server.authorizations()).isEmpty();
        assertThat(Throwables.getStackTrace(failure))
                .doesNotContain("s3cret", "YW5uOnMzY3JldA", TestCertificates.PASSWORD);
        return String.valueOf(failure.getMessage());
    }

    private static String refusal(ScriptedServer server, TlsConfig tls) {
        return refusal(server, server.url(), tls);
    }

    @Test
    void aServerWithACertificateOfATrustedAuthorityIsAsked() {
        try (ScriptedServer server = server("good", false)) {
            assertThat(fetch(server.url(), trusting("authority"))).isEqualTo("\"string\"");
            assertThat(server.authorizations()).containsExactly("Basic YW5uOnMzY3JldA==");
        }
    }

    @Test
    void anExpiredCertificateIsRefused() {
        try (ScriptedServer server = server("expired", false)) {
            assertThat(refusal(server, trusting("authority")))
                    .contains("its certificate or the one that issued it has expired (CN=expired, valid from ")
                    .contains("it needs a new one. Or is this machine's clock wrong?");
        }
    }

    @Test
    void aCertificateThatIsNotValidYetIsRefused() {
        try (ScriptedServer server = server("early", false)) {
            assertThat(refusal(server, trusting("authority")))
                    .contains("its certificate isn't valid yet (CN=early, valid from ")
                    .endsWith("is a clock wrong?");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "early", "elsewhere", "self-signed", "strange"})
    void aBadCertificateIsNotTriedAgain(String name) throws IOException {
        RetryConfig retries = new RetryConfig(3, Duration.ofMillis(1), Duration.ofMillis(1));
        try (ScriptedServer server = server(name, false);
                ScriptedServer second = server(name, false)) {
            RegistryConfig config = config(server.url() + "," + second.url(), trusting("authority"));
            try (RegistryConnection registry = RegistryConnection.open(config.withRetries(retries))) {
                assertThatThrownBy(registry::subjects).isInstanceOf(RegistryUnavailableException.class);
                assertThat(registry.metrics().requests()).isEqualTo(2);
                assertThat(registry.metrics().retries()).isZero();
            }
            // The control: where another URL may be up again, all are tried again.
            config = config(server.url() + "," + closedPort(), trusting("authority"));
            try (RegistryConnection registry = RegistryConnection.open(config.withRetries(retries))) {
                assertThatThrownBy(registry::subjects).isInstanceOf(RegistryUnavailableException.class);
                assertThat(registry.metrics().retries()).isEqualTo(3);
            }
        }
    }

    private static String closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "https://127.0.0.1:" + socket.getLocalPort();
        }
    }

    /** What a server says of a client's certificate may come as an alert, or as the end of the connection. */
    @ParameterizedTest
    @CsvSource({"bad_certificate, true", "certificate_required, true", "internal_error, false", "close_notify, false"})
    void anAlertAboutOurCertificateIsNoReasonToTryAgain(String alert, boolean forGood) {
        SSLException e = new SSLHandshakeException("Received fatal alert: " + alert);
        assertThat(Failures.forGood(new RegistryUnavailableException(0, "no", e)))
                .isEqualTo(forGood);
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        try (ScriptedServer server = server("elsewhere", false)) {
            assertThat(refusal(server, trusting("authority")))
                    .endsWith("its certificate is for [registry.test], not for 127.0.0.1: write one of those names into"
                            + " the URL, or give the server a certificate with that name");
        }
    }

    @Test
    void aSelfSignedCertificateIsRefusedUnlessItIsTrusted() {
        try (ScriptedServer server = server("self-signed", false)) {
            assertThat(refusal(server, trusting("authority")))
                    .endsWith("its certificate (CN=self-signed) is self-signed and isn't among those that are trusted:"
                            + " if it is the right one, put it into the trust store of"
                            + " schema.registry.ssl.truststore.location");
            assertThat(refusal(server, TlsConfig.standard())).contains("(CN=self-signed) is self-signed");

            assertThat(fetch(server.url(), trusting("self-signed"))).isEqualTo("\"string\"");
        }
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsRefused() {
        try (ScriptedServer server = server("strange", false)) {
            assertThat(refusal(server, trusting("authority")))
                    .endsWith(
                            "its certificate (CN=strange) was issued by an authority that isn't trusted (CN=stranger):"
                                    + " put the authority's certificate into the trust store of"
                                    + " schema.registry.ssl.truststore.location");
        }
    }

    @Test
    void aServerWithoutTlsIsNotSpokenToInPlain() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<byte[]> got = threads.submit(() -> {
                try (Socket connection = plain.accept()) {
                    byte[] hello = connection.getInputStream().readNBytes(64);
                    connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                    connection.shutdownOutput();
                    ByteArrayOutputStream all = new ByteArrayOutputStream();
                    all.writeBytes(hello);
                    connection.getInputStream().transferTo(all);
                    return all.toByteArray();
                }
            });
            String url = "https://127.0.0.1:" + plain.getLocalPort();

            assertThatThrownBy(() -> fetch(url, trusting("authority")))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageEndingWith(
                            "it doesn't speak TLS there. Write http instead of https into schema.registry.url");
            assertThat(new String(got.get(), ISO_8859_1)).doesNotContain("s3cret", "YW5uOnMzY3JldA", "Authorization");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aServerThatWaitsForPlainTextIsSuspectedToSpeakNoTls() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, GOOD)) {
            Duration hurry = Duration.ofMillis(500);
            String url = server.url().replace("http:", "https:");
            RegistryConfig config = config(url, trusting("authority")).withTimeouts(hurry, hurry, hurry);
            try (RegistryConnection registry = RegistryConnection.open(config)) {
                assertThatThrownBy(() -> registry.byId(new SchemaId(7)))
                        .isInstanceOf(RegistryUnavailableException.class)
                        .hasMessageContaining("or does it speak no TLS there?");
            }
            assertThat(server.authorizations()).isEmpty();
        }
    }

    @Test
    void aServerWithTlsIsRecognizedWhenSpokenToInPlain() {
        try (ScriptedServer server = server("good", false)) {
            assertThat(refusal(server, server.url().replace("https:", "http:"), TlsConfig.standard()))
                    .contains("If it speaks TLS there, write https into schema.registry.url");
        }
    }

    @Test
    void aMissingClientCertificateIsAskedFor() {
        try (ScriptedServer server = server("good", true)) {
            // The alert, or else the end of the connection, whichever comes first.
            assertThat(refusal(server, trusting("authority")))
                    .contains("want")
                    .contains("a client certificate")
                    .contains("schema.registry.ssl.keystore.location");
        }
    }

    @Test
    void aClientCertificateThatTheServerDoesNotTrustIsNamed() {
        try (ScriptedServer server = server("good", true)) {
            assertThat(refusal(server, trustingAndShowing("strange")))
                    .contains("accept the c")
                    .contains("ertificate of schema.registry.ssl.keystore.location");
        }
    }

    @Test
    void aClientCertificateThatTheServerTrustsOpensTheDoor() {
        try (ScriptedServer server = server("good", true)) {
            assertThat(fetch(server.url(), trustingAndShowing("good"))).isEqualTo("\"string\"");
        }
    }

    @Test
    void certificatesMayBeGivenInPem() throws IOException {
        Certificates trusted =
                new Certificates.Pem(certificates.certificatePem("authority"), Optional.empty(), Optional.empty());
        Certificates own = new Certificates.Pem(
                certificates.certificatePem("good") + certificates.certificatePem("authority"),
                Optional.of(certificates.keyPem("good")),
                Optional.empty());
        Path file = directory.resolve("own.pem");
        Files.writeString(file, certificates.keyPem("good") + certificates.certificatePem("good"));
        Certificates inFile = new Certificates.StoreFile(file, "PEM", Optional.empty(), Optional.empty());
        try (ScriptedServer server = server("good", true)) {
            TlsConfig trusting = TlsConfig.standard().withTrusted(trusted);
            assertThat(fetch(server.url(), trusting.withOwn(own))).isEqualTo("\"string\"");
            assertThat(fetch(server.url(), trusting.withOwn(inFile))).isEqualTo("\"string\"");

            Certificates.Pem encrypted = new Certificates.Pem(
                    certificates.certificatePem("good"),
                    Optional.of(certificates.encryptedKeyPem("good")),
                    Optional.of(TestCertificates.PASSWORD));
            assertThat(fetch(server.url(), trusting.withOwn(encrypted))).isEqualTo("\"string\"");
            assertUnusable(
                    trusting.withOwn(
                            new Certificates.Pem(encrypted.certificates(), encrypted.privateKey(), Optional.empty())),
                    "schema.registry.ssl.keystore.key is encrypted: set schema.registry.ssl.key.password");
            assertUnusable(
                    trusting.withOwn(new Certificates.Pem(
                            encrypted.certificates(), encrypted.privateKey(), Optional.of("wr0ng"))),
                    "is it whole, and the password in schema.registry.ssl.key.password right?");
        }
    }

    @Test
    void onlyTheVersionsAskedForAreSpoken() {
        try (ScriptedServer server = server("good", false)) {
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                assertThat(fetch(server.url(), trusting("authority").withProtocols(version, List.of(version))))
                        .isEqualTo("\"string\"");
            }
        }
        for (String old : List.of("TLSv1.1", "TLSv1", "SSLv3")) {
            assertThatThrownBy(() -> TlsConfig.standard().withProtocols("TLS", List.of(old)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("schema.registry.ssl.enabled.protocols has '" + old + "': use TLSv1.3 or TLSv1.2, or"
                            + " remove it. Older versions are broken (RFC 8996)");
        }
    }

    private static void assertUnusable(TlsConfig tls, String... words) {
        assertThatThrownBy(() -> fetch("https://127.0.0.1:1", tls))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(words)
                .doesNotContain(TestCertificates.PASSWORD);
    }

    @Test
    void aStoreThatCannotBeReadIsNamedWithItsSetting() throws IOException {
        Path missing = directory.resolve("missing.p12");
        Path text = directory.resolve("text.p12");
        Files.writeString(text, "no key store");
        Path trust = certificates.trustStore("authority");
        Path key = certificates.keyStore("good");

        assertUnusable(
                TlsConfig.standard().withTrusted(file(missing)),
                "schema.registry.ssl.truststore.location: there is no file " + missing);
        assertUnusable(
                TlsConfig.standard().withTrusted(file(text)),
                "schema.registry.ssl.truststore.location: ",
                "is schema.registry.ssl.truststore.type right?");
        assertUnusable(
                TlsConfig.standard()
                        .withTrusted(
                                new Certificates.StoreFile(trust, "PKCS12", Optional.of("wr0ng"), Optional.empty())),
                "schema.registry.ssl.truststore.password doesn't open " + trust);
        assertUnusable(
                TlsConfig.standard()
                        .withTrusted(new Certificates.StoreFile(trust, "JCE", Optional.empty(), Optional.empty())),
                "schema.registry.ssl.truststore.type is 'JCE'",
                "use PKCS12, JKS or PEM");
        assertUnusable(
                TlsConfig.standard()
                        .withTrusted(new Certificates.StoreFile(trust, "PKCS12", Optional.empty(), Optional.empty())),
                "is schema.registry.ssl.truststore.password missing");
        assertUnusable(
                TlsConfig.standard().withOwn(file(trust)),
                "schema.registry.ssl.keystore.location holds no private key");
        assertUnusable(
                TlsConfig.standard()
                        .withOwn(new Certificates.StoreFile(
                                key, "JKS", Optional.of(TestCertificates.PASSWORD), Optional.of("wr0ng"))),
                "schema.registry.ssl.key.password doesn't open the key in schema.registry.ssl.keystore.location");
        assertUnusable(
                TlsConfig.standard().withTrusted(new Certificates.Pem("s3cret", Optional.empty(), Optional.empty())),
                "schema.registry.ssl.truststore.certificates holds no certificate in PEM");
        assertUnusable(
                TlsConfig.standard()
                        .withOwn(new Certificates.Pem(
                                certificates.certificatePem("good"),
                                Optional.of("-----BEGIN RSA PRIVATE KEY-----"),
                                Optional.empty())),
                "schema.registry.ssl.keystore.key holds no private key in PKCS #8",
                "openssl pkcs8 -topk8");
    }

    @Test
    void aKeyStoreOfTheJvmIsNamedByItsProperty() {
        Path key = certificates.keyStore("good");
        System.setProperty("javax.net.ssl.keyStore", key.toString());
        System.setProperty("javax.net.ssl.keyStorePassword", "wrong");
        try {
            assertThatThrownBy(() -> TlsContext.of(TlsConfig.standard()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("javax.net.ssl.keyStorePassword doesn't open " + key);
            System.setProperty("javax.net.ssl.keyStore", key + ".missing");
            assertThatThrownBy(() -> TlsContext.of(TlsConfig.standard()))
                    .hasMessage("javax.net.ssl.keyStore: there is no file " + key + ".missing");
        } finally {
            System.clearProperty("javax.net.ssl.keyStore");
            System.clearProperty("javax.net.ssl.keyStorePassword");
        }
    }
}
