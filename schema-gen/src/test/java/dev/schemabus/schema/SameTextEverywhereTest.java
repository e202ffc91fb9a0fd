package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All golden declarations in this JVM and in others, which differ in what Java code may depend on by mistake. */
class SameTextEverywhereTest {

    @TempDir
    private Path directory;

    @Test
    void anotherJvmWithAnotherLocaleZoneCharsetAndHashCodesGivesTheSameTexts() throws Exception {
        List<String> here = texts();

        assertThat(here).hasSizeGreaterThan(20);
        assertThat(elsewhere(
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Duser.timezone=Pacific/Apia",
                        "-Dfile.encoding=ISO-8859-9",
                        "-XX:+UnlockExperimentalVMOptions",
                        // All identity hash codes are 1, so maps keep to the order of insertion, or none.
                        "-XX:hashCode=2"))
                .isEqualTo(here);
        assertThat(elsewhere(
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-Duser.timezone=America/New_York",
                        "-Dfile.encoding=US-ASCII",
                        "-Dline.separator=\r\n",
                        "-Xshare:off"))
                .isEqualTo(here);
    }

    /** Shows that the children do run under other settings. */
    @Test
    void aTextThatDependsOnTheLocaleWouldBeSeen() throws Exception {
        assertThat(elsewhere("-Duser.language=tr", "-Duser.country=TR", "-D" + Child.UPPER_CASE + "=true"))
                .isNotEqualTo(
                        texts().stream().map(SameTextEverywhereTest::upperCase).toList());
    }

    private List<String> elsewhere(String... options) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "texts", ".txt");
        Path classPath = Files.writeString(
                directory.resolve("class-path.args"),
                "-cp \"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("@" + classPath, Child.class.getName(), out.toString()));
        Path log = directory.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(() -> read(log)).isZero();
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** One line for each declaration and format: its text, or why it has none. */
    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Class<?> type : GoldenRecords.all()) {
            for (SchemaFormat format : SchemaFormat.values()) {
                try {
                    EventSchema schema = SchemaGenerator.standard().generate(type, format);
                    texts.add(schema.text() + " " + schema.canonicalText() + " " + schema.fingerprint64());
                } catch (SchemaException e) {
                    texts.add(type.getName() + ": " + e.getMessage());
                }
            }
        }
        return texts;
    }

    @SuppressWarnings("StringCaseLocaleUsage") // the mistake that the control makes
    private static String upperCase(String text) {
        return text.toUpperCase();
    }

    static final class Child {
        static final String UPPER_CASE = "schemabus.test.upperCase";

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            List<String> texts = texts();
            if (Boolean.getBoolean(UPPER_CASE)) {
                texts = texts.stream().map(SameTextEverywhereTest::upperCase).toList();
            }
            Files.write(Path.of(arguments[0]), texts, StandardCharsets.UTF_8);
        }
    }
}
