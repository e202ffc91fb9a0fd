package dev.schemabus.schema;

import dev.schemabus.schema.SemanticWarnings.Meaning;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema together with all that holds in its place, by {@code $ref} and {@code allOf}. Where several say something
 * about the same keyword, the first one counts.
 */
record JsonConjuncts(JsonPart part, List<JsonPart> parts) {

    /** The greatest integer up to which a double holds every one: 2 to the power of 53. */
    private static final BigDecimal EXACT = BigDecimal.valueOf(1L << 53);

    JsonConjuncts(JsonPart part) {
        this(part, part.conjuncts());
    }

    @Nullable
    JsonPart keyword(String name) {
        return parts.stream()
                .filter(held -> held.has(name))
                .findFirst()
                .map(held -> held.keyword(name))
                .orElse(null);
    }

    /** A keyword's value as text; empty if it has none. */
    String text(String name) {
        JsonPart value = keyword(name);
        return value == null ? "" : value.node().asText();
    }

    /** Whether a limit, such as {@code maximum}, lets through only integers that a double holds. */
    boolean isExact(String limit) {
        JsonPart value = keyword(limit);
        return value != null
                && value.node().isNumber()
                && value.node().decimalValue().abs().compareTo(EXACT) <= 0;
    }

    List<JsonPart> list(String name) {
        return parts.stream().flatMap(held -> held.list(name).stream()).toList();
    }

    Map<String, JsonPart> map(String name) {
        Map<String, JsonPart> members = new HashMap<>();
        parts.forEach(held -> held.map(name).forEach(members::putIfAbsent));
        return members;
    }

    List<JsonPart> alternatives() {
        List<JsonPart> one = list("oneOf");
        return one.isEmpty() ? list("anyOf") : one;
    }

    /** The alternatives, or the schema itself where it offers none. */
    List<JsonPart> branches() {
        List<JsonPart> alternatives = alternatives();
        return alternatives.isEmpty() ? List.of(part) : alternatives;
    }

    /** Whether it says itself, rather than in its alternatives, what values it holds. */
    boolean speaks() {
        return !parts.isEmpty() && (types() != null || alternatives().isEmpty());
    }

    /** Null if any type will do. */
    @Nullable
    Set<JsonType> types() {
        return parts.stream()
                .map(JsonTypes::types)
                .filter(types -> types != null)
                .findFirst()
                .orElse(null);
    }

    Optional<String> recordName() {
        return parts.stream().flatMap(held -> held.recordName().stream()).findFirst();
    }

    Meaning meaning() {
        Map<String, Object> attributes = new HashMap<>();
        for (JsonPart held : parts) {
            held.node().properties().forEach(entry -> {
                if (entry.getKey().startsWith("x-") || entry.getKey().equals("unit")) {
                    attributes.putIfAbsent(entry.getKey(), entry.getValue());
                }
            });
        }
        Set<JsonType> types = types();
        String format = text("format");
        return new Meaning(
                types == null ? "value" : JsonTypes.text(types), format.isEmpty() ? null : format, attributes);
    }
}
