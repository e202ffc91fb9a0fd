package dev.schemabus.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who may use the registry: a file with lines of {@code name:role:hash of the password}. */
final class Users {

    /** A user, without secrets. */
    record User(String name, Role role) {}

    private record Entry(User user, PasswordHash password) {}

    private final Map<String, Entry> byName;
    private final PasswordHash nobodys = PasswordHash.of("");
    private final SecretKeySpec key;

    /** Name to the password, sealed, that was right before: to hash it for each request would be too slow. */
    private final Map<String, byte[]> proven = new ConcurrentHashMap<>();

    /** Logins, sealed, that were wrong a moment ago: a client with an old password asks on and on. */
    private final Cache<ByteBuffer, Boolean> wrong = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofSeconds(10))
            .build();

    private Users(Map<String, Entry> byName) {
        this.byName = byName;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if a line is none; the message says which
     */
    static Users read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The file of users " + file + " can't be read: " + e, e);
        }
        Map<String, Entry> byName = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                Entry entry = entry(file + ", line " + (i + 1), line);
                if (byName.put(entry.user.name, entry) != null) {
                    throw new IllegalArgumentException(
                            file + ", line " + (i + 1) + ": '" + entry.user.name + "' is there twice");
                }
            }
        }
        if (byName.isEmpty()) {
            throw new IllegalArgumentException("The file of users " + file
                    + " has none: add lines that the command 'user' makes, or leave --users out");
        }
        return new Users(byName);
    }

    private static Entry entry(String where, String line) {
        String[] parts = line.split(":", -1);
        if (parts.length != 3 || parts[0].isEmpty()) {
            throw new IllegalArgumentException(where + ": write name:role:hash, as the command 'user' makes it");
        }
        try {
            return new Entry(new User(parts[0], Role.parse(parts[1])), PasswordHash.parse(parts[2]));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage());
        }
    }

    /** What a client sends to say who it is. */
    record Login(String name, String password) {

        /** Reads a header {@code Authorization} (RFC 7617); empty if it is none of these. */
        static Optional<Login> parse(String header) {
            if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
                return Optional.empty();
            }
            try {
                byte[] bytes = Base64.getDecoder().decode(header.substring(6).strip());
                String text = new String(bytes, StandardCharsets.UTF_8);
                int colon = text.indexOf(':');
                return colon < 0
                        ? Optional.empty()
                        : Optional.of(new Login(text.substring(0, colon), text.substring(colon + 1)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return "Login[***]";
        }
    }

    /** Who it is, if the same login has been right before. */
    Optional<User> known(Login login) {
        byte[] before = proven.get(login.name);
        Entry entry = byName.get(login.name);
        return entry != null && before != null && MessageDigest.isEqual(before, seal(login.password))
                ? Optional.of(entry.user)
                : Optional.empty();
    }

    /** Whether the same login was wrong a moment ago. */
    boolean wasWrong(Login login) {
        return wrong.getIfPresent(wrong(login)) != null;
    }

    /** Names and passwords may be long, and these are kept: a seal stands for both. */
    private ByteBuffer wrong(Login login) {
        return ByteBuffer.wrap(seal(login.name + ':' + login.password));
    }

    /** Who it is, if the login is right. Slow on purpose. */
    Optional<User> checked(Login login) {
        Entry entry = byName.get(login.name);
        // As slow for users that don't exist, so that time doesn't tell who does.
        boolean right = (entry == null ? nobodys : entry.password).matches(login.password);
        if (entry == null || !right) {
            wrong.put(wrong(login), true);
            return Optional.empty();
        }
        proven.put(login.name, seal(login.password));
        return Optional.of(entry.user);
    }

    private byte[] seal(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
