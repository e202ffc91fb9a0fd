package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file under {@code src/test/resources/golden} that says what a test must get. Run with {@code -Dgolden.update=true} it
 * writes the file anew and fails all the same: an update is read and committed by a person, never passed by a machine.
 */
record GoldenFile(String name) {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    void assertHolds(String actual) throws IOException {
        Path file = DIRECTORY.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(DIRECTORY);
            Files.writeString(file, actual);
            fail("%s is written: look at the difference, then run again without -Dgolden.update", file);
        }
        assertThat(file).as("run with -Dgolden.update=true to write it").exists();
        assertThat(actual)
                .as("%s differs: if that is meant, run with -Dgolden.update=true", file)
                .isEqualTo(Files.readString(file));
    }
}
