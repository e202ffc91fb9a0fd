package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.Credentials;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RegistrySecurity;
import dev.schemabus.registry.TlsConfig;
import dev.schemabus.registry.TlsConfig.Certificates;
import dev.schemabus.registry.TokenProvider;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the keys for credentials, TLS and the proxy mean, and which of them can't stand together. */
class SecuritySettingsTest {

    private static final String SOURCE = "bearer.auth.credentials.source";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

    private static Map<String, Object> properties(Object... more) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("schema.registry.url", "https://localhost:8081");
        for (int i = 0; i < more.length; i += 2) {
            properties.put(String.valueOf(more[i]), more[i + 1]);
        }
        return properties;
    }

    private static RegistryConfig config(Object... more) {
        return new SerdeConfig(properties(more), false).registry();
    }

    private static Optional<Credentials> credentials(Object... more) {
        return config(more).security().credentials();
    }

    /** Where a message shows none of the secrets of this class. */
    private static void assertRefused(String message, Object... more) {
        assertThatThrownBy(() -> config(more))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message)
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("s3cret"));
    }

    @Test
    void withoutKeysThereIsNoSecurity() {
        assertThat(config().security()).isEqualTo(RegistrySecurity.none());
        assertThat(config("proxy.host", "", "proxy.port", -1).proxy()).isEmpty();
    }

    @Test
    void userAndPasswordMayBeGiven() {
        assertThat(credentials("basic.auth.user.info", "ann:s3cret")).contains(new Credentials.Basic("ann:s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "org.apache.kafka.common.security.scram.ScramLoginModule"})
    void userAndPasswordMayBeThoseOfTheKafkaClient(String module) {
        String jaas = module + " required username=\"ann\" password=\"s3cret:;\";";
        Credentials expected = new Credentials.Basic("ann:s3cret:;", "sasl.jaas.config");

        assertThat(credentials("basic.auth.credentials.source", "SASL_INHERIT", "sasl.jaas.config", jaas))
                .contains(expected);
        assertThat(credentials("basic.auth.credentials.source", "SASL_INHERIT", "sasl.jaas.config", new Password(jaas)))
                .contains(expected);
    }

    @Test
    void aKafkaClientWithoutUserAndPasswordHasNoneToInherit() {
        String inherit = "basic.auth.credentials.source=SASL_INHERIT, and sasl.jaas.config ";
        String example = ". Write for instance " + PLAIN + " required username=\"…\" password=\"…\";";
        String module = inherit + "is not one login module that has a user and a password: use PlainLoginModule or"
                + " ScramLoginModule, or set basic.auth.user.info instead of the former";
        Map.of(
                        PLAIN + " required username=\"ann\" password=\"s3cret\"",
                        inherit + "can't be read, or names a module that Kafka refuses" + example,
                        "com.sun.security.auth.module.JndiLoginModule required user.provider.url=\"ldap://s3cret\";",
                        inherit + "can't be read, or names a module that Kafka refuses" + example,
                        "com.acme.LoginModule required username=\"ann\" password=\"s3cret\";",
                        module,
                        PLAIN + " required user=\"ann\" password=\"s3cret\";",
                        inherit + "has no username and password (a delegation token is none): set basic.auth.user.info"
                                + " instead of the former",
                        PLAIN + " required username=\"a:b\" password=\"s3cret\";",
                        inherit + "has a user with a colon, which HTTP basic authentication can't send (RFC 7617,"
                                + " section 2)")
                .forEach((jaas, message) -> assertRefused(
                        message, "basic.auth.credentials.source", "SASL_INHERIT", "sasl.jaas.config", jaas));
        assertRefused(inherit + "is missing: set it" + example, "basic.auth.credentials.source", "SASL_INHERIT");
    }

    @Test
    void aTokenMayBeGivenWithItsSourceOrWithout() {
        assertThat(credentials("bearer.auth.token", "s3cret")).contains(new Credentials.Token("s3cret"));
        assertThat(credentials("bearer.auth.token", "s3cret", SOURCE, "STATIC_TOKEN"))
                .contains(new Credentials.Token("s3cret"));
    }

    private static Map<String, Object> oauth(Object... more) {
        Map<String, Object> properties = properties(
                SOURCE,
                "OAUTHBEARER",
                "bearer.auth.issuer.endpoint.url",
                "https://login.test/token",
                "bearer.auth.client.id",
                "me",
                "bearer.auth.client.secret",
                "s3cret");
        properties.putAll(properties(more));
        return properties;
    }

    @Test
    void tokensMayComeFromAnOAuthServer() {
        URI endpoint = URI.create("https://login.test/token");

        assertThat(new SerdeConfig(oauth(), false).registry().security().credentials())
                .contains(new Credentials.ClientCredentials(
                        endpoint, "me", "s3cret", Optional.empty(), Duration.ofMinutes(5)));
        assertThat(new SerdeConfig(
                                oauth("bearer.auth.scope", "read", "bearer.auth.cache.expiry.buffer.seconds", 60),
                                false)
                        .registry()
                        .security()
                        .credentials())
                .contains(new Credentials.ClientCredentials(
                        endpoint, "me", "s3cret", Optional.of("read"), Duration.ofMinutes(1)));
    }

    @Test
    void clusterAndPoolAreSentAsHeaders() {
        assertThat(config(
                                "bearer.auth.token", "s3cret",
                                "bearer.auth.logical.cluster", "lsrc-1",
                                "bearer.auth.identity.pool.id", "pool-1")
                        .headers())
                .isEqualTo(Map.of("target-sr-cluster", "lsrc-1", "Confluent-Identity-Pool-Id", "pool-1"));
    }

    @Test
    void clusterAndPoolAreForBearerTokensOnly() {
        assertThat(config("bearer.auth.logical.cluster", "lsrc-1", "bearer.auth.identity.pool.id", "pool-1")
                        .headers())
                .isEmpty();
    }

    @Test
    void oneHeaderIsNotSetTwice() {
        assertThatThrownBy(() -> config(
                        "bearer.auth.token", "s3cret",
                        "bearer.auth.logical.cluster", "lsrc-1",
                        "request.header.Target-SR-Cluster", "lsrc-2"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bearer.auth.logical.cluster")
                .hasMessageContaining("request.header.Target-SR-Cluster")
                .hasMessageContaining("keep one of them");
        assertThatThrownBy(() -> config("request.header.X-Shop", "a", "request.header.x-shop", "b"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("keep one of them");
    }

    /** A provider that is given the settings. */
    public static final class Configured implements TokenProvider, Configurable {
        private String token = "";

        @Override
        public void configure(Map<String, ?> configs) {
            token = String.valueOf(configs.get("com.acme.token"));
        }

        @Override
        public String token(Duration limit) {
            return token;
        }
    }

    @Test
    void tokensMayComeFromAClassOfOnesOwn() {
        Optional<Credentials> credentials = credentials(
                SOURCE,
                "CUSTOM",
                "bearer.auth.custom.provider.class",
                Configured.class.getName(),
                "com.acme.token",
                "s3cret");

        assertThat(credentials)
                .get()
                .isInstanceOfSatisfying(
                        Credentials.Custom.class,
                        custom -> assertThat(custom.provider().token(Duration.ofSeconds(1)))
                                .isEqualTo("s3cret"));
        assertThatThrownBy(() -> config(SOURCE, "CUSTOM", "bearer.auth.custom.provider.class", "java.lang.String"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("it is no public class that implements dev.schemabus.registry.TokenProvider");
    }

    @ParameterizedTest
    @CsvSource({
        "STATIC_TOKEN, bearer.auth.token",
        "OAUTHBEARER, bearer.auth.issuer.endpoint.url",
        "CUSTOM, bearer.auth.custom.provider.class"
    })
    void whatASourceReadsMustBeThere(String source, String missing) {
        assertRefused(
                SOURCE + "=" + source + ", and " + missing + " is missing: set it, or remove the former",
                SOURCE,
                source);
    }

    @Test
    void aSourceMustBeNamedIfItIsNotTheToken() {
        assertRefused(
                "bearer.auth.client.secret is set, and " + SOURCE + " is missing: set it to OAUTHBEARER or CUSTOM",
                "bearer.auth.client.secret",
                "s3cret");
    }

    @Test
    void twoSourcesContradictEachOther() {
        String both = " contradict each other: both say how to authenticate: keep one of them";
        String user = "basic.auth.user.info";
        assertRefused(user + " and " + SOURCE + both, user, "ann:s3cret", SOURCE, "STATIC_TOKEN");
        assertRefused(user + " and bearer.auth.token" + both, user, "ann:s3cret", "bearer.auth.token", "s3cret");
        assertRefused(
                user + " and basic.auth.credentials.source=SASL_INHERIT" + both,
                user,
                "ann:s3cret",
                "basic.auth.credentials.source",
                "SASL_INHERIT");
        assertRefused(
                "bearer.auth.token and request.header.authorization" + both,
                "bearer.auth.token",
                "s3cret",
                "request.header.authorization",
                "s3cret");
        assertRefused(
                SOURCE + "=STATIC_TOKEN and bearer.auth.client.id contradict each other: the latter belongs to"
                        + " OAUTHBEARER: keep one of them",
                "bearer.auth.token",
                "s3cret",
                "bearer.auth.client.id",
                "me");
    }

    @Test
    void credentialsByHttpNeedPermission() {
        Map<String, Object> plain =
                properties("schema.registry.url", "http://registry.test:8081", "basic.auth.user.info", "ann:s3cret");

        assertThatThrownBy(() -> KafkaErrors.opening(new SerdeConfig(plain, false)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        "schema.registry.url has http://registry.test:8081, and credentials would be sent"
                                + " there unencrypted");
        plain.put("schemabus.registry.credentials.over.http", "true");
        KafkaErrors.opening(new SerdeConfig(plain, false)).close();
    }

    @Test
    void storesMayBeFiles() {
        TlsConfig tls = config(
                        "schema.registry.ssl.truststore.location", "trust.p12",
                        "schema.registry.ssl.truststore.password", "s3cret",
                        "schema.registry.ssl.truststore.type", "PKCS12",
                        "schema.registry.ssl.keystore.location", "key.jks",
                        "schema.registry.ssl.keystore.password", "s3cret",
                        "schema.registry.ssl.key.password", "s3cret-2",
                        "schema.registry.ssl.protocol", "TLSv1.2",
                        "schema.registry.ssl.enabled.protocols", "TLSv1.2",
                        "schema.registry.ssl.cipher.suites", "TLS_AES_128_GCM_SHA256",
                        "schema.registry.ssl.endpoint.identification.algorithm", "HTTPS")
                .security()
                .tls();

        assertThat(tls)
                .isEqualTo(new TlsConfig(
                        Optional.of(new Certificates.StoreFile(
                                Path.of("trust.p12"), "PKCS12", Optional.of("s3cret"), Optional.empty())),
                        Optional.of(new Certificates.StoreFile(
                                Path.of("key.jks"), "JKS", Optional.of("s3cret"), Optional.of("s3cret-2"))),
                        "TLSv1.2",
                        List.of("TLSv1.2"),
                        List.of("TLS_AES_128_GCM_SHA256")));
        assertThat(tls.toString()).doesNotContain("s3cret");
    }

    @Test
    void storesMayBePem() {
        TlsConfig tls = config(
                        "schema.registry.ssl.truststore.certificates", "trusted",
                        "schema.registry.ssl.truststore.type", "PEM",
                        "schema.registry.ssl.keystore.certificate.chain", "chain",
                        "schema.registry.ssl.keystore.key", "s3cret")
                .security()
                .tls();

        assertThat(tls.trusted()).contains(new Certificates.Pem("trusted", Optional.empty(), Optional.empty()));
        assertThat(tls.own()).contains(new Certificates.Pem("chain", Optional.of("s3cret"), Optional.empty()));
        assertThat(tls.toString()).doesNotContain("s3cret");
    }

    @Test
    void halvesAndContradictionsOfStoresAreRefused() {
        String trust = "schema.registry.ssl.truststore.";
        String key = "schema.registry.ssl.keystore.";
        assertRefused(
                trust + "password is set, and " + trust + "location is missing: set it, or remove the password",
                trust + "password",
                "s3cret");
        assertRefused(
                trust + "certificates and " + trust + "location contradict each other: the former is the text itself,"
                        + " the latter is for a file: keep one of them",
                trust + "certificates",
                "pem",
                trust + "location",
                "trust.p12");
        assertRefused(
                trust + "certificates and " + trust
                        + "type contradict each other: the former is PEM: remove the latter," + " or set it to PEM",
                trust + "certificates",
                "pem",
                trust + "type",
                "JKS");
        assertRefused(
                key + "certificate.chain and " + key
                        + "key belong together, and only one of them is set: set the other," + " too",
                key + "key",
                "s3cret");
        assertThatThrownBy(() ->
                        KafkaErrors.opening(new SerdeConfig(properties(trust + "location", "no-such-file.p12"), false)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(trust + "location: there is no file no-such-file.p12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none"})
    void hostNamesAreAlwaysVerified(String algorithm) {
        assertThatThrownBy(() -> config("schema.registry.ssl.endpoint.identification.algorithm", algorithm))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.ssl.endpoint.identification.algorithm")
                .hasMessageContaining("host names are always verified: without that, whoever has any certificate");
    }

    @Test
    void aProxyHasAHostAndAPort() {
        assertThat(config("proxy.host", "proxy.test", "proxy.port", "3128").proxy())
                .contains(InetSocketAddress.createUnresolved("proxy.test", 3128));
        String together =
                "proxy.host and proxy.port belong together, and only one of them is set: set the other, too, or"
                        + " remove it";
        assertRefused(together, "proxy.host", "proxy.test");
        assertRefused(together, "proxy.port", "3128");
        assertRefused(
                "proxy.host and proxy.port are no host name and port: write for instance proxy.example.com and 3128",
                "proxy.host",
                "http://ann:s3cret@proxy.test",
                "proxy.port",
                "3128");
    }
}
