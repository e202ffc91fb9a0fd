package dev.schemabus.registry;

import dev.schemabus.registry.TlsConfig.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads what {@link Certificates} name. Every message says which setting to look at, and shows no secret. */
final class CertificateFiles {

    private CertificateFiles() {}

    /** A key store and the password of the keys in it. */
    record Keys(KeyStore store, String keyPassword) {
        @Override
        public String toString() {
            return "Keys[***]";
        }
    }

    /** What the user calls a store and its parts. */
    private record Names(String location, String password, String type, String keyPassword) {

        static Names of(String prefix) {
            return new Names(
                    prefix + "location", prefix + "password", prefix + "type", "schema.registry.ssl.key.password");
        }
    }

    /** Certificates to trust. */
    static KeyStore trusted(Certificates certificates) {
        Names names = Names.of("schema.registry.ssl.truststore.");
        KeyStore store = certificates instanceof Certificates.StoreFile file && !isPem(file)
                ? load(names, file)
                : trustedPem(certificates, names);
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias)) {
                    return store;
                }
            }
        } catch (KeyStoreException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalArgumentException(names.location() + " holds no trusted certificate that can be read: is "
                + names.password() + " missing, or is it a key store?");
    }

    private static KeyStore trustedPem(Certificates certificates, Names names) {
        boolean file = certificates instanceof Certificates.StoreFile;
        String where = file ? names.location() : "schema.registry.ssl.truststore.certificates";
        List<X509Certificate> found =
                Pem.certificates(where, pemOf(names, certificates).certificates());
        KeyStore store = empty();
        try {
            for (int i = 0; i < found.size(); i++) {
                store.setCertificateEntry("trusted-" + i, found.get(i));
            }
        } catch (KeyStoreException e) {
            throw new IllegalStateException(e);
        }
        return store;
    }

    /** A certificate of one's own and its key. */
    static Keys own(Certificates certificates) {
        return own(Names.of("schema.registry.ssl.keystore."), certificates);
    }

    /** The JVM's, which the user names in another way. */
    static Keys ownOfTheJvm(Certificates certificates) {
        String property = "javax.net.ssl.keyStore";
        return own(new Names(property, property + "Password", property + "Type", property + "Password"), certificates);
    }

    private static Keys own(Names names, Certificates certificates) {
        if (certificates instanceof Certificates.StoreFile file && !isPem(file)) {
            KeyStore store = load(names, file);
            String password = file.keyPassword().or(file::password).orElse("");
            requireKey(names, store, password.toCharArray());
            return new Keys(store, password);
        }
        boolean file = certificates instanceof Certificates.StoreFile;
        Certificates.Pem pem = pemOf(names, certificates);
        List<X509Certificate> chain = Pem.certificates(
                file ? names.location() : "schema.registry.ssl.keystore.certificate.chain", pem.certificates());
        PrivateKey key = Pem.privateKey(
                file ? names.location() : "schema.registry.ssl.keystore.key",
                pem.privateKey().orElse(""),
                pem.keyPassword());
        KeyStore store = empty();
        try {
            store.setKeyEntry("own", key, new char[0], chain.toArray(new Certificate[0]));
        } catch (KeyStoreException e) {
            throw new IllegalArgumentException(
                    "schema.registry.ssl.keystore.certificate.chain: its certificates don't follow each other, the key's"
                            + " own first",
                    e);
        }
        return new Keys(store, "");
    }

    private static boolean isPem(Certificates.StoreFile file) {
        return file.type().equalsIgnoreCase("PEM");
    }

    private static Certificates.Pem pemOf(Names names, Certificates certificates) {
        if (certificates instanceof Certificates.Pem pem) {
            return pem;
        }
        Certificates.StoreFile file = (Certificates.StoreFile) certificates;
        if (file.password().isPresent()) {
            throw new IllegalArgumentException(names.password() + " and " + names.type()
                    + "=PEM contradict each other: a PEM file has no password of its own, a key in it may have"
                    + " schema.registry.ssl.key.password");
        }
        try {
            String text = Files.readString(file.location());
            return new Certificates.Pem(text, Optional.of(text), file.keyPassword());
        } catch (IOException e) {
            throw unreadable(names, file.location(), e);
        }
    }

    private static KeyStore load(Names names, Certificates.StoreFile file) {
        KeyStore store;
        try {
            store = KeyStore.getInstance(file.type());
        } catch (KeyStoreException e) {
            throw new IllegalArgumentException(
                    names.type() + " is '" + file.type() + "', which this JVM doesn't know: use PKCS12, JKS or PEM");
        }
        try (InputStream in = Files.newInputStream(file.location())) {
            store.load(in, file.password().map(String::toCharArray).orElse(null));
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new IllegalArgumentException(names.password() + " doesn't open " + file.location());
            }
            throw unreadable(names, file.location(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    names.location() + ": " + file.location() + " can't be used: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException unreadable(Names names, Path file, IOException e) {
        return new IllegalArgumentException(
                names.location() + ": "
                        + (e instanceof NoSuchFileException
                                ? "there is no file " + file
                                : file + " can't be read (" + e.getMessage() + "): is " + names.type() + " right?"),
                e);
    }

    private static void requireKey(Names names, KeyStore store, char[] password) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    store.getKey(alias, password);
                    return;
                }
            }
        } catch (UnrecoverableKeyException e) {
            throw new IllegalArgumentException(names.keyPassword() + " doesn't open the key in " + names.location());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(names.location() + " can't be used: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                names.location() + " holds no private key: is it a trust store, or " + names.password() + " missing?");
    }

    private static KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
