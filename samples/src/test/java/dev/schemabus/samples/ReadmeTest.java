package dev.schemabus.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.samples.readme.FirstEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** README shows code that is compiled here; what it shows must be what is compiled, and must run. */
class ReadmeTest {

    private static final String MARK = "// [readme]";

    @Test
    void theSampleInTheReadmeIsTheOneThatIsCompiled() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));

        assertThat(readme).contains("```java\n" + compiledSample() + "```");
    }

    @Test
    void theSampleRunsToItsEnd() throws InterruptedException {
        FirstEvents.main(new String[0]);
    }

    /** What stands between the marks, indented as in the README. */
    private static String compiledSample() throws IOException {
        List<String> lines = Files.readAllLines(
                Path.of("src", "main", "java", "dev", "schemabus", "samples", "readme", "FirstEvents.java"));
        List<String> sample = lines.stream()
                .dropWhile(line -> !line.contains(MARK))
                .skip(1)
                .takeWhile(line -> !line.contains(MARK))
                .toList();
        return sample.stream()
                .map(line -> line.isEmpty() ? "\n" : line.substring(4) + "\n")
                .collect(Collectors.joining());
    }
}
