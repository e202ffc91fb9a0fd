package dev.schemabus.testkit.apicurio;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** A JDK 21 or newer on this machine: this one, the one that {@code JAVA_HOME} names, or one that lies beside either. */
final class NewerJdk {

    private static final int NEEDED = 21;

    private NewerJdk() {}

    /** Its {@code java}. */
    static Optional<Path> java() {
        Path own = Path.of(System.getProperty("java.home"));
        Stream<Path> named = Stream.of(own, Path.of(System.getenv().getOrDefault("JAVA_HOME", own.toString())));
        return named.flatMap(home -> Stream.concat(Stream.of(home), beside(home)))
                .distinct()
                .filter(home -> version(home) >= NEEDED)
                .map(home -> home.resolve("bin").resolve("java"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> beside(Path home) {
        Path parent = home.getParent();
        if (parent == null) {
            return Stream.empty();
        }
        try (Stream<Path> siblings = Files.list(parent)) {
            return siblings.sorted(Comparator.reverseOrder()).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** As the JDK's own file says; 0 if there is none. */
    private static int version(Path home) {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(home.resolve("release"), StandardCharsets.UTF_8)) {
            release.load(in);
        } catch (IOException | IllegalArgumentException e) {
            return 0;
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.isEmpty() ? 0 : Runtime.Version.parse(version).feature();
    }
}
