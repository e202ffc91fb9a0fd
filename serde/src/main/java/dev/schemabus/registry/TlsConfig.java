package dev.schemabus.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a client speaks TLS: whom it trusts, and which certificate it shows. Host names are always verified, and nothing
 * older than TLS 1.2 is spoken. An immutable value without a secret in its text; the {@code with…} methods give changed
 * copies.
 *
 * @param trusted the certificates to trust; empty for those that the JVM trusts
 * @param own the certificate to show, with its key; empty for none (or what {@code javax.net.ssl.keyStore} names)
 * @param protocol the name of the JDK's implementation to ask for, such as {@code TLSv1.3}
 * @param protocols the versions to offer; empty for 1.3 and 1.2
 * @param cipherSuites the cipher suites to offer; empty for the JVM's
 */
public record TlsConfig(
        Optional<Certificates> trusted,
        Optional<Certificates> own,
        String protocol,
        List<String> protocols,
        List<String> cipherSuites) {

    /** Versions that nobody has broken. */
    static final Set<String> SAFE_PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    /** Where certificates and keys are. */
    public sealed interface Certificates {

        /**
         * A file.
         *
         * @param type a type of the JDK's key stores, such as {@code PKCS12} and {@code JKS}, or {@code PEM}
         * @param password the store's; none for PEM
         * @param keyPassword the key's, if it has one of its own
         */
        record StoreFile(Path location, String type, Optional<String> password, Optional<String> keyPassword)
                implements Certificates {
            @Override
            public String toString() {
                return "StoreFile[" + location + ", " + type + ", ***]";
            }
        }

        /**
         * Text in PEM (RFC 7468).
         *
         * @param certificates one or several; of a key the first, followed by those that issued it
         * @param privateKey in PKCS #8, encrypted or not; none among trusted certificates
         * @param keyPassword of an encrypted key
         */
        record Pem(String certificates, Optional<String> privateKey, Optional<String> keyPassword)
                implements Certificates {
            @Override
            public String toString() {
                return "Pem[***]";
            }
        }
    }

    private static final TlsConfig STANDARD =
            new TlsConfig(Optional.empty(), Optional.empty(), "TLS", List.of(), List.of());

    /** @throws IllegalArgumentException if a version is none or no longer safe */
    public TlsConfig {
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
        if (!protocol.equals("TLS")) {
            requireSafe("schema.registry.ssl.protocol", protocol);
        }
        protocols.forEach(version -> requireSafe("schema.registry.ssl.enabled.protocols", version));
    }

    private static void requireSafe(String setting, String version) {
        if (!SAFE_PROTOCOLS.contains(version)) {
            throw new IllegalArgumentException(setting + " has '" + version + "': use TLSv1.3 or TLSv1.2, or remove it."
                    + " Older versions are broken (RFC 8996)");
        }
    }

    /** What the JVM trusts, no certificate of one's own. */
    public static TlsConfig standard() {
        return STANDARD;
    }

    /** A copy that trusts these and no others. */
    public TlsConfig withTrusted(Certificates certificates) {
        return new TlsConfig(Optional.of(certificates), own, protocol, protocols, cipherSuites);
    }

    /** A copy that shows this certificate to whoever asks for one. */
    public TlsConfig withOwn(Certificates certificates) {
        return new TlsConfig(trusted, Optional.of(certificates), protocol, protocols, cipherSuites);
    }

    /** A copy that asks for an implementation of the JDK by name and offers these versions. */
    public TlsConfig withProtocols(String newProtocol, List<String> newProtocols) {
        return new TlsConfig(trusted, own, newProtocol, newProtocols, cipherSuites);
    }

    /** A copy that offers these cipher suites. */
    public TlsConfig withCipherSuites(List<String> suites) {
        return new TlsConfig(trusted, own, protocol, protocols, suites);
    }
}
