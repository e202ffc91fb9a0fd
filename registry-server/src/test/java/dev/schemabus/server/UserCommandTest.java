package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The file of users, as the command makes it. */
class UserCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("users");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aNewFileIsItsOwnersOnly() throws IOException {
        UserCommand.append(file, "ann", "ann:read:hash");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aLineIsItsOwnAlsoBehindOneWithoutAnEnd() throws IOException {
        Files.writeString(file, "# users\nann:read:hash");
        UserCommand.append(file, "bea", "bea:read:hash");
        UserCommand.append(file, "an", "an:read:hash");

        assertThat(Files.readAllLines(file))
                .isEqualTo(List.of("# users", "ann:read:hash", "bea:read:hash", "an:read:hash"));
    }

    @Test
    void aUserWhoIsThereIsNotAddedAgain() throws IOException {
        Files.writeString(file, "  ann:read:hash\n");

        assertThatThrownBy(() -> UserCommand.append(file, "ann", "ann:write:hash"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + " has a user 'ann' already");
        assertThat(file).hasContent("  ann:read:hash");
    }
}
