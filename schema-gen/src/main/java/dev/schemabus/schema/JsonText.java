package dev.schemabus.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON Schemas as text, and JSON as people write it: a member twice, or more after the end, is an error. */
final class JsonText {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonText() {}

    static EventSchema read(String text, List<SchemaReference> references) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new SchemaException(
                    "Not a JSON Schema: " + e.getOriginalMessage() + " in " + EventSchema.excerpt(text), e);
        } catch (RuntimeException e) {
            // Jackson answers an exponent of 17 digits with a NumberFormatException.
            throw new SchemaException("Not a JSON Schema: " + e.getMessage() + " in " + EventSchema.excerpt(text), e);
        }
        if (!tree.isObject() && !tree.isBoolean()) {
            throw new SchemaException("Not a JSON Schema: the text must be a JSON object or true/false, not "
                    + EventSchema.excerpt(text));
        }
        Optional<String> name = name(tree);
        return EventSchema.checked(
                SchemaFormat.JSON, tree.toString(), name, References.inOrder(SchemaFormat.JSON, name, references));
    }

    private static Optional<String> name(JsonNode tree) {
        JsonNode title = tree.path("title");
        return title.isTextual() ? Optional.of(title.textValue()) : Optional.empty();
    }

    static List<EventSchema> branches(JsonNode root) {
        JsonNode branches = root.path(root.has("oneOf") ? "oneOf" : "anyOf");
        List<EventSchema> alone = new ArrayList<>();
        branches.forEach(branch -> {
            JsonNode own = alone(branch, root);
            alone.add(EventSchema.checked(SchemaFormat.JSON, own.toString(), name(own), List.of()));
        });
        return List.copyOf(alone);
    }

    /** A part of a document as a document: with the definitions that it may point to. */
    private static JsonNode alone(JsonNode part, JsonNode root) {
        String pointer = part.path("$ref").asText();
        JsonNode target = pointer.startsWith("#/") ? root.at(pointer.substring(1)) : part;
        if (!(target instanceof ObjectNode whole)) {
            return part;
        }
        ObjectNode copy = whole.deepCopy();
        for (String shared : List.of("$schema", "definitions", "$defs")) {
            if (root.has(shared) && !copy.has(shared)) {
                copy.set(shared, root.get(shared));
            }
        }
        return copy;
    }

    /** A text that is known to be JSON. */
    static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("this text has been read or written before", e);
        }
    }
}
