package dev.schemabus.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a schema asserts about a value of each kind, as far as its type doesn't guarantee it. Each method takes all keywords
 * there are, or throws {@link UncompilableException}; null stands for no schema.
 */
final class JsonConstraints {

    private JsonConstraints() {}

    static List<JsonCheck> plain(Scalar scalar, @Nullable JsonKeywords keywords) {
        if (keywords == null) {
            return List.of();
        }
        List<JsonCheck> checks = new ArrayList<>();
        switch (scalar) {
            case STRING -> {
                keywords.takeType("string");
                checks.addAll(JsonTextChecks.of(keywords));
            }
            case BYTES -> {
                keywords.takeType("string");
                checks.addAll(JsonTextChecks.ofBase64(keywords));
            }
            case BOOLEAN -> {
                keywords.takeType("boolean");
                checks.addAll(booleans(keywords));
            }
            case INT, LONG -> {
                keywords.takeType(keywords.names("number") ? "number" : "integer");
                checks.addAll(JsonNumberChecks.of(keywords, scalar));
            }
            case FLOAT, DOUBLE, NUMBER -> {
                boolean whole = !keywords.names("number") && keywords.names("integer");
                keywords.takeType(whole ? "integer" : "number");
                if (whole) {
                    checks.add(JsonNumberChecks.whole());
                }
                checks.addAll(JsonNumberChecks.of(keywords, scalar));
            }
            case FIXED -> throw new UncompilableException("a value that JSON has no form for");
        }
        keywords.requireAllTaken();
        return checks;
    }

    private static List<JsonCheck> booleans(JsonKeywords keywords) {
        List<JsonCheck> checks = new ArrayList<>();
        for (String keyword : List.of("enum", "const")) {
            JsonNode values = keywords.take(keyword);
            if (values != null) {
                Set<Object> allowed = new HashSet<>();
                for (JsonNode value : keyword.equals("const") ? List.of(values) : values) {
                    if (value.isBoolean()) {
                        allowed.add(value.booleanValue());
                    }
                }
                checks.add(value -> {
                    if (!allowed.contains(value)) {
                        throw JsonCheck.broken("is a boolean", keyword, values);
                    }
                });
            }
        }
        return checks;
    }

    /** The symbols that the schema allows; empty if it allows all. */
    static Optional<Set<String>> symbols(Shape.OfEnum shape, @Nullable JsonKeywords keywords) {
        if (keywords == null) {
            return Optional.empty();
        }
        keywords.takeType("string");
        Set<String> allowed = null;
        for (String keyword : List.of("enum", "const")) {
            JsonNode values = keywords.take(keyword);
            if (values != null) {
                Set<String> these = JsonTextChecks.texts(keyword, values);
                if (allowed != null) {
                    these.retainAll(allowed);
                }
                allowed = these;
            }
        }
        keywords.requireAllTaken();
        boolean guaranteed = allowed == null
                || (shape.unknown().isEmpty()
                        && allowed.containsAll(shape.symbols().values()));
        return guaranteed ? Optional.empty() : Optional.ofNullable(allowed);
    }

    /**
     * About a list, set or array.
     *
     * @param min how many elements at least
     * @param max how many at most; -1 for any number
     * @param unique whether no two may be equal
     */
    record Items(@Nullable JsonKeywords element, int min, int max, boolean unique) {

        static final Items ANY = new Items(null, 0, -1, false);

        /** Looks at how many there are. */
        void requireSize(int size) {
            if (size < min) {
                throw JsonCheck.broken("has a number of items", "minItems", min);
            }
            if (max >= 0 && size > max) {
                throw JsonCheck.broken("has a number of items", "maxItems", max);
            }
        }
    }

    static Items items(Shape.OfList shape, @Nullable JsonKeywords keywords) {
        if (keywords == null) {
            return Items.ANY;
        }
        keywords.takeType("array");
        int min = Math.max(0, keywords.takeSize("minItems"));
        int max = keywords.takeSize("maxItems");
        JsonNode distinct = keywords.take("uniqueItems");
        boolean unique = distinct != null && distinct.booleanValue();
        if (unique && !isComparable(shape.element(), new HashSet<>())) {
            throw new UncompilableException("uniqueItems over " + shape.element());
        }
        JsonNode element = keywords.take("items");
        keywords.requireAllTaken();
        return new Items(element == null ? null : keywords.at(element), min, max, unique);
    }

    /** Whether two values are equal in Java exactly if they are in JSON. */
    private static boolean isComparable(Shape shape, Set<Shape> above) {
        if (shape instanceof Shape.OfLogical logical) {
            return above.isEmpty() && isComparable(logical.forms().json().scalar());
        }
        if (shape instanceof Shape.OfScalar scalar) {
            return scalar.scalar() != Scalar.NUMBER && isComparable(scalar.scalar());
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            return enumeration.unknown().isEmpty();
        }
        if (shape instanceof RecordShape record) {
            return above.add(record)
                    && record.components().stream()
                            .map(Component::shape)
                            .allMatch(component -> isComparable(component, above));
        }
        return false;
    }

    /** Zeroes of both signs are one number in JSON; byte arrays are equal to themselves only. */
    private static boolean isComparable(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN, INT, LONG, STRING, NUMBER -> true;
            case FLOAT, DOUBLE, BYTES, FIXED -> false;
        };
    }

    /**
     * About a map.
     *
     * @param min how many entries at least
     * @param max how many at most; -1 for any number
     * @param key about each key
     */
    record Entries(@Nullable JsonKeywords value, int min, int max, List<JsonCheck> key) {

        static final Entries ANY = new Entries(null, 0, -1, List.of());

        /** Looks at how many there are. */
        void requireSize(int size) {
            if (size < min) {
                throw JsonCheck.broken("has a number of entries", "minProperties", min);
            }
            if (max >= 0 && size > max) {
                throw JsonCheck.broken("has a number of entries", "maxProperties", max);
            }
        }

        /** Looks at a key. */
        void requireKey(String text) {
            for (JsonCheck check : key) {
                check.test(text);
            }
        }
    }

    static Entries entries(@Nullable JsonKeywords keywords) {
        if (keywords == null) {
            return Entries.ANY;
        }
        keywords.takeType("object");
        int min = Math.max(0, keywords.takeSize("minProperties"));
        int max = keywords.takeSize("maxProperties");
        List<JsonCheck> key = List.of();
        JsonNode names = keywords.take("propertyNames");
        if (names != null) {
            JsonKeywords about = keywords.at(names);
            about.takeType("string");
            key = JsonTextChecks.of(about);
            about.requireAllTaken();
        }
        JsonNode value = keywords.take("additionalProperties");
        keywords.requireAllTaken();
        return new Entries(value == null ? null : keywords.at(value), min, max, key);
    }

    /** About a value that may be absent. */
    record Presence(@Nullable JsonKeywords present, boolean nullAllowed) {}

    /** Whether null may stand for the absence of a component. */
    static boolean isNullAllowed(@Nullable JsonKeywords keywords) {
        return keywords == null || presence(keywords.at(keywords.schema())).nullAllowed();
    }

    static Presence presence(@Nullable JsonKeywords keywords) {
        if (keywords == null) {
            return new Presence(null, true);
        }
        String keyword = keywords.has("oneOf") ? "oneOf" : "anyOf";
        JsonNode alternatives = keywords.peek(keyword);
        if (alternatives == null) {
            return new Presence(keywords, keywords.allowsNull());
        }
        ArrayNode rest = JsonNodeFactory.instance.arrayNode();
        int nulls = 0;
        for (JsonNode alternative : alternatives) {
            if (alternative.path("type").asText().equals("null")) {
                nulls++;
            } else {
                rest.add(alternative);
            }
        }
        if (nulls == 0) {
            return new Presence(keywords, false); // or a branch says so, which a union's planning refuses
        }
        JsonNode unused = keywords.take(keyword);
        keywords.requireAllTaken();
        if (nulls > 1 || rest.isEmpty() || unused == null) {
            throw new UncompilableException(keyword + " with several nulls");
        }
        JsonNode present = rest.size() == 1
                ? rest.get(0)
                : JsonNodeFactory.instance.objectNode().set(keyword, rest);
        JsonKeywords about = keywords.at(present);
        if (about.allowsNull()) {
            throw new UncompilableException(keyword + " with several nulls");
        }
        return new Presence(about, true);
    }

    /** About each branch of a sealed type, by what its discriminator says; empty if there is no schema. */
    static Optional<Map<String, JsonKeywords>> branches(@Nullable JsonKeywords keywords) {
        if (keywords == null) {
            return Optional.empty();
        }
        Map<String, JsonKeywords> byName = new HashMap<>();
        JsonNode alternatives = keywords.take(keywords.has("oneOf") ? "oneOf" : "anyOf");
        if (alternatives == null) {
            byName.put(discriminator(keywords), keywords);
            return Optional.of(byName);
        }
        if (keywords.has("type")) {
            keywords.takeType("object");
        }
        keywords.requireAllTaken();
        for (JsonNode alternative : alternatives) {
            JsonKeywords branch = keywords.at(alternative);
            if (byName.put(discriminator(branch), branch) != null) {
                throw new UncompilableException("two branches of one name");
            }
        }
        return Optional.of(byName);
    }

    /** What tells a branch from all others. */
    private static String discriminator(JsonKeywords branch) {
        JsonNode properties = branch.peek("properties");
        JsonNode required = branch.peek("required");
        boolean demanded = false;
        if (required != null) {
            for (JsonNode name : required) {
                demanded |= name.asText().equals(Shape.OfUnion.DISCRIMINATOR);
            }
        }
        JsonNode name = properties == null
                ? null
                : properties.path(Shape.OfUnion.DISCRIMINATOR).get("const");
        if (!demanded || name == null || !name.isTextual()) {
            throw new UncompilableException(
                    "a branch that " + Shape.OfUnion.DISCRIMINATOR + " doesn't tell from others");
        }
        return name.textValue();
    }
}
