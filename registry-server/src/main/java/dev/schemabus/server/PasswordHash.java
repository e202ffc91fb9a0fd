package dev.schemabus.server;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A password as it is stored: salted, and hashed so slowly (PBKDF2, RFC 8018) that guessing takes long. */
final class PasswordHash {

    private static final String NAME = "pbkdf2-sha512";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int ITERATIONS = 210_000;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    static PasswordHash of(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return new PasswordHash(ITERATIONS, salt, hash(password, salt, ITERATIONS));
    }

    /** @throws IllegalArgumentException if the text is none of {@link #text} */
    static PasswordHash parse(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(NAME) || !parts[1].matches("\\d{1,8}")) {
            throw new IllegalArgumentException("the hash is none that the command 'user' makes");
        }
        int iterations = Integer.parseInt(parts[1]);
        byte[] salt = Base64.getMimeDecoder().decode(parts[2]);
        byte[] hash = Base64.getMimeDecoder().decode(parts[3]);
        if (iterations < 1 || iterations > MOST_ITERATIONS || salt.length < 8 || hash.length != BYTES) {
            throw new IllegalArgumentException("the hash is none that the command 'user' makes");
        }
        return new PasswordHash(iterations, salt, hash);
    }

    /** As {@link #parse} reads it. */
    String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return NAME + "$" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    boolean matches(String password) {
        return MessageDigest.isEqual(hash, hash(password, salt, iterations));
    }

    private static byte[] hash(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, BYTES * 8);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no " + ALGORITHM, e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public String toString() {
        return NAME + "$***";
    }
}
