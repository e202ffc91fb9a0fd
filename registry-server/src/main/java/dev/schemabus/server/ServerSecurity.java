package dev.schemabus.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Who may use a registry, and how they get there: users with passwords, TLS, client certificates; each may be left out. An
 * immutable value; the {@code with…} methods give changed copies.
 *
 * @param users a file of lines, one for each, which the command line of the server makes
 * @param keyStore the server's certificate and key; with it, it speaks TLS only
 * @param clientAuthorities the certificates that issue client certificates; with it, every client must have one
 */
public record ServerSecurity(Optional<Path> users, Optional<Store> keyStore, Optional<Store> clientAuthorities) {

    private static final ServerSecurity NONE = new ServerSecurity(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * A key store of the JDK.
     *
     * @param file in PKCS #12 or JKS
     * @param password of the store and of the key in it
     */
    public record Store(Path file, String password) {
        @Override
        public String toString() {
            return "Store[" + file + ", ***]";
        }

        private KeyStore load(boolean withKey) {
            try (InputStream in = Files.newInputStream(file)) {
                KeyStore store = KeyStore.getInstance("JKS"); // which reads PKCS #12, too
                store.load(in, password.toCharArray());
                requireEntry(store, withKey);
                return store;
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalArgumentException(
                        "The key store " + file + " can't be read (" + e + "): is the password right?", e);
            }
        }

        private void requireEntry(KeyStore store, boolean withKey) throws KeyStoreException {
            for (String alias : Collections.list(store.aliases())) {
                if (withKey ? store.isKeyEntry(alias) : store.isCertificateEntry(alias)) {
                    return;
                }
            }
            throw new IllegalArgumentException("The key store " + file + " holds no "
                    + (withKey ? "private key with its certificate" : "trusted certificate"));
        }
    }

    /** @throws IllegalArgumentException if client certificates are asked for without TLS */
    public ServerSecurity {
        if (clientAuthorities.isPresent() && keyStore.isEmpty()) {
            throw new IllegalArgumentException(
                    "Client certificates need TLS: give the server a key store, too, or leave their authorities out");
        }
    }

    /** Anybody may do anything, over HTTP. */
    public static ServerSecurity none() {
        return NONE;
    }

    /** A copy for these users only. */
    public ServerSecurity withUsers(Path file) {
        return new ServerSecurity(Optional.of(file), keyStore, clientAuthorities);
    }

    /** A copy that speaks TLS. */
    public ServerSecurity withKeyStore(Store store) {
        return new ServerSecurity(users, Optional.of(store), clientAuthorities);
    }

    /** A copy for clients that show a certificate issued by one of these. */
    public ServerSecurity withClientAuthorities(Store store) {
        return new ServerSecurity(users, keyStore, Optional.of(store));
    }

    /** {@code http} or {@code https}. */
    String scheme() {
        return keyStore.isPresent() ? "https" : "http";
    }

    /** What checks who asks, in front of what answers. */
    Handler guarding(Handler handler) {
        return users.isPresent() ? new Authenticating(Users.read(users.get()), handler) : handler;
    }

    /** What a connection speaks, the outermost first. */
    ConnectionFactory[] connections(HttpConfiguration configuration) {
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        return tls().map(tls -> {
                    // Whether the certificate has the name they asked for is for clients to judge.
                    configuration.addCustomizer(new SecureRequestCustomizer(false));
                    return new ConnectionFactory[] {new SslConnectionFactory(tls, http.getProtocol()), http};
                })
                .orElseGet(() -> new ConnectionFactory[] {http});
    }

    /**
     * How a node reaches the others of its registry: it shows its own certificate, and trusts those that issued it, or that the
     * JVM trusts. Empty if they don't speak TLS.
     */
    Optional<SSLContext> toOtherNodes() {
        return keyStore.map(own -> {
            try {
                KeyStore ownKey = own.load(true);
                KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(ownKey, own.password().toCharArray());
                TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(trusted(ownKey));
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
                return context;
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalArgumentException(
                        "The key store " + own.file() + " can't be used to reach other nodes: " + e, e);
            }
        });
    }

    private static KeyStore trusted(KeyStore ownKey) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (String alias : Collections.list(ownKey.aliases())) {
            Certificate[] chain = ownKey.getCertificateChain(alias);
            for (int i = 0; chain != null && i < chain.length; i++) {
                trusted.setCertificateEntry("own-" + alias + "-" + i, chain[i]);
            }
        }
        TrustManagerFactory jvm = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        jvm.init((KeyStore) null);
        int number = 0;
        for (TrustManager manager : jvm.getTrustManagers()) {
            if (manager instanceof X509TrustManager certificates) {
                for (X509Certificate issuer : certificates.getAcceptedIssuers()) {
                    trusted.setCertificateEntry("jvm-" + number++, issuer);
                }
            }
        }
        return trusted;
    }

    private Optional<SslContextFactory.Server> tls() {
        return keyStore.map(own -> {
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setKeyStore(own.load(true));
            tls.setKeyStorePassword(own.password());
            tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
            clientAuthorities.ifPresent(authorities -> {
                tls.setTrustStore(authorities.load(false));
                tls.setNeedClientAuth(true);
            });
            return tls;
        });
    }
}
