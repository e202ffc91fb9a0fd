package dev.schemabus.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** JSON objects as values: what registries keep and pass on without looking into it. */
final class JsonObjects {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private JsonObjects() {}

    /**
     * The same object without white space and with all members in the order of their names.
     *
     * @param what what it is, for the message
     * @throws IllegalArgumentException if it is no object
     */
    static String sorted(String what, String json) {
        try {
            Object value = MAPPER.readValue(json, Object.class);
            if (value instanceof Map) {
                return MAPPER.writeValueAsString(value);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(what + " must be a JSON object: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException(what + " must be a JSON object, such as {}");
    }

    static String nested(String name, Map<String, String> texts) {
        return write(Map.of(name, texts));
    }

    static SortedMap<String, String> texts(String json, String name) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : tree(json).path(name).properties()) {
            if (member.getValue().isTextual()) {
                texts.put(member.getKey(), member.getValue().textValue());
            }
        }
        return Collections.unmodifiableSortedMap(texts);
    }

    /** Rules come in lists by purpose; each may be switched off. */
    static boolean hasActiveRules(String json) {
        for (JsonNode list : tree(json)) {
            for (JsonNode rule : list) {
                if (rule.isObject() && !rule.path("disabled").asBoolean()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A text that is known to be JSON. */
    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("this text was written by " + JsonObjects.class, e);
        }
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError("maps of texts always become JSON", e);
        }
    }
}
