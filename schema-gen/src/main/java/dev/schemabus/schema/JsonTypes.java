package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.Incompatibility.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON Schema's {@code type}, {@code enum} and {@code const}. */
final class JsonTypes {

    private static final Set<String> STRING_KEYWORDS = Set.of("minLength", "maxLength", "pattern");
    private static final Set<String> NUMBER_KEYWORDS =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
    private static final Set<String> ARRAY_KEYWORDS = Set.of(
            "items",
            "prefixItems",
            "additionalItems",
            "unevaluatedItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains");
    private static final Set<String> OBJECT_KEYWORDS = Set.of(
            "properties",
            "patternProperties",
            "additionalProperties",
            "unevaluatedProperties",
            "propertyNames",
            "required",
            "minProperties",
            "maxProperties",
            "dependencies",
            "dependentRequired",
            "dependentSchemas");

    /** JSON's equality: 1 and 1.0 are the same number. */
    private static final Comparator<JsonNode> SAME = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private JsonTypes() {}

    static boolean same(JsonNode one, @Nullable JsonNode other) {
        return other != null && one.equals(SAME, other);
    }

    /** Adds what the reader's types and enumerations refuse of what may be written. */
    static void compare(JsonStep step) {
        compareTypes(step);
        List<JsonNode> allowed = values(step.reading());
        if (allowed == null) {
            return;
        }
        List<JsonNode> unknown = null;
        for (JsonPart given : step.written()) {
            List<JsonNode> values = values(given);
            if (values != null) {
                List<JsonNode> rest = values.stream()
                        .filter(value -> allowed.stream().noneMatch(known -> same(known, value)))
                        .toList();
                if (rest.isEmpty()) {
                    return;
                }
                unknown = rest;
            }
        }
        String keyword = step.reading().has("const") ? "const" : "enum";
        Wording words = step.words();
        if (unknown == null) {
            String values = "one of " + list(allowed);
            step.report(
                    Kind.ENUM_SYMBOL_MISSING,
                    keyword,
                    words.typeChanged(values, "any other value"),
                    words.newReads() ? "Leave " + keyword + " out." : "Keep " + keyword + " with " + values + '.');
        } else {
            step.report(
                    Kind.ENUM_SYMBOL_MISSING,
                    keyword,
                    words.symbolsMissing(list(unknown)),
                    words.newReads()
                            ? "Keep " + list(unknown) + " among the values."
                            : "Leave " + list(unknown) + " out: an old schema can't know a new value.");
        }
    }

    private static String list(List<JsonNode> values) {
        return values.stream().map(JsonNode::toString).collect(Collectors.joining(", "));
    }

    private static @Nullable List<JsonNode> values(JsonPart part) {
        JsonNode constant = part.node().get("const");
        if (constant != null) {
            return List.of(constant);
        }
        JsonNode values = part.node().get("enum");
        if (values == null || !values.isArray()) {
            return null;
        }
        List<JsonNode> list = new ArrayList<>();
        values.forEach(list::add);
        return list;
    }

    private static void compareTypes(JsonStep step) {
        Set<JsonType> reads = declared(step.reading());
        if (reads == null && step.all().stream().allMatch(part -> declared(part) == null)) {
            reads = implied(step.reading());
        }
        if (reads == null) {
            return;
        }
        Set<JsonType> writes = null;
        for (JsonPart given : step.written()) {
            Set<JsonType> types = types(given);
            if (types != null && reads.containsAll(types)) {
                return;
            }
            writes = types == null ? writes : types;
        }
        String readText = text(reads);
        String stray = "values of any type";
        if (writes != null) {
            Set<JsonType> rest = EnumSet.copyOf(writes);
            rest.removeAll(reads);
            stray = text(rest);
        }
        step.report(
                Kind.TYPE_CHANGED,
                step.reading().has("type") ? "type" : "",
                step.words().typeChanged(readText, stray),
                writes == null
                        ? (step.words().newReads() ? "Leave the type open." : "Keep the type " + readText + '.')
                        : step.words().typeChangedRemedy(readText, stray));
    }

    /**
     * The types a schema lets through; null for all. Keywords that speak of one type only imply it, as the reference
     * has it: {@code {"maxLength": 3}} counts as a string.
     */
    static @Nullable Set<JsonType> types(JsonPart part) {
        Set<JsonType> declared = declared(part);
        return declared != null ? declared : implied(part);
    }

    static boolean isObject(JsonPart part) {
        Set<JsonType> types = types(part);
        return types != null && types.contains(JsonType.OBJECT);
    }

    private static @Nullable Set<JsonType> declared(JsonPart part) {
        JsonNode type = part.node().get("type");
        Set<JsonType> types = EnumSet.noneOf(JsonType.class);
        if (type != null) {
            if (type.isTextual()) {
                types.add(parse(type, part));
            } else {
                type.forEach(one -> types.add(parse(one, part)));
            }
        } else {
            List<JsonNode> values = values(part);
            if (values == null) {
                return null;
            }
            values.forEach(value -> types.add(typeOf(value)));
        }
        if (types.contains(JsonType.NUMBER)) {
            types.add(JsonType.INTEGER);
        }
        return types;
    }

    private static JsonType parse(JsonNode name, JsonPart part) {
        for (JsonType type : JsonType.values()) {
            if (type.json().equals(name.asText())) {
                return type;
            }
        }
        throw new SchemaException("Unknown type " + name + " at #" + part.path() + ": use one of "
                + EnumSet.allOf(JsonType.class).stream().map(JsonType::json).collect(Collectors.joining(", ")));
    }

    private static JsonType typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> JsonType.NULL;
            case BOOLEAN -> JsonType.BOOLEAN;
            case NUMBER -> value.decimalValue().stripTrailingZeros().scale() <= 0 ? JsonType.INTEGER : JsonType.NUMBER;
            case ARRAY -> JsonType.ARRAY;
            case OBJECT -> JsonType.OBJECT;
            default -> JsonType.STRING;
        };
    }

    private static @Nullable Set<JsonType> implied(JsonPart part) {
        Set<JsonType> types = EnumSet.noneOf(JsonType.class);
        part.node().fieldNames().forEachRemaining(keyword -> {
            if (STRING_KEYWORDS.contains(keyword)) {
                types.add(JsonType.STRING);
            } else if (NUMBER_KEYWORDS.contains(keyword)) {
                types.add(JsonType.NUMBER);
                types.add(JsonType.INTEGER);
            } else if (ARRAY_KEYWORDS.contains(keyword)) {
                types.add(JsonType.ARRAY);
            } else if (OBJECT_KEYWORDS.contains(keyword)) {
                types.add(JsonType.OBJECT);
            }
        });
        return types.isEmpty() ? null : types;
    }

    /** The types as a sentence names them. */
    static String text(Set<JsonType> types) {
        return types.stream()
                .filter(type -> type != JsonType.INTEGER || !types.contains(JsonType.NUMBER))
                .map(JsonType::json)
                .collect(Collectors.joining(" or "));
    }
}
