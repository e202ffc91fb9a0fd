package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

/**
 * The part of docs/configuration.md about the bus is what the code says. Run with {@code -Dgolden.update=true} to write it
 * anew.
 */
class BusConfigurationPageTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void thePageSaysWhatTheCodeSays() throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- generated: bus -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- end -->", from);
        assertThat(from).as("the page has a part bus").isGreaterThanOrEqualTo(begin.length());
        String actual = keys();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.substring(0, from) + actual + page.substring(to));
            fail("%s is written: look at the difference, then run again without -Dgolden.update", PAGE);
        }
        assertThat(page.substring(from, to))
                .as("%s differs: if that is meant, run with -Dgolden.update=true", PAGE)
                .isEqualTo(actual);
    }

    private static String keys() {
        StringBuilder text = new StringBuilder();
        String section = "";
        for (ConfigKey key : BusConfig.keys()) {
            if (!section.equals(key.group)) {
                section = key.group;
                text.append("\n### ")
                        .append(section)
                        .append("\n\n| key | type | default | meaning |\n|---|---|---|---|\n");
            }
            boolean none = key.defaultValue == null
                    || key.defaultValue.equals("")
                    || List.of().equals(key.defaultValue);
            Object byDefault = key.defaultValue instanceof List<?> list && !none ? list.get(0) : key.defaultValue;
            text.append("| `")
                    .append(key.name)
                    .append("` | ")
                    .append(key.type.name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(none ? "–" : "`" + byDefault + "`")
                    .append(" | ")
                    .append(key.documentation)
                    .append(" |\n");
        }
        return text.append('\n').toString();
    }
}
