package dev.schemabus.serde;

import dev.schemabus.registry.RegistrySecurity;
import dev.schemabus.registry.TlsConfig;
import dev.schemabus.registry.TlsConfig.Certificates;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** As whom to ask the registry, and whom to trust, of the settings. */
final class SecuritySettings {

    private static final Map<String, String> HEADERS = Map.of(
            SerdeKeys.BEARER_AUTH_LOGICAL_CLUSTER, "target-sr-cluster",
            SerdeKeys.BEARER_AUTH_IDENTITY_POOL_ID, "Confluent-Identity-Pool-Id");

    private SecuritySettings() {}

    static RegistrySecurity security(AbstractConfig config, Map<String, Object> given) {
        RegistrySecurity security = RegistrySecurity.none()
                .withTls(tls(config, given))
                .withCredentialsOverHttp(config.getBoolean(SerdeKeys.CREDENTIALS_OVER_HTTP));
        return CredentialSources.credentials(config, given)
                .map(security::withCredentials)
                .orElse(security);
    }

    /** The headers of what is sent beside bearer tokens, and only there, by their settings. */
    static Map<String, String> headers(AbstractConfig config) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (CredentialSources.bearerKey(config).isPresent()) {
            HEADERS.forEach((key, header) -> text(config, key).ifPresent(id -> headers.put(key, header)));
        }
        return headers;
    }

    private static TlsConfig tls(AbstractConfig config, Map<String, Object> given) {
        TlsConfig tls = TlsConfig.standard();
        if (given.containsKey(SerdeKeys.SSL_PROTOCOL) || given.containsKey(SerdeKeys.SSL_ENABLED_PROTOCOLS)) {
            tls = tls.withProtocols(
                    config.getString(SerdeKeys.SSL_PROTOCOL), config.getList(SerdeKeys.SSL_ENABLED_PROTOCOLS));
        }
        tls = tls.withCipherSuites(config.getList(SerdeKeys.SSL_CIPHER_SUITES));
        Optional<Certificates> trusted = trusted(config, given);
        Optional<Certificates> own = own(config, given);
        tls = trusted.isPresent() ? tls.withTrusted(trusted.get()) : tls;
        return own.isPresent() ? tls.withOwn(own.get()) : tls;
    }

    private static Optional<Certificates> trusted(AbstractConfig config, Map<String, Object> given) {
        Optional<String> pem = text(config, SerdeKeys.SSL_TRUSTSTORE_CERTIFICATES);
        Optional<String> location = text(config, SerdeKeys.SSL_TRUSTSTORE_LOCATION);
        if (pem.isPresent()) {
            refuseFile(config, given, SerdeKeys.SSL_TRUSTSTORE_CERTIFICATES, "schema.registry.ssl.truststore.");
            return Optional.of(new Certificates.Pem(pem.get(), Optional.empty(), Optional.empty()));
        }
        if (location.isEmpty()) {
            requireNone(config, SerdeKeys.SSL_TRUSTSTORE_PASSWORD, SerdeKeys.SSL_TRUSTSTORE_LOCATION);
            return Optional.empty();
        }
        return Optional.of(new Certificates.StoreFile(
                path(SerdeKeys.SSL_TRUSTSTORE_LOCATION, location.get()),
                config.getString(SerdeKeys.SSL_TRUSTSTORE_TYPE),
                text(config, SerdeKeys.SSL_TRUSTSTORE_PASSWORD),
                Optional.empty()));
    }

    private static Optional<Certificates> own(AbstractConfig config, Map<String, Object> given) {
        Optional<String> chain = text(config, SerdeKeys.SSL_KEYSTORE_CERTIFICATE_CHAIN);
        Optional<String> key = text(config, SerdeKeys.SSL_KEYSTORE_KEY);
        Optional<String> location = text(config, SerdeKeys.SSL_KEYSTORE_LOCATION);
        Optional<String> keyPassword = text(config, SerdeKeys.SSL_KEY_PASSWORD);
        if (chain.isPresent() != key.isPresent()) {
            throw new ConfigException(SerdeKeys.SSL_KEYSTORE_CERTIFICATE_CHAIN + " and " + SerdeKeys.SSL_KEYSTORE_KEY
                    + " belong together, and only one of them is set: set the other, too");
        }
        if (chain.isPresent()) {
            refuseFile(config, given, SerdeKeys.SSL_KEYSTORE_CERTIFICATE_CHAIN, "schema.registry.ssl.keystore.");
            return Optional.of(new Certificates.Pem(chain.get(), key, keyPassword));
        }
        if (location.isEmpty()) {
            requireNone(config, SerdeKeys.SSL_KEYSTORE_PASSWORD, SerdeKeys.SSL_KEYSTORE_LOCATION);
            requireNone(config, SerdeKeys.SSL_KEY_PASSWORD, SerdeKeys.SSL_KEYSTORE_LOCATION);
            return Optional.empty();
        }
        return Optional.of(new Certificates.StoreFile(
                path(SerdeKeys.SSL_KEYSTORE_LOCATION, location.get()),
                config.getString(SerdeKeys.SSL_KEYSTORE_TYPE),
                text(config, SerdeKeys.SSL_KEYSTORE_PASSWORD),
                keyPassword));
    }

    private static void refuseFile(AbstractConfig config, Map<String, Object> given, String pem, String store) {
        for (String other : new String[] {store + "location", store + "password"}) {
            if (text(config, other).isPresent()) {
                throw Contradictions.contradiction(
                        pem, other, "the former is the text itself, the latter is for a file: keep one of them");
            }
        }
        String type = store + "type";
        if (given.containsKey(type) && !config.getString(type).equalsIgnoreCase("PEM")) {
            throw Contradictions.contradiction(pem, type, "the former is PEM: remove the latter, or set it to PEM");
        }
    }

    private static void requireNone(AbstractConfig config, String password, String location) {
        if (text(config, password).isPresent()) {
            throw new ConfigException(
                    password + " is set, and " + location + " is missing: set it, or remove the password");
        }
    }

    private static Path path(String key, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigException(key, text, "it is no path of a file");
        }
    }

    /** A value, unless it is empty; of a secret, too. */
    static Optional<String> text(AbstractConfig config, String key) {
        Object value = config.values().get(key);
        String text = value instanceof Password password ? password.value() : value == null ? "" : value.toString();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** What the registry client refuses, in Kafka's exception; the message names the setting. */
    static <T> T valid(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }
}
