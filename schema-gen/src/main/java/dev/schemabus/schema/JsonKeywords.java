package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which members of a JSON Schema hold schemas, in all drafts from 3 to 2020-12. A property that is called
 * {@code description} and a default value that has a {@code $ref} are neither documentation nor references.
 */
final class JsonKeywords {

    private static final Set<String> SCHEMAS = Set.of(
            "additionalItems",
            "additionalProperties",
            "allOf",
            "anyOf",
            "contains",
            "contentSchema",
            "disallow",
            "else",
            "extends",
            "if",
            "items",
            "not",
            "oneOf",
            "prefixItems",
            "propertyNames",
            "then",
            "type",
            "unevaluatedItems",
            "unevaluatedProperties");

    private static final Set<String> SCHEMAS_BY_NAME =
            Set.of("$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties");

    private static final Set<String> DATA =
            Set.of("const", "default", "dependentRequired", "enum", "example", "examples", "required");

    private JsonKeywords() {}

    /** What to make of members that no draft knows. */
    enum Unknown {
        /** They are attributes. */
        DATA,
        /** References may lead into them, and stand in them. */
        SCHEMAS
    }

    /**
     * A copy in which every schema was changed, the innermost first.
     *
     * @param change gets a copy of each schema that is an object, and may change it in place
     */
    static JsonNode rewrite(JsonNode schema, Unknown unknown, UnaryOperator<ObjectNode> change) {
        if (schema.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            schema.forEach(element -> copy.add(rewrite(element, unknown, change)));
            return copy;
        }
        if (!schema.isObject()) {
            return schema;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        schema.properties().forEach(member -> {
            String keyword = member.getKey();
            JsonNode value = member.getValue();
            if (SCHEMAS_BY_NAME.contains(keyword) && value.isObject()) {
                ObjectNode byName = copy.putObject(keyword);
                value.properties()
                        .forEach(named -> byName.set(named.getKey(), rewrite(named.getValue(), unknown, change)));
            } else if (SCHEMAS.contains(keyword) || (unknown == Unknown.SCHEMAS && !DATA.contains(keyword))) {
                copy.set(keyword, rewrite(value, unknown, change));
            } else {
                copy.set(keyword, value);
            }
        });
        return change.apply(copy);
    }
}
