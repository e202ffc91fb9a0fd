package dev.schemabus.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemabus.schema.EventSchema;
import java.util.TreeSet;

/**
 * A schema in the one spelling that {@code normalize=true} asks for: the members of every JSON object in the order of
 * their names. The order of arrays (fields, symbols, unions) stays, because it may mean something.
 */
final class NormalForm {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private NormalForm() {}

    static EventSchema of(EventSchema schema) {
        try {
            JsonNode tree = MAPPER.readTree(schema.text());
            return EventSchema.registered(schema.format(), sorted(tree).toString(), schema.references());
        } catch (JsonProcessingException e) {
            throw new AssertionError("the text of a schema is JSON", e);
        }
    }

    static JsonNode of(JsonNode node) {
        return sorted(node);
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            ObjectNode sorted = MAPPER.createObjectNode();
            TreeSet<String> names = new TreeSet<>();
            node.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> sorted.set(name, sorted(node.get(name))));
            return sorted;
        }
        if (node.isArray()) {
            ArrayNode sorted = MAPPER.createArrayNode();
            node.forEach(item -> sorted.add(sorted(item)));
            return sorted;
        }
        return node;
    }
}
