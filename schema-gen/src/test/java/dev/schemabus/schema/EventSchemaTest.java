package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventSchemaTest {

    @ParameterizedTest
    @EnumSource
    void whiteSpaceDoesNotMatter(SchemaFormat format) {
        EventSchema compact = SchemaGenerator.standard().generate(GoldenRecords.Paid.class, format);

        EventSchema spaced =
                EventSchema.of(format, compact.text().replace(",", " ,\n").replace(":{", " : {"));

        assertThat(spaced).isEqualTo(compact);
        assertThat(spaced.fingerprint()).isEqualTo(compact.fingerprint()).hasSize(64);
        assertThat(spaced.name()).contains("dev.schemabus.schema.GoldenRecords.Paid");
    }

    @Test
    void docsAndAliasesLeaveTheFingerprintAlone() {
        String plain = "{'type':'record','name':'A','fields':[{'name':'x','type':'int'}]}".replace('\'', '"');
        String documented = plain.replace("\"fields\"", "\"doc\":\"An A.\",\"aliases\":[\"B\"],\"fields\"");

        assertThat(EventSchema.of(SchemaFormat.AVRO, documented).fingerprint())
                .isEqualTo(EventSchema.of(SchemaFormat.AVRO, plain).fingerprint());
    }

    @ParameterizedTest
    @EnumSource
    void aCutTextIsRefusedAsASchemaAndNothingElse(SchemaFormat format) {
        String text = SchemaGenerator.standard()
                .generate(GoldenRecords.Defaults.class, format)
                .text();
        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            assertThatThrownBy(() -> EventSchema.of(format, cut))
                    .as(cut)
                    .isInstanceOf(SchemaException.class)
                    .hasMessageStartingWith("Not a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongCharacterGivesASchemaOrASchemaException(SchemaFormat format) {
        String text = SchemaGenerator.standard()
                .generate(GoldenRecords.Defaults.class, format)
                .text();
        for (int at = 0; at < text.length(); at++) {
            for (char wrong : "\0\"{}[],:0a.".toCharArray()) {
                String changed = text.substring(0, at) + wrong + text.substring(at + 1);
                try {
                    EventSchema.of(format, changed);
                } catch (SchemaException expected) {
                    assertThat(expected).hasMessageStartingWith("Not a");
                } catch (RuntimeException | StackOverflowError e) {
                    fail("not a SchemaException for " + changed, e);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void endlessNestingIsRefused(SchemaFormat format) {
        String deep = "{\"type\":\"array\",\"items\":".repeat(100_000);

        assertThatThrownBy(() -> EventSchema.of(format, deep)).isInstanceOf(SchemaException.class);
    }

    @Test
    void anImpossibleNumberIsRefused() {
        String text = "{\"type\":\"integer\",\"maximum\":1e99999999999999999}";

        assertThatThrownBy(() -> EventSchema.of(SchemaFormat.JSON, text)).isInstanceOf(SchemaException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"default\":\"\"}]}",
                "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"a-b\",\"fields\":[]}"
            })
    void whatARegistryHoldsIsTakenAsItIs(String legacy) {
        assertThatThrownBy(() -> EventSchema.of(SchemaFormat.AVRO, legacy)).isInstanceOf(SchemaException.class);

        EventSchema held = EventSchema.registered(SchemaFormat.AVRO, legacy);

        assertThat(held.name().orElseThrow()).endsWith("R");
        assertThat(Compatibility.check(CompatibilityLevel.BACKWARD, held, List.of(held)))
                .isEmpty();
    }

    @Test
    void whatIsNoSchemaAtAllIsNotTakenFromARegistryEither() {
        assertThatThrownBy(() -> EventSchema.registered(SchemaFormat.AVRO, "{\"type\":\"recod\"}"))
                .isInstanceOf(SchemaException.class);
    }
}
