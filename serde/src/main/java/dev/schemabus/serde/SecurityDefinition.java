package dev.schemabus.serde;

import dev.schemabus.registry.Credentials;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The keys of {@link SerdeDefinition} that say who asks the registry, and whom to trust. */
final class SecurityDefinition {

    private SecurityDefinition() {}

    static void add(SerdeDefinition keys) {
        keys.section("Credentials");
        basic(keys);
        bearer(keys);
        keys.flag(
                SerdeKeys.CREDENTIALS_OVER_HTTP,
                false,
                "Whether credentials may be sent to another machine by `http`, where everybody on the way can read them."
                        + SerdeDefinition.DIFFERS
                        + "they always are there.");
        keys.section("TLS");
        trust(keys);
        certificate(keys);
        protocols(keys);
    }

    private static void basic(SerdeDefinition keys) {
        keys.key(
                SerdeKeys.BASIC_AUTH_CREDENTIALS_SOURCE,
                ConfigDef.Type.STRING,
                "USER_INFO",
                SecurityDefinition::requireBasicSource,
                "Where basic credentials come from: `USER_INFO` reads `basic.auth.user.info`, `SASL_INHERIT` the user and"
                        + " password that the Kafka client has in `sasl.jaas.config` for PLAIN or SCRAM."
                        + SerdeDefinition.DIFFERS
                        + "the default is `URL` there, which is refused, since URLs get into logs.");
        password(keys, SerdeKeys.BASIC_AUTH_USER_INFO, "`user:password` for HTTP basic authentication.");
    }

    private static void bearer(SerdeDefinition keys) {
        keys.key(
                SerdeKeys.BEARER_AUTH_CREDENTIALS_SOURCE,
                ConfigDef.Type.STRING,
                null,
                SecurityDefinition::requireBearerSource,
                "Where bearer tokens come from: `STATIC_TOKEN` reads `bearer.auth.token`, `OAUTHBEARER` asks an OAuth"
                        + " server for them (client credentials grant), `CUSTOM` a class."
                        + SerdeDefinition.DIFFERS
                        + "`bearer.auth.token` alone is enough; `SASL_OAUTHBEARER_INHERIT` is not served.");
        password(keys, SerdeKeys.BEARER_AUTH_TOKEN, "The token of `STATIC_TOKEN`.");
        text(
                keys,
                SerdeKeys.BEARER_AUTH_ISSUER_ENDPOINT_URL,
                "The URL at which the OAuth server gives tokens. `https`, as for the registry.");
        text(keys, SerdeKeys.BEARER_AUTH_CLIENT_ID, "The client's name at the OAuth server.");
        password(keys, SerdeKeys.BEARER_AUTH_CLIENT_SECRET, "The client's secret at the OAuth server.");
        text(keys, SerdeKeys.BEARER_AUTH_SCOPE, "The scope to ask the OAuth server for.");
        keys.seconds(
                SerdeKeys.BEARER_AUTH_CACHE_EXPIRY_BUFFER_SECONDS,
                Credentials.ClientCredentials.DEFAULT_REFRESH_BEFORE.toSeconds(),
                0,
                "How long before a token of the OAuth server expires the next one is asked for, at the earliest half way.");
        text(keys, SerdeKeys.BEARER_AUTH_LOGICAL_CLUSTER, "Sent with bearer tokens in the header `target-sr-cluster`.");
        text(
                keys,
                SerdeKeys.BEARER_AUTH_IDENTITY_POOL_ID,
                "Sent with bearer tokens in the header `Confluent-Identity-Pool-Id`.");
        keys.key(
                SerdeKeys.BEARER_AUTH_CUSTOM_PROVIDER_CLASS,
                ConfigDef.Type.STRING,
                "",
                null,
                "The class of `CUSTOM`, which implements `TokenProvider`; it is given the settings if it implements"
                        + " Kafka's `Configurable`, too."
                        + SerdeDefinition.DIFFERS
                        + "`BearerAuthCredentialProvider` there.");
    }

    private static void trust(SerdeDefinition keys) {
        text(
                keys,
                SerdeKeys.SSL_TRUSTSTORE_LOCATION,
                "The file with the certificates to trust. Otherwise those that the JVM trusts.");
        password(keys, SerdeKeys.SSL_TRUSTSTORE_PASSWORD, "Its password.");
        keys.key(
                SerdeKeys.SSL_TRUSTSTORE_TYPE,
                ConfigDef.Type.STRING,
                "JKS",
                null,
                "Its type, `PKCS12`, `JKS` (which reads both) or `PEM`.");
        password(keys, SerdeKeys.SSL_TRUSTSTORE_CERTIFICATES, "The certificates to trust, in PEM, instead of a file.");
    }

    private static void certificate(SerdeDefinition keys) {
        text(
                keys,
                SerdeKeys.SSL_KEYSTORE_LOCATION,
                "The file with the certificate and key to show to a registry that asks for them (mutual TLS).");
        password(keys, SerdeKeys.SSL_KEYSTORE_PASSWORD, "Its password.");
        keys.key(
                SerdeKeys.SSL_KEYSTORE_TYPE,
                ConfigDef.Type.STRING,
                "JKS",
                null,
                "Its type, `PKCS12`, `JKS` (which reads both) or `PEM`.");
        password(
                keys,
                SerdeKeys.SSL_KEYSTORE_CERTIFICATE_CHAIN,
                "The certificate, followed by those that issued it, in PEM, instead of a file.");
        password(keys, SerdeKeys.SSL_KEYSTORE_KEY, "Its key, in PEM (PKCS #8).");
        password(keys, SerdeKeys.SSL_KEY_PASSWORD, "The password of the key, if it has one of its own.");
    }

    private static void protocols(SerdeDefinition keys) {
        keys.key(
                SerdeKeys.SSL_PROTOCOL,
                ConfigDef.Type.STRING,
                "TLSv1.3",
                SecurityDefinition::requireSafeProtocol,
                "The JDK's implementation of TLS to use, `TLSv1.3`, `TLSv1.2` or `TLS`.");
        keys.key(
                SerdeKeys.SSL_ENABLED_PROTOCOLS,
                ConfigDef.Type.LIST,
                List.of("TLSv1.2", "TLSv1.3"),
                SecurityDefinition::requireSafeProtocols,
                "The versions of TLS to speak." + SerdeDefinition.DIFFERS
                        + "versions before 1.2 are refused (RFC 8996).");
        keys.key(
                SerdeKeys.SSL_CIPHER_SUITES,
                ConfigDef.Type.LIST,
                List.of(),
                null,
                "The cipher suites to offer. Otherwise the JVM's.");
        keys.key(
                SerdeKeys.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM,
                ConfigDef.Type.STRING,
                "https",
                SecurityDefinition::requireHostNames,
                "`https`: the registry's certificate must have the host name of the URL."
                        + SerdeDefinition.DIFFERS
                        + "an empty text turns that off there; anybody with any certificate could then answer.");
    }

    private static void text(SerdeDefinition keys, String name, String documentation) {
        keys.key(name, ConfigDef.Type.STRING, "", null, documentation);
    }

    private static void password(SerdeDefinition keys, String name, String documentation) {
        keys.key(name, ConfigDef.Type.PASSWORD, "", null, documentation);
    }

    private static void requireBasicSource(String key, Object value) {
        String text = String.valueOf(value);
        if (text.equals("URL")) {
            throw new ConfigException(
                    key,
                    value,
                    "credentials in schema.registry.url are not served, since URLs get into logs: move them from there"
                            + " to basic.auth.user.info=user:password, and remove this key");
        }
        if (!text.equals("USER_INFO") && !text.equals("SASL_INHERIT")) {
            throw new ConfigException(key, value, "use USER_INFO or SASL_INHERIT");
        }
    }

    private static void requireBearerSource(String key, Object value) {
        if (value != null && !List.of("STATIC_TOKEN", "OAUTHBEARER", "CUSTOM").contains(String.valueOf(value))) {
            throw new ConfigException(
                    key,
                    value,
                    value.equals("SASL_OAUTHBEARER_INHERIT")
                            ? "it is not served: use OAUTHBEARER, with the bearer.auth.* keys that say which server"
                            : "use STATIC_TOKEN, OAUTHBEARER or CUSTOM");
        }
    }

    private static void requireSafeProtocol(String key, Object value) {
        if (!List.of("TLS", "TLSv1.2", "TLSv1.3").contains(String.valueOf(value))) {
            throw new ConfigException(
                    key, value, "use TLSv1.3 or TLSv1.2: older versions of TLS are broken (RFC 8996)");
        }
    }

    private static void requireSafeProtocols(String key, Object value) {
        List<?> versions = (List<?>) value;
        if (versions.isEmpty()) {
            throw new ConfigException(key, value, "name one: TLSv1.3, TLSv1.2");
        }
        for (Object version : versions) {
            if (!List.of("TLSv1.2", "TLSv1.3").contains(version)) {
                throw new ConfigException(
                        key, value, "use TLSv1.3 or TLSv1.2: older versions of TLS are broken (RFC 8996)");
            }
        }
    }

    private static void requireHostNames(String key, Object value) {
        if (!String.valueOf(value).toLowerCase(Locale.ROOT).equals("https")) {
            throw new ConfigException(
                    key,
                    value,
                    "host names are always verified: without that, whoever has any certificate that is trusted could"
                            + " answer instead of the registry, and get the credentials. Remove the key, and give the"
                            + " registry a certificate with the name in schema.registry.url, or write a name there that"
                            + " its certificate has");
        }
    }
}
