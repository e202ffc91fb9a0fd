package dev.schemabus.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates made by the JDK's keytool, good ones and bad ones. */
final class TestCertificates {

    static final String PASSWORD = "st0re-s3cret";

    private static final String HERE = "san=dns:localhost,ip:127.0.0.1";

    private final Path directory;
    private final Path all;

    /** @param directory where to put them */
    TestCertificates(Path directory) {
        this.directory = directory;
        this.all = directory.resolve("all.p12");
        authority("authority");
        authority("stranger");
        issued("good", "authority", HERE);
        issued("elsewhere", "authority", "san=dns:registry.test");
        issued("expired", "authority", HERE, "-startdate", "-3d", "-validity", "2");
        issued("early", "authority", HERE, "-startdate", "+2d");
        issued("strange", "stranger", HERE);
        keytool("-genkeypair", "-alias", "self-signed", "-dname", "CN=self-signed", "-ext", HERE);
    }

    private void authority(String name) {
        keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-ext", "bc:c");
    }

    private void issued(String name, String authority, String alternativeName, String... more) {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name));
        arguments.addAll(List.of("-signer", authority, "-ext", alternativeName));
        arguments.addAll(List.of(more));
        keytool(arguments.toArray(String[]::new));
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keyalg", "EC", "-keystore", all.toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A file with the certificate alone, to be trusted. */
    Path trustStore(String name) {
        return store("trust-" + name, store -> store.setCertificateEntry(name, chain(name)[0]));
    }

    /** A file with the certificate, those that issued it, and the key. */
    Path keyStore(String name) {
        return store("key-" + name, store -> store.setKeyEntry(name, key(name), PASSWORD.toCharArray(), chain(name)));
    }

    private interface Content {
        void put(KeyStore store) throws GeneralSecurityException;
    }

    private Path store(String name, Content content) {
        Path file = directory.resolve(name + ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            content.put(store);
            store.store(out, PASSWORD.toCharArray());
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The certificate in PEM. */
    String certificatePem(String name) {
        try {
            return pem("CERTIFICATE", chain(name)[0].getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The key in PEM. */
    String keyPem(String name) {
        return pem("PRIVATE KEY", key(name).getEncoded());
    }

    /** The key in PEM, encrypted with the password. */
    String encryptedKeyPem(String name) {
        try {
            String algorithm = "PBEWithHmacSHA256AndAES_256";
            Cipher cipher = Cipher.getInstance(algorithm);
            SecretKeyFactory keys = SecretKeyFactory.getInstance(algorithm);
            cipher.init(Cipher.ENCRYPT_MODE, keys.generateSecret(new PBEKeySpec(PASSWORD.toCharArray())));
            byte[] encrypted = cipher.doFinal(key(name).getEncoded());
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
            parameters.init(cipher.getParameters().getEncoded());
            return pem("ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    /** A server's side: shows this certificate, and trusts clients that the authority has one for. */
    SSLContext server(String name) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(keyStore(name)), PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(trustStore("authority")));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Certificate[] chain(String name) {
        try {
            return load(all).getCertificateChain(name);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Key key(String name) {
        try {
            return load(all).getKey(name, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyStore load(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
