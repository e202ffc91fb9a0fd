package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.registry.TlsConfig.Certificates;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Key stores and trust stores, made by the JDK's keytool. */
final class TestStores {

    static final String PASSWORD = "st0re-s3cret";

    private TestStores() {}

    /** A key with a certificate of its own for 127.0.0.1. */
    static Path keyStore(Path directory, String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair", "-alias", name));
        command.addAll(List.of("-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=ip:127.0.0.1"));
        command.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return file;
    }

    /** The certificates of key stores, to be trusted. */
    static Path trustStore(Path directory, String name, Path... keyStores) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        for (Path file : keyStores) {
            KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            String alias = keys.aliases().nextElement();
            trust.setCertificateEntry(alias, keys.getCertificate(alias));
        }
        Path file = directory.resolve(name + ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trust.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** One of the above, for a client. */
    static Certificates.StoreFile file(Path store) {
        return new Certificates.StoreFile(store, "PKCS12", Optional.of(PASSWORD), Optional.empty());
    }
}
