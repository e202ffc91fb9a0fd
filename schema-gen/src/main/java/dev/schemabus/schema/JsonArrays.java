package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * JSON Schema's arrays: lists ({@code items}), tuples ({@code items} as an array and {@code additionalItems}; since
 * draft 2020-12 {@code prefixItems} and {@code items}), and {@code contains}.
 */
final class JsonArrays {

    private JsonArrays() {}

    static void compare(JsonStep step) {
        if (!step.writes(JsonType.ARRAY)) {
            return;
        }
        int positions = prefix(step.reading()).size();
        for (JsonPart given : step.written()) {
            positions = Math.max(positions, prefix(given).size());
        }
        // The position after the last one named stands for all the rest.
        for (int i = 0; i <= positions; i++) {
            int position = i;
            List<JsonPart> writes =
                    step.written().stream().map(given -> at(given, position)).toList();
            step.found().addAll(step.rules().compare(step.component(), at(step.reading(), position), writes));
        }
        JsonLimits.same(step, "contains");
        if (step.reading().has("contains")) {
            JsonLimits.same(step, "minContains");
            JsonLimits.same(step, "maxContains");
        }
    }

    private static List<JsonPart> prefix(JsonPart schema) {
        List<JsonPart> prefix = schema.list("prefixItems");
        return prefix.isEmpty() ? schema.list("items") : prefix;
    }

    private static JsonPart at(JsonPart schema, int position) {
        List<JsonPart> prefix = prefix(schema);
        return position < prefix.size() ? prefix.get(position) : rest(schema);
    }

    private static JsonPart rest(JsonPart schema) {
        JsonNode items = schema.node().path("items");
        String keyword = items.isArray() ? "additionalItems" : schema.has("items") ? "items" : "unevaluatedItems";
        JsonPart rest = schema.keyword(keyword);
        return rest == null ? schema.anything("items") : rest;
    }
}
