package dev.schemabus.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The parts of docs/configuration.md between {@code generated} comments are what the code says. Run with
 * {@code -Dgolden.update=true} to write them anew.
 */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    private final Map<String, Supplier<String>> parts = Map.of(
            "keys", ConfigurationPageTest::keys,
            "differences", ConfigurationPageTest::differences,
            "refused", ConfigurationPageTest::refused);

    @ParameterizedTest
    @ValueSource(strings = {"keys", "differences", "refused"})
    void thePageSaysWhatTheCodeSays(String part) throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- generated: " + part + " -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- end -->", from);
        assertThat(from).as("the page has a part " + part).isGreaterThanOrEqualTo(begin.length());
        String actual = Objects.requireNonNull(parts.get(part)).get();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.substring(0, from) + actual + page.substring(to));
            fail("%s is written: look at the difference, then run again without -Dgolden.update", PAGE);
        }
        assertThat(page.substring(from, to))
                .as("%s differs: if that is meant, run with -Dgolden.update=true", PAGE)
                .isEqualTo(actual);
    }

    @Test
    void everyNameIsThatOfAKey() throws IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field field : SerdeKeys.class.getFields()) {
            names.add((String) field.get(null));
        }
        names.removeAll(List.of(
                SerdeKeys.REQUEST_HEADER_PREFIX,
                SerdeKeys.SPECIFIC_AVRO_KEY_TYPE,
                SerdeKeys.SPECIFIC_AVRO_VALUE_TYPE,
                SerdeKeys.JSON_KEY_TYPE,
                SerdeKeys.JSON_VALUE_TYPE));

        assertThat(SerdeConfig.definition().names()).containsExactlyInAnyOrderElementsOf(names);
    }

    private static List<ConfigKey> ordered() {
        return SerdeConfig.definition().configKeys().values().stream()
                .sorted(Comparator.comparingInt(key -> key.orderInGroup))
                .toList();
    }

    private static String keys() {
        StringBuilder text = new StringBuilder();
        String section = "";
        for (ConfigKey key : ordered()) {
            if (!section.equals(key.group)) {
                section = key.group;
                text.append("\n## ")
                        .append(section)
                        .append("\n\n| key | type | default | meaning |\n|---|---|---|---|\n");
            }
            text.append(row("`" + key.name + "`", type(key), byDefault(key), meaning(key)));
        }
        return text.append('\n').toString();
    }

    private static String type(ConfigKey key) {
        return key.type.name().toLowerCase(Locale.ROOT);
    }

    private static String byDefault(ConfigKey key) {
        Object value = key.defaultValue;
        boolean none = value == null
                || key.type == ConfigDef.Type.PASSWORD
                || value.equals("")
                || (value instanceof List<?> list && list.isEmpty());
        return none ? "–" : "`" + value + "`";
    }

    private static String meaning(ConfigKey key) {
        return key.documentation.split(SerdeDefinition.DIFFERS, 2)[0];
    }

    private static String differences() {
        StringBuilder text = new StringBuilder("\n| key | here | there, or why |\n|---|---|---|\n");
        for (ConfigKey key : ordered()) {
            String[] both = key.documentation.split(SerdeDefinition.DIFFERS, 2);
            if (both.length == 2) {
                text.append(row("`" + key.name + "`", byDefault(key), both[1]));
            }
        }
        return text.append('\n').toString();
    }

    private static String refused() {
        StringBuilder text = new StringBuilder("\n| key | unless it is |\n|---|---|\n");
        new TreeMap<>(UnservedKeys.refused())
                .forEach((key, fine) -> text.append(row("`" + key + "`", fine.isEmpty() ? "–" : "`" + fine + "`")));
        return text.append('\n').toString();
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
