package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import java.io.IOException;
import java.util.List;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenSchemaTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void goldenFilesAreNamedForTheirRecords() {
        assertThat(GoldenRecords.all())
                .hasSizeGreaterThanOrEqualTo(60)
                .extracting(Class::getSimpleName)
                .doesNotHaveDuplicates();
    }

    static List<Class<?>> all() {
        return GoldenRecords.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDeclarationGivesItsGoldenSchemas(Class<?> type) {
        EventSchema avro = SchemaGenerator.standard().generate(type, SchemaFormat.AVRO);
        EventSchema json = SchemaGenerator.standard().generate(type, SchemaFormat.JSON);

        assertThat(new Schema.Parser(NameValidator.STRICT_VALIDATOR).parse(avro.text()))
                .as("Avro's strict parser")
                .isNotNull();
        assertThat(errorsAgainstDraft7(json)).isEmpty();
        assertAll(
                () -> new GoldenFile(type.getSimpleName() + ".avsc").assertHolds(pretty(avro)),
                () -> new GoldenFile(type.getSimpleName() + ".schema.json").assertHolds(pretty(json)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void twoGeneratorsGiveTheSameText(Class<?> type) {
        for (SchemaFormat format : SchemaFormat.values()) {
            EventSchema first = SchemaGenerator.standard()
                    .withLogicalTypes(LogicalTypes.standard())
                    .generate(type, format);
            EventSchema second = SchemaGenerator.standard()
                    .withLogicalTypes(LogicalTypes.standard())
                    .generate(type, format);

            assertThat(second).isEqualTo(first).isNotSameAs(first);
        }
    }

    private static List<Error> errorsAgainstDraft7(EventSchema schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(SchemaLocation.of(DialectId.DRAFT_7))
                .validate(schema.text(), InputFormat.JSON);
    }

    private static String pretty(EventSchema schema) throws IOException {
        JsonNode tree = JSON.readTree(schema.text());
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
                        .writeValueAsString(tree)
                + "\n";
    }
}
