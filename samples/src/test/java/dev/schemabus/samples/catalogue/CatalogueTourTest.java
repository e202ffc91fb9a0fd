package dev.schemabus.samples.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTourTest {

    @Test
    void theTourShowsSchemasAndWhatAChangeMeans() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CatalogueTour.run(new PrintStream(out, true, StandardCharsets.UTF_8));
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();

        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .contains("\"name\":\"Page_Sku\"")
                        .contains("\"logicalType\":\"duration-seconds\""));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("{\"$schema\"")
                        .contains("\"description\":\"What happens in the catalogue.\""));
        int changed = lines.indexOf("A changed article, AVRO:");
        assertThat(lines.subList(changed, lines.size()))
                .containsExactly(
                        "A changed article, AVRO:",
                        "  warning: ArticleListed.delivery: What was written as duration-seconds is read as"
                                + " duration-millis. Keep duration-seconds, or add a component of another name.",
                        "  warning: Price.amount: What was written with scale 2 is read with scale 3. Keep the scale 2,"
                                + " or add a component of another name.",
                        "A changed article, JSON:",
                        "  refused: ArticleListed.until: Data of the old schema may hold 'until', which the new schema no"
                                + " longer allows: its content model is closed. Keep it, or open the content model"
                                + " (additionalProperties: true).");
    }
}
