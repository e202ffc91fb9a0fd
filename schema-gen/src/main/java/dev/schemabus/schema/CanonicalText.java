package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Texts that are the same for schemas that mean the same. Object members are sorted by name (in the order of UTF-16 code
 * units, as in RFC 8785), and a number has one spelling: {@code 1}, {@code 1.0} and {@code 10e-1} are all {@code 1}.
 */
final class CanonicalText {

    /** Integers up to this length are written in full, longer ones with an exponent. */
    private static final int MAX_DIGITS = 40;

    private CanonicalText() {}

    /** A JSON Schema without {@code description}, {@code $comment}, {@code examples}, and titles below the root. */
    static String ofJson(JsonNode schema) {
        JsonNode bare = JsonKeywords.rewrite(schema, JsonKeywords.Unknown.DATA, CanonicalText::withoutDocs);
        if (bare instanceof ObjectNode root && schema.has("title")) {
            root.set("title", schema.get("title"));
        }
        return ordered(bare).toString();
    }

    private static ObjectNode withoutDocs(ObjectNode schema) {
        schema.remove(List.of("description", "$comment", "examples", "title"));
        sortTexts(schema, "required");
        sortTexts(schema, "type");
        return schema;
    }

    /** Texts that are a set: their order says nothing. */
    private static void sortTexts(ObjectNode schema, String keyword) {
        JsonNode value = schema.path(keyword);
        List<String> texts = new ArrayList<>();
        value.forEach(element -> texts.add(element.asText()));
        if (value.isArray() && value.valueStream().allMatch(JsonNode::isTextual)) {
            texts.sort(null);
            ArrayNode sorted = schema.putArray(keyword);
            texts.forEach(sorted::add);
        }
    }

    /** All of an Avro schema but its docs, as its author's order of fields, symbols and branches has it. */
    static String ofAvro(Schema schema) {
        return ordered(withoutDocs(JsonText.tree(schema.toString()))).toString();
    }

    private static JsonNode withoutDocs(JsonNode type) {
        if (type.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            type.forEach(branch -> copy.add(withoutDocs(branch)));
            return copy;
        }
        if (!type.isObject()) {
            return type;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        type.properties().forEach(member -> {
            switch (member.getKey()) {
                case "doc" -> {}
                // A field is an object with a type and a doc, as a type is.
                case "type", "fields", "items", "values" -> copy.set(member.getKey(), withoutDocs(member.getValue()));
                default -> copy.set(member.getKey(), member.getValue());
            }
        });
        return copy;
    }

    private static JsonNode ordered(JsonNode node) {
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(ordered(element)));
            return copy;
        }
        if (node.isObject()) {
            Map<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), ordered(member.getValue())));
            return JsonNodeFactory.instance.objectNode().setAll(members);
        }
        return node.isNumber() ? DecimalNode.valueOf(plain(node.decimalValue())) : node;
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean shortInteger = shortest.scale() < 0 && (long) shortest.precision() - shortest.scale() <= MAX_DIGITS;
        return shortInteger ? shortest.setScale(0) : shortest;
    }
}
