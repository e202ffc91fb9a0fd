package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our verdicts against those of the reference registry, recorded pair by pair in compat-verdicts.jsonl. */
class CompatibilityVerdictsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One schema pair of the file; a recorded 500 means that the reference failed to answer. */
    record Recorded(String name, EventSchema older, EventSchema newer, JsonNode line) {

        @Override
        public String toString() {
            return newer.format() + " " + name;
        }
    }

    static Stream<Recorded> pairs() {
        InputStream file =
                Objects.requireNonNull(CompatibilityVerdictsTest.class.getResourceAsStream("compat-verdicts.jsonl"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines().map(CompatibilityVerdictsTest::recorded).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recorded recorded(String text) {
        try {
            JsonNode line = JSON.readTree(text);
            SchemaFormat format = SchemaFormat.parse(line.get("format").asText());
            return new Recorded(
                    line.get("name").asText(),
                    EventSchema.of(format, line.get("old").toString()),
                    EventSchema.of(format, line.get("new").toString()),
                    line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<CompatibilityLevel> levels() {
        return Stream.of(CompatibilityLevel.BACKWARD, CompatibilityLevel.FORWARD, CompatibilityLevel.FULL);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theVerdictIsThatOfTheReference(Recorded pair) {
        assertThat(levels()).allSatisfy(level -> {
            JsonNode expected = pair.line().get(level.name());
            List<Incompatibility> found = Compatibility.check(level, pair.newer(), List.of(pair.older()));
            // Where the reference failed on a raised exclusiveMaximum, an old reader refuses the values in between.
            boolean compatible = expected.isBoolean() && expected.booleanValue();
            assertThat(found.isEmpty()).as("%s at %s: %s", pair, level, found).isEqualTo(compatible);
        });
    }

    @Test
    void theFileHoldsAllPairs() {
        assertThat(pairs()).hasSize(108);
    }
}
