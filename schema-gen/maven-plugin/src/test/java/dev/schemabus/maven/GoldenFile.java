package dev.schemabus.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that says what a test must get, or the part of a file between two marks. With {@code -Dgolden.update=true} it is
 * written anew and the test fails all the same: an update is read and committed by a person.
 */
public record GoldenFile(Path file) {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    /** One of this module's golden files. */
    public static GoldenFile named(String name) {
        return new GoldenFile(DIRECTORY.resolve(name));
    }

    /** The whole file must be this. */
    public void assertHolds(String actual) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(DIRECTORY.resolve("sample"));
            write(actual);
        }
        assertThat(file).as("run with -Dgolden.update=true to write it").exists();
        compare(actual, Files.readString(file));
    }

    /** What stands between {@code <!-- name -->} and {@code <!-- /name -->} must be this. */
    public void assertHolds(String name, String actual) throws IOException {
        String whole = Files.readString(file);
        String start = "<!-- " + name + " -->\n";
        int from = whole.indexOf(start) + start.length();
        int to = whole.indexOf("<!-- /" + name + " -->", from);
        assertThat(whole).as("%s", file).contains(start);
        assertThat(to).as("end of %s in %s", name, file).isPositive();
        if (Boolean.getBoolean("golden.update") && !whole.substring(from, to).equals(actual)) {
            write(whole.substring(0, from) + actual + whole.substring(to));
        }
        compare(actual, whole.substring(from, to));
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
        fail("%s is written: look at the difference, then run again without -Dgolden.update", file);
    }

    private void compare(String actual, String wanted) {
        assertThat(actual)
                .as("%s differs: if that is meant, run with -Dgolden.update=true", file)
                .isEqualTo(wanted);
    }
}
