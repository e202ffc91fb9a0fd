package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** How plain values stand in JSON Schemas: their types, and values of them. */
final class JsonValues {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonValues() {}

    static void putType(ObjectNode schema, Scalar scalar) {
        switch (scalar) {
            case BOOLEAN -> schema.put("type", "boolean");
            case INT ->
                schema.put("type", "integer").put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
            case LONG -> schema.put("type", "integer");
            case FLOAT, DOUBLE, NUMBER -> schema.put("type", "number");
            case STRING -> schema.put("type", "string");
            case BYTES -> schema.put("type", "string").put("contentEncoding", "base64");
            case FIXED -> throw new SchemaException("A logical type's JSON form can't be FIXED: use BYTES or STRING");
        }
    }

    /** An attribute of a {@link Representation} as JSON; a number stays one, so that constraints can tighten it. */
    static JsonNode attribute(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** A default as JSON. */
    static JsonNode json(Shape shape, Object value) {
        return json(Defaults.plain(shape, value, SchemaFormat.JSON));
    }

    private static JsonNode json(Object plain) {
        if (plain instanceof List<?> elements) {
            ArrayNode array = NODES.arrayNode();
            elements.forEach(element -> array.add(json(element)));
            return array;
        }
        if (plain instanceof Map<?, ?> entries) {
            ObjectNode object = NODES.objectNode();
            entries.forEach((key, value) -> object.set((String) key, json(value)));
            return object;
        }
        if (plain instanceof byte[] bytes) {
            return NODES.textNode(Base64.getEncoder().encodeToString(bytes));
        }
        return plain instanceof BigDecimal number ? NODES.numberNode(number) : NODES.pojoNode(plain);
    }
}
