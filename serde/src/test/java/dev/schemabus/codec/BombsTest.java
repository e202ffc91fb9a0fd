package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Small payloads that claim to be great ones, in a JVM of little memory and small stacks. */
@DisabledIfSystemProperty(named = "schemabus.test.codec", matches = "INTERPRETED", disabledReason = "tries both")
class BombsTest {

    private static final long MEBI = 1 << 20;

    @TempDir
    private Path folder;

    private record Outcome(String name, String verdict, long millis, long allocated, long size) {

        static Outcome of(String line) {
            String[] parts = line.split("\\|", -1);
            return new Outcome(
                    parts[0], parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3]), Long.parseLong(parts[4]));
        }

        boolean isFine() {
            return (verdict.equals("value") || verdict.equals("MalformedPayloadException"))
                    && millis < 5_000
                    && allocated < (size < MEBI / 4 ? 64 : 192) * MEBI; // garbage, too
        }
    }

    @Test
    void noPayloadTakesMuchMemoryOrTimeOrEndsInAnError() throws Exception {
        List<Outcome> outcomes = run();

        assertThat(outcomes).hasSizeGreaterThan(400).allMatch(Outcome::isFine);
        assertThat(outcomes)
                .as("some may be values")
                .anyMatch(outcome -> outcome.verdict().equals("value"));
    }

    @Test
    void withAvrosReaderTheControlOverflowsTheStack() throws Exception {
        assertThat(run(Bombs.CONTROL))
                .singleElement()
                .matches(outcome -> !outcome.isFine())
                .extracting(Outcome::verdict)
                .isEqualTo("StackOverflowError");
    }

    private List<Outcome> run(String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Xss512k",
                "-cp",
                System.getProperty("java.class.path"),
                Bombs.class.getName()));
        command.addAll(List.of(arguments));
        File file = output.toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file)
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as(() -> contents(output))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(() -> contents(output)).isZero();
        return Files.readAllLines(output).stream()
                .filter(line -> line.contains("|"))
                .map(Outcome::of)
                .toList();
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
