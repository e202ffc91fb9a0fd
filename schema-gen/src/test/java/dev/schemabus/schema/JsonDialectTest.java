package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonDialectTest {

    record Line(String article, int count) {}

    record Order(String id, List<Line> lines) {}

    static Stream<Class<?>> declarations() {
        return Stream.concat(
                GoldenRecords.all().stream(),
                Stream.of(
                        ConstraintKeywordsTest.Constrained.class,
                        BothFormatsTest.Containers.class,
                        BothFormatsTest.Sum.class));
    }

    private static String generate(Class<?> type, JsonDialect dialect) {
        return SchemaGenerator.standard()
                .withJsonDialect(dialect)
                .generate(type, SchemaFormat.JSON)
                .text();
    }

    private static JsonNode tree(Class<?> type, SchemaGenerator generator) throws Exception {
        return new ObjectMapper()
                .readTree(generator.generate(type, SchemaFormat.JSON).text());
    }

    @ParameterizedTest
    @MethodSource("declarations")
    void everySchemaIsValidAgainstTheMetaSchemaOfItsDialect(Class<?> type) {
        Map<JsonDialect, String> metaSchemas = Map.of(
                JsonDialect.DRAFT_7, DialectId.DRAFT_7,
                JsonDialect.DRAFT_2019_09, DialectId.DRAFT_2019_09,
                JsonDialect.DRAFT_2020_12, DialectId.DRAFT_2020_12);
        metaSchemas.forEach((dialect, id) -> {
            String schema = generate(type, dialect);
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

            assertThat(registry.getSchema(SchemaLocation.of(id)).validate(schema, InputFormat.JSON))
                    .isEmpty();
            assertThat(schema).contains("\"$schema\":\"" + id.replaceFirst("#$", ""));
        });
    }

    @Test
    void definitionsStandWhereTheDialectHasThem() throws Exception {
        SchemaGenerator generator = SchemaGenerator.standard();

        assertThat(tree(Order.class, generator).has("definitions")).isTrue();
        assertThat(tree(Order.class, generator.withJsonDialect(JsonDialect.DRAFT_2019_09))
                        .has("$defs"))
                .isTrue();
        assertThat(tree(Order.class, generator.withJsonDialect(JsonDialect.DRAFT_2020_12))
                        .has("$defs"))
                .isTrue();
    }

    @Test
    void openContentSaysNothingAboutOtherProperties() throws Exception {
        JsonNode open = tree(Order.class, SchemaGenerator.standard().withOpenContent());
        JsonNode closed = tree(Order.class, SchemaGenerator.standard());

        assertThat(open.findValues("additionalProperties")).isEmpty();
        assertThat(closed.findValues("additionalProperties"))
                .hasSize(2)
                .allMatch(value -> value.isBoolean() && !value.booleanValue());
    }

    @ParameterizedTest
    @EnumSource(
            value = JsonDialect.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DRAFT_3"})
    void theRulesReadEveryDialect(JsonDialect dialect) {
        declarations().forEach(type -> {
            EventSchema schema = EventSchema.of(SchemaFormat.JSON, generate(type, dialect));
            EventSchema standard = SchemaGenerator.standard().generate(type, SchemaFormat.JSON);

            assertThat(Compatibility.check(CompatibilityLevel.FULL, schema, List.of(standard)))
                    .as(type.getSimpleName())
                    .isEmpty();
        });
    }

    @Test
    void theRulesSayThatTheyDoNotReadDraft3() {
        EventSchema schema = EventSchema.of(SchemaFormat.JSON, generate(Order.class, JsonDialect.DRAFT_3));
        EventSchema later = SchemaGenerator.standard().generate(Order.class, SchemaFormat.JSON);

        assertThatThrownBy(() -> Compatibility.check(CompatibilityLevel.BACKWARD, later, List.of(schema)))
                .isInstanceOf(SchemaException.class)
                .hasMessage("The rules read JSON Schema from draft 4 on, but this schema is of draft 3:"
                        + " generate it in a later dialect to compare it");
    }

    @ParameterizedTest
    @EnumSource(JsonDialect.class)
    void theTextDoesNotDependOnTheLocale(JsonDialect dialect) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
            String turkish = generate(GoldenRecords.Paid.class, dialect);
            Locale.setDefault(Locale.ROOT);

            assertThat(turkish).isEqualTo(generate(GoldenRecords.Paid.class, dialect));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @MethodSource("declarations")
    void draft3SaysOnlyWhatDraft3Knows(Class<?> type) throws Exception {
        JsonNode schema = tree(type, SchemaGenerator.standard().withJsonDialect(JsonDialect.DRAFT_3));

        assertThat(schema.get("$schema").textValue()).isEqualTo("http://json-schema.org/draft-03/schema#");
        new Draft3(schema).check();
    }

    @Test
    void draft3RequiresPropertyByProperty() throws Exception {
        JsonNode schema =
                tree(GoldenRecords.Absent.class, SchemaGenerator.standard().withJsonDialect(JsonDialect.DRAFT_3));
        JsonNode required = tree(Order.class, SchemaGenerator.standard().withJsonDialect(JsonDialect.DRAFT_3));

        assertThat(schema.at("/properties/note").toString()).isEqualTo("{\"type\":[\"null\",{\"type\":\"string\"}]}");
        assertThat(required.at("/properties/id/required").booleanValue()).isTrue();
    }

    /** The rules of draft 3 that its generated schemas could break. */
    private static final class Draft3 {

        private static final Set<String> TYPES =
                Set.of("string", "number", "integer", "boolean", "object", "array", "null", "any");
        private static final Set<String> KEYWORDS = Set.of(
                "$schema",
                "id",
                "$ref",
                "title",
                "description",
                "default",
                "format",
                "type",
                "enum",
                "properties",
                "additionalProperties",
                "items",
                "uniqueItems",
                "pattern",
                "minLength",
                "maxLength",
                "minimum",
                "maximum",
                "required",
                "extends");

        private final JsonNode root;
        private final Set<String> ids = new HashSet<>();
        private final List<String> references = new ArrayList<>();

        Draft3(JsonNode root) {
            this.root = root;
        }

        void check() {
            check(root, false);
            assertThat(ids).containsAll(references);
        }

        private void check(JsonNode schema, boolean property) {
            schema.fieldNames().forEachRemaining(name -> assertThat(KEYWORDS).contains(name));
            if (schema.has("id")) {
                assertThat(ids.add(schema.get("id").textValue())).isTrue();
                assertThat(schema.has("required")).as("in what others refer to").isFalse();
            }
            if (schema.has("$ref")) {
                references.add(schema.get("$ref").textValue());
                assertThat(schema.has("required")).as("beside a $ref").isFalse();
            }
            if (schema.has("required")) {
                assertThat(property).isTrue();
                assertThat(schema.get("required").isBoolean()).isTrue();
            }
            JsonNode type = schema.path("type");
            if (type.isTextual()) {
                assertThat(TYPES).contains(type.textValue());
            }
            for (JsonNode choice : type) {
                if (choice.isTextual()) {
                    assertThat(TYPES).contains(choice.textValue());
                } else {
                    check(choice, false);
                }
            }
            schema.path("properties").forEach(each -> check(each, true));
            schema.path("extends").forEach(each -> check(each, false));
            if (schema.path("additionalProperties").isObject()) {
                check(schema.get("additionalProperties"), false);
            }
            if (schema.has("items")) {
                check(schema.get("items"), false);
            }
        }
    }
}
