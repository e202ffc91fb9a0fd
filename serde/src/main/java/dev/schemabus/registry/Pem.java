package dev.schemabus.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Certificates and keys in PEM (RFC 7468). Messages never show what was read. */
final class Pem {

    private static final Pattern CERTIFICATE = block("CERTIFICATE");
    private static final Pattern KEY = block("PRIVATE KEY");
    private static final Pattern ENCRYPTED_KEY = block("ENCRYPTED PRIVATE KEY");

    private Pem() {}

    private static Pattern block(String label) {
        // No text between the lines can hold a hyphen: it is Base64.
        return Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----");
    }

    /**
     * The certificates of a text, in its order.
     *
     * @param setting where the text comes from
     */
    static List<X509Certificate> certificates(String setting, String text) {
        List<X509Certificate> found = new ArrayList<>();
        Matcher blocks = CERTIFICATE.matcher(text);
        while (blocks.find()) {
            try {
                byte[] bytes = Base64.getMimeDecoder().decode(blocks.group(1));
                found.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes)));
            } catch (CertificateException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        setting + ": certificate number " + (found.size() + 1) + " is damaged: " + e.getMessage(), e);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    setting + " holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----");
        }
        return found;
    }

    /** The first private key of a text. */
    static PrivateKey privateKey(String setting, String text, Optional<String> password) {
        Matcher plain = KEY.matcher(text);
        Matcher encrypted = ENCRYPTED_KEY.matcher(text);
        try {
            if (plain.find()) {
                return key(
                        setting, new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(plain.group(1))));
            }
            if (encrypted.find() && password.isPresent()) {
                return key(setting, decrypted(encrypted.group(1), password.get()));
            }
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            // Without the cause, whose message may hold parts of the key.
            throw new IllegalArgumentException(
                    setting + ": the private key can't be read: is it whole, and the password in"
                            + " schema.registry.ssl.key.password right?");
        }
        if (ENCRYPTED_KEY.matcher(text).find()) {
            throw new IllegalArgumentException(
                    setting + " is encrypted: set schema.registry.ssl.key.password to its password");
        }
        throw new IllegalArgumentException(
                setting + " holds no private key in PKCS #8, which begins with -----BEGIN"
                        + " PRIVATE KEY----- or -----BEGIN ENCRYPTED PRIVATE KEY-----: convert another by openssl pkcs8 -topk8");
    }

    private static PKCS8EncodedKeySpec decrypted(String base64, String password)
            throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info =
                new EncryptedPrivateKeyInfo(Base64.getMimeDecoder().decode(base64));
        // For PBES2 the name of the algorithm is that of its parameters.
        boolean pbes2 = info.getAlgName().equals("PBES2") || info.getAlgName().equals("1.2.840.113549.1.5.13");
        String algorithm = pbes2 ? info.getAlgParameters().toString() : info.getAlgName();
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray());
        try {
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(spec),
                    info.getAlgParameters());
            return info.getKeySpec(cipher);
        } finally {
            spec.clearPassword();
        }
    }

    private static PrivateKey key(String setting, PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException(setting);
        for (String algorithm : List.of("RSA", "EC", "EdDSA", "DSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }
}
