package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** README's table of types is what the generator makes. Run with {@code -Dgolden.update=true} to write it anew. */
class TypeMappingTest {

    private static final Path README = Path.of("..", "README.md");
    private static final String BEGIN = "<!-- generated: types -->\n";
    private static final String END = "<!-- end -->";

    @Test
    void readmeShowsWhatTheGeneratorMakes() throws IOException {
        String page = Files.readString(README);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END, from);
        String table = table();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(README, page.substring(0, from) + table + page.substring(to));
            fail("%s is written: look at the difference, then run again without -Dgolden.update", README);
        }
        assertThat(page.substring(from, to))
                .as("%s differs: if that is meant, run with -Dgolden.update=true", README)
                .isEqualTo(table);
    }

    private static String table() throws IOException {
        Schema avro = new Schema.Parser()
                .parse(SchemaGenerator.standard()
                        .generate(TypeMapping.class, SchemaFormat.AVRO)
                        .text());
        JsonNode json = new JsonMapper()
                .readTree(SchemaGenerator.standard()
                        .generate(TypeMapping.class, SchemaFormat.JSON)
                        .text());
        StringBuilder lines = new StringBuilder("| Java | Avro | JSON Schema | |\n|---|---|---|---|\n");
        for (var component : TypeMapping.class.getRecordComponents()) {
            TypeMapping.Row row = Objects.requireNonNull(component.getAnnotation(TypeMapping.Row.class));
            Schema.Field field = avro.getField(component.getName());
            lines.append("| ")
                    .append(row.java())
                    .append(" | ")
                    .append(avro(field.schema()))
                    .append(field.hasDefaultValue() ? ", default `null`" : "")
                    .append(" | ")
                    .append(json(json.at("/properties/" + component.getName()), json))
                    .append(" | ")
                    .append(row.note())
                    .append(" |\n");
        }
        return lines.toString();
    }

    private static String avro(Schema schema) {
        String logicalType = schema.getProp("logicalType");
        String type = switch (schema.getType()) {
            case UNION -> union(schema);
            case ARRAY -> "`array` of " + avro(schema.getElementType());
            case MAP -> "`map` of " + avro(schema.getValueType());
            case FIXED -> "`fixed` of " + schema.getFixedSize();
            default -> "`" + schema.getType().getName() + "`";
        };
        return logicalType == null ? type : type + ", `" + logicalType + "`";
    }

    private static String union(Schema schema) {
        List<String> names = new ArrayList<>();
        for (Schema branch : schema.getTypes()) {
            names.add(branch.getType() == Schema.Type.NULL ? "\"null\"" : branch.getName());
        }
        return "`" + names + "`";
    }

    private static String json(JsonNode schema, JsonNode root) {
        if (schema.has("$ref")) {
            return json(root.at(schema.get("$ref").textValue().substring(1)), root);
        }
        if (schema.has("oneOf")) {
            List<String> choices = new ArrayList<>();
            schema.get("oneOf").forEach(choice -> choices.add(json(choice, root)));
            return choices.stream().distinct().count() == 1
                    ? "`oneOf` " + choices.get(0)
                    : String.join(" or ", choices);
        }
        StringBuilder text = new StringBuilder("`" + schema.get("type").textValue() + "`");
        if (schema.has("items")) {
            text.append(" of ").append(json(schema.get("items"), root));
        } else if (schema.path("additionalProperties").isObject()) {
            text.append(" of ").append(json(schema.get("additionalProperties"), root));
        } else if (schema.at("/properties/@type").isObject()) {
            text.append(" with `@type`");
        }
        for (String keyword : List.of("format", "contentEncoding")) {
            if (schema.has(keyword)) {
                text.append(", `").append(schema.get(keyword).textValue()).append('`');
            }
        }
        for (String keyword : List.of("enum", "pattern", "uniqueItems", "propertyNames", "minimum")) {
            if (schema.has(keyword)) {
                text.append(", ").append(keyword.equals("minimum") ? "bounds" : "`" + keyword + "`");
            }
        }
        return text.toString();
    }
}
