package dev.schemabus.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON Schema asserts about the value at one place, keyword by keyword. Each is taken by whoever checks it;
 * what nobody took can't be checked on the fly, see {@link #requireAllTaken}.
 */
final class JsonKeywords {

    /** All that assert something in any draft. What else there may be only describes. */
    private static final Set<String> ASSERTING = Set.of(
            "$dynamicRef",
            "$recursiveRef",
            "additionalItems",
            "additionalProperties",
            "anyOf",
            "const",
            "contains",
            "dependencies",
            "dependentRequired",
            "dependentSchemas",
            "disallow",
            "divisibleBy",
            "else",
            "enum",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "extends",
            "if",
            "items",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "multipleOf",
            "not",
            "oneOf",
            "pattern",
            "patternProperties",
            "prefixItems",
            "properties",
            "propertyNames",
            "required",
            "then",
            "type",
            "unevaluatedItems",
            "unevaluatedProperties",
            "uniqueItems");

    private static final int MAX_REFERENCES = 100;

    private final JsonNode root;
    private final JsonNode schema;
    private final Map<String, JsonNode> untaken = new LinkedHashMap<>();

    /** The schemas that say something about additional properties. */
    private final List<JsonNode> aboutOthers = new ArrayList<>();

    private JsonKeywords(JsonNode root, JsonNode schema) {
        this.root = root;
        this.schema = schema;
        collect(schema, 0);
        requireOneViewOfOthers();
    }

    /** Additional are those that aren't beside the keyword; what conjuncts and referred schemas name doesn't count. */
    private void requireOneViewOfOthers() {
        for (JsonNode part : aboutOthers) {
            if (!Objects.equals(part.get("properties"), untaken.get("properties"))) {
                throw new UncompilableException("additionalProperties apart from properties");
            }
        }
    }

    /** Those of a whole document. */
    static JsonKeywords of(JsonNode root) {
        return new JsonKeywords(root, root);
    }

    /** Those of a schema within the same document. */
    JsonKeywords at(JsonNode inner) {
        return new JsonKeywords(root, inner);
    }

    /** The schema that they come from, told apart by identity. */
    JsonNode schema() {
        return schema;
    }

    @SuppressWarnings("ReferenceEquality") // a place is meant, not what stands there
    private void collect(JsonNode part, int references) {
        if (part.isBoolean() && part.booleanValue()) {
            return;
        }
        if (!part.isObject()) {
            throw new UncompilableException("a schema that is " + part.getNodeType());
        }
        if (part != root && (part.has("$id") || part.has("id"))) {
            throw new UncompilableException("$id");
        }
        JsonNode reference = part.get("$ref");
        if (reference != null) {
            if (references > MAX_REFERENCES) {
                throw new UncompilableException("a circle of $ref");
            }
            collect(target(reference.asText()), references + 1);
            if (ignoresSiblings()) {
                return;
            }
        }
        JsonNode others = part.get("additionalProperties");
        if (others != null && !(others.isBoolean() && others.booleanValue())) {
            aboutOthers.add(part);
        }
        for (Map.Entry<String, JsonNode> member : part.properties()) {
            if (member.getKey().equals("allOf")) {
                member.getValue().forEach(conjunct -> collect(conjunct, references + 1));
            } else if (ASSERTING.contains(member.getKey())) {
                JsonNode other = untaken.putIfAbsent(member.getKey(), member.getValue());
                if (other != null && !other.equals(member.getValue())) {
                    throw new UncompilableException("two schemas that both say " + member.getKey());
                }
            }
        }
    }

    private JsonNode target(String reference) {
        if (!reference.equals("#") && !reference.startsWith("#/")) {
            throw new UncompilableException("$ref to " + reference);
        }
        JsonNode found = root.at(reference.substring(1));
        if (found.isMissingNode()) {
            throw new UncompilableException("$ref to " + reference);
        }
        return found;
    }

    /** Up to draft 7 nothing beside {@code $ref} counts. */
    private boolean ignoresSiblings() {
        String dialect = root.path("$schema").asText("draft-07");
        return dialect.contains("draft-0");
    }

    boolean has(String keyword) {
        return untaken.containsKey(keyword);
    }

    /** The keyword's value, which others may still take. */
    @Nullable
    JsonNode peek(String keyword) {
        return untaken.get(keyword);
    }

    /** Whether null is a value that is allowed; for schemas without alternatives. */
    boolean allowsNull() {
        JsonNode type = untaken.get("type");
        boolean allowed = type == null || contains(type, JsonNodeFactory.instance.textNode("null"));
        JsonNode values = untaken.get("enum");
        JsonNode value = untaken.get("const");
        return allowed
                && (values == null || contains(values, NullNode.getInstance()))
                && (value == null || value.isNull())
                && !untaken.containsKey("oneOf")
                && !untaken.containsKey("anyOf");
    }

    private static boolean contains(JsonNode oneOrMany, JsonNode wanted) {
        if (!oneOrMany.isArray()) {
            return oneOrMany.equals(wanted);
        }
        boolean found = false;
        for (JsonNode one : oneOrMany) {
            found |= one.equals(wanted);
        }
        return found;
    }

    /** The keyword's value, or null if it isn't there. */
    @Nullable
    JsonNode take(String keyword) {
        return untaken.remove(keyword);
    }

    /**
     * A limit that is a whole number.
     *
     * @return -1 if there is none
     */
    int takeSize(String keyword) {
        JsonNode value = take(keyword);
        if (value == null) {
            return -1;
        }
        if (!value.canConvertToExactIntegral() || value.decimalValue().signum() < 0) {
            throw new UncompilableException(keyword + " that is " + value);
        }
        return value.canConvertToInt() ? value.intValue() : Integer.MAX_VALUE;
    }

    /** Whether a type is among those named. */
    boolean names(String type) {
        JsonNode types = untaken.get("type");
        return types != null && contains(types, JsonNodeFactory.instance.textNode(type));
    }

    /**
     * Takes the types; null among them is looked at elsewhere.
     *
     * @param wanted the type of the values, which must be among them
     */
    void takeType(String wanted) {
        JsonNode type = take("type");
        if (type != null && !contains(type, JsonNodeFactory.instance.textNode(wanted))) {
            throw new UncompilableException("type that is " + type);
        }
    }

    void requireAllTaken() {
        Iterator<String> left = untaken.keySet().iterator();
        if (left.hasNext()) {
            throw new UncompilableException(left.next());
        }
    }
}
