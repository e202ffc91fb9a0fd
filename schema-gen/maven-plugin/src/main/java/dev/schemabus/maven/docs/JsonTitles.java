package dev.schemabus.maven.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.Map;

/** The object schemas in a JSON Schema, by their titles, which are the records' full names. */
final class JsonTitles {

    private final Map<String, JsonNode> byTitle = new HashMap<>();

    JsonTitles(JsonNode root) {
        collect(root);
    }

    private void collect(JsonNode node) {
        if (node.path("title").isTextual() && node.path("properties").isObject()) {
            byTitle.putIfAbsent(node.get("title").textValue(), node);
        }
        node.forEach(this::collect);
    }

    /** The schema of a property; empty if there is none. */
    JsonNode property(String record, String name) {
        JsonNode object = byTitle.get(record);
        return object == null
                ? MissingNode.getInstance()
                : object.path("properties").path(name);
    }
}
