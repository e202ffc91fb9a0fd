package dev.schemabus.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** README shows code that is compiled in this module, between two marks; what it shows must be that, and must run. */
class ReadmeTest {

    private static final String MARK = "// [readme]";
    private static final Path README = Path.of("..", "README.md");

    @Test
    void everySampleInTheReadmeIsOneThatIsCompiled() throws IOException {
        List<String> shown = blocks("java");

        assertThat(shown).isNotEmpty();
        assertThat(compiledSamples()).containsExactlyInAnyOrderElementsOf(shown);
    }

    @Test
    void theFirstSampleRunsToItsEnd() throws InterruptedException {
        FirstEvents.main(new String[0]);
    }

    @Test
    void theBootstrapIsTheSameFromCodeAndFromProperties() throws IOException {
        Properties shown = new Properties();
        for (String block : blocks("properties")) {
            if (block.contains("schemabus.bootstrap")) {
                shown.load(new StringReader(
                        block.replace("com.acme.shop.OrderEvent", FirstEvents.OrderEvent.class.getName())));
            }
        }
        Map<String, String> properties = new HashMap<>();
        shown.forEach((key, value) -> properties.put((String) key, (String) value));

        assertThat(Startup.fromCode("memory:readme").changedAnything()).isTrue();
        assertThat(Startup.fromProperties("memory:readme", properties).rows())
                .extracting(row -> row.level().name())
                .containsExactly("FULL", "FULL");
        assertThat(Startup.fromProperties("memory:readme", properties).changedAnything())
                .isFalse();
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(README));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    private static List<String> compiledSamples() throws IOException {
        List<String> samples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                String[] parts = Files.readString(file).split("\\R? *" + Pattern.quote(MARK) + "\\R", -1);
                if (parts.length == 3) {
                    samples.add(parts[1].stripIndent() + "\n");
                }
            }
        }
        return samples;
    }
}
