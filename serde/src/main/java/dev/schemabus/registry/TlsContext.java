package dev.schemabus.registry;

import dev.schemabus.registry.TlsConfig.Certificates;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's TLS, set up as a {@link TlsConfig} says. Certificates are read once, here. */
record TlsContext(SSLContext context, SSLParameters parameters) {

    private static final List<String> DEFAULT_PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** @throws IllegalArgumentException if a certificate can't be had; the message names the setting */
    static TlsContext of(TlsConfig config) {
        try {
            SSLContext context = SSLContext.getInstance(config.protocol());
            context.init(keys(config.own()), trust(config.trusted()), null);
            return new TlsContext(context, parameters(config, context));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(
                    "schema.registry.ssl.protocol has '" + config.protocol() + "', which this JVM doesn't offer", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The certificates of schema.registry.ssl.* can't be used: " + e.getMessage(), e);
        }
    }

    private static SSLParameters parameters(TlsConfig config, SSLContext context) {
        SSLParameters parameters = new SSLParameters();
        List<String> protocols = config.protocols().isEmpty() ? DEFAULT_PROTOCOLS : config.protocols();
        parameters.setProtocols(protocols.toArray(String[]::new));
        // The JDK's HTTP client sets it, too, unless a system property tells it not to: hence here.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!config.cipherSuites().isEmpty()) {
            List<String> known = List.of(context.getSupportedSSLParameters().getCipherSuites());
            for (String suite : config.cipherSuites()) {
                if (!known.contains(suite)) {
                    throw new IllegalArgumentException(
                            "schema.registry.ssl.cipher.suites has '" + suite + "', which this JVM doesn't offer");
                }
            }
            parameters.setCipherSuites(config.cipherSuites().toArray(String[]::new));
        }
        return parameters;
    }

    private static TrustManager[] trust(Optional<Certificates> trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted.map(CertificateFiles::trusted).orElse(null));
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager certificates) {
                return new TrustManager[] {new ServerTrust(certificates)};
            }
        }
        throw new IllegalStateException("This JVM has no trust manager for X.509 certificates");
    }

    private static KeyManager @Nullable [] keys(Optional<Certificates> own) throws GeneralSecurityException {
        Optional<Certificates> certificates = own.or(TlsContext::ofTheJvm);
        if (certificates.isEmpty()) {
            return null;
        }
        CertificateFiles.Keys keys = own.isPresent()
                ? CertificateFiles.own(certificates.get())
                : CertificateFiles.ownOfTheJvm(certificates.get());
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys.store(), keys.keyPassword().toCharArray());
        return factory.getKeyManagers();
    }

    /** As the JVM's own context has it, which is not used because its words for failures can't be chosen. */
    private static Optional<Certificates> ofTheJvm() {
        String location = System.getProperty("javax.net.ssl.keyStore", "");
        return location.isEmpty() || location.equals("NONE")
                ? Optional.empty()
                : Optional.of(new Certificates.StoreFile(
                        Path.of(location),
                        System.getProperty("javax.net.ssl.keyStoreType", KeyStore.getDefaultType()),
                        Optional.ofNullable(System.getProperty("javax.net.ssl.keyStorePassword")),
                        Optional.empty()));
    }
}
