package dev.schemabus.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that is there until it is closed. */
record TemporaryDirectory(Path path) implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TemporaryDirectory.class);

    static TemporaryDirectory create(String prefix) {
        try {
            return new TemporaryDirectory(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a directory in " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    /** Deletes the directory with all that is in it. What cannot be deleted is logged: it is no reason to fail a test. */
    @Override
    public void close() {
        try (Stream<Path> found = Files.walk(path)) {
            for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            log.warn("Cannot delete {}: delete it by hand", path, e);
        }
    }
}
