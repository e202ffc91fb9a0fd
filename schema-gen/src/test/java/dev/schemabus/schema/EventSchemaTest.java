package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
}
