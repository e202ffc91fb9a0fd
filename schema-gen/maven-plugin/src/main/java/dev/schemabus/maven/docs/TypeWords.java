package dev.schemabus.maven.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;

/** Types in a few words: of Java, of Avro, of JSON Schema. */
final class TypeWords {

    private static final Set<String> CONSTRAINTS = Set.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "divisibleBy",
            "minLength",
            "maxLength",
            "pattern",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties");

    private TypeWords() {}

    /** Such as {@code Optional<String>}: a Java type without its packages. */
    static String java(Type type) {
        return type.getTypeName().replaceAll("[\\w$]+\\.", "").replaceAll("\\w+\\$", "");
    }

    /** Such as {@code long (timestamp-millis)} or {@code array of Line}. */
    static String avro(Schema schema) {
        String logical = schema.getProp("logicalType");
        String suffix = logical == null ? "" : " (" + logical + digits(schema) + ")";
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> schema.getName() + suffix;
            case ARRAY -> "array of " + avro(schema.getElementType());
            case MAP -> "map of " + avro(schema.getValueType());
            case UNION ->
                schema.getTypes().stream()
                                .filter(branch -> branch.getType() != Schema.Type.NULL)
                                .map(TypeWords::avro)
                                .collect(Collectors.joining(" or "))
                        + (schema.isNullable() ? " or null" : "");
            default -> schema.getName() + suffix;
        };
    }

    private static String digits(Schema schema) {
        Object precision = schema.getObjectProp("precision");
        Object scale = schema.getObjectProp("scale");
        return precision == null ? "" : " " + precision + "," + (scale == null ? 0 : scale);
    }

    /**
     * Such as {@code string (date-time)}.
     *
     * @param schema a JSON Schema
     * @param root the document it is in, for its references
     */
    static String json(JsonNode schema, JsonNode root) {
        if (schema.has("$ref")) {
            JsonNode target = resolved(schema, root);
            String title = target.path("title").asText("");
            return title.isEmpty() ? json(target, root) : title.substring(title.lastIndexOf('.') + 1);
        }
        for (String alternatives : List.of("oneOf", "anyOf")) {
            if (schema.has(alternatives)) {
                return elements(schema.get(alternatives)).stream()
                        .map(branch -> json(branch, root))
                        .sorted((a, b) -> Boolean.compare(a.equals("null"), b.equals("null")))
                        .collect(Collectors.joining(" or "));
            }
        }
        JsonNode type = schema.path("type");
        String name = type.isArray()
                ? elements(type).stream().map(JsonNode::asText).collect(Collectors.joining(" or "))
                : type.asText(schema.has("enum") || schema.has("const") ? "constant" : "any");
        if (schema.path("items").isObject()) {
            return name + " of " + json(schema.get("items"), root);
        }
        if (schema.path("additionalProperties").isObject()) {
            return name + " of " + json(schema.get("additionalProperties"), root);
        }
        String detail =
                schema.path("format").asText(schema.path("contentEncoding").asText(""));
        return detail.isEmpty() ? name : name + " (" + detail + ")";
    }

    /** The keywords that narrow a JSON type, each with its value, such as {@code minLength 1}. */
    static List<String> constraints(JsonNode schema, JsonNode root) {
        List<String> words = new ArrayList<>();
        collect(present(schema, root), "", words);
        JsonNode items = present(schema, root).path("items");
        if (items.isObject() && !items.has("$ref")) {
            collect(present(items, root), "items: ", words);
        }
        return words;
    }

    private static void collect(JsonNode schema, String where, List<String> words) {
        schema.properties().forEach(keyword -> {
            JsonNode value = keyword.getValue();
            if (CONSTRAINTS.contains(keyword.getKey()) && !isRangeOfInt(value)) {
                words.add(where + keyword.getKey() + " " + value.asText());
            }
        });
        if (schema.has("enum")) {
            words.add(where + "one of "
                    + elements(schema.get("enum")).stream()
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Every {@code int} has it: no news. */
    private static boolean isRangeOfInt(JsonNode value) {
        if (!value.isNumber()) {
            return false;
        }
        BigDecimal number = value.decimalValue();
        return number.compareTo(BigDecimal.valueOf(Integer.MIN_VALUE)) == 0
                || number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) == 0;
    }

    /** What a value must be when it is there: the first alternative that isn't null, references followed. */
    static JsonNode present(JsonNode schema, JsonNode root) {
        JsonNode target = resolved(schema, root);
        for (String alternatives : List.of("oneOf", "anyOf")) {
            for (JsonNode branch : target.path(alternatives)) {
                if (!branch.path("type").asText().equals("null")) {
                    return resolved(branch, root);
                }
            }
        }
        return target;
    }

    private static JsonNode resolved(JsonNode schema, JsonNode root) {
        String reference = schema.path("$ref").asText("");
        return reference.startsWith("#") ? root.at(reference.substring(1)) : schema;
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
