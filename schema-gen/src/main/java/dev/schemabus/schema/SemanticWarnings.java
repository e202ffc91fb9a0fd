package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.SemanticWarning.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What both formats warn about in the same words. Sentences say how data was written and how it is read, since the newer
 * schema isn't always the reader's: a consumer may lag behind.
 */
final class SemanticWarnings {

    private static final String ANOTHER = ", or add a component of another name.";

    /** What describes a type or a component rather than its values, in either format. */
    private static final Set<String> DOCUMENTATION = Set.of(
            "doc", "title", "description", "$comment", "default", "examples", "deprecated", "readOnly", "writeOnly");

    private final Set<SemanticWarning> found = new LinkedHashSet<>();

    List<SemanticWarning> list() {
        return List.copyOf(found);
    }

    void add(Kind kind, Place place, String reason, String remedy) {
        found.add(new SemanticWarning(kind, place.path(), place.component(), reason, remedy));
    }

    /** Compares what is said about a value's meaning beyond its type. */
    void meaning(Place place, Meaning newer, Meaning older) {
        String now = newer.logicalType();
        String then = older.logicalType();
        if (now != null && then != null && !now.equals(then)) {
            replaced(place, now, then);
            return; // other attributes go with their logical type
        }
        if (now == null && then != null) {
            add(
                    Kind.LOGICAL_TYPE_DROPPED,
                    place,
                    "What was written as " + then + " is read as a plain " + newer.type() + '.',
                    "Keep " + then + ", or tell every consumer how to read the plain values.");
        } else if (now != null && then == null) {
            add(
                    Kind.LOGICAL_TYPE_ADDED,
                    place,
                    "What was written as a plain " + older.type() + " is read as " + now + '.',
                    "Make sure that all data so far means that" + ANOTHER);
        }
        attributes(place, newer, older);
    }

    private void replaced(Place place, String now, String then) {
        boolean unit = withoutUnit(now).equals(withoutUnit(then));
        add(
                unit ? Kind.UNIT_CHANGED : Kind.LOGICAL_TYPE_CHANGED,
                place,
                "What was written as " + then + " is read as " + now + '.',
                "Keep " + then + ANOTHER);
    }

    /** Avro's and our own names of logical types end in their unit: {@code timestamp-millis}. */
    private static String withoutUnit(String logicalType) {
        return logicalType.replaceFirst("-(nanos|micros|millis|seconds|minutes|hours|days)$", "");
    }

    private void attributes(Place place, Meaning newer, Meaning older) {
        boolean logical = newer.logicalType() != null && older.logicalType() != null;
        Stream.concat(newer.attributes().keySet().stream(), older.attributes().keySet().stream())
                .distinct()
                .sorted()
                .forEach(name -> {
                    Object now = newer.attribute(name);
                    Object then = older.attribute(name);
                    if (now != null && then != null && !now.equals(then)) {
                        changed(place, name, now, then);
                    } else if (isUnit(name) && (now == null || then == null)) {
                        unitComesOrGoes(place, name, now, then);
                    } else if (then == null && logical && !name.equals("precision")) {
                        add(
                                Kind.ATTRIBUTE_CHANGED,
                                place,
                                "What was written without " + name + " is read with " + name + ' ' + now + '.',
                                "Leave " + name + " out" + ANOTHER);
                    }
                });
    }

    private void changed(Place place, String name, Object now, Object then) {
        if (name.equals("precision")) {
            if (now instanceof Number fewer && then instanceof Number many && fewer.longValue() < many.longValue()) {
                add(
                        Kind.PRECISION_NARROWED,
                        place,
                        "Numbers were written with up to " + then + " digits and are read as ones of " + now + '.',
                        "Keep the precision " + then + ", or raise it.");
            }
            return;
        }
        Kind kind =
                name.equals("scale") ? Kind.SCALE_CHANGED : isUnit(name) ? Kind.UNIT_CHANGED : Kind.ATTRIBUTE_CHANGED;
        add(
                kind,
                place,
                "What was written with " + name + ' ' + then + " is read with " + name + ' ' + now + '.',
                "Keep the " + name + ' ' + then + ANOTHER);
    }

    private static boolean isUnit(String attribute) {
        return attribute.toLowerCase(Locale.ROOT).endsWith("unit");
    }

    private void unitComesOrGoes(Place place, String name, @Nullable Object now, @Nullable Object then) {
        if (now == null) {
            add(
                    Kind.LOGICAL_TYPE_DROPPED,
                    place,
                    "What was written with " + name + ' ' + then + " is read without a unit.",
                    "Keep the " + name + ' ' + then + '.');
        } else {
            add(
                    Kind.LOGICAL_TYPE_ADDED,
                    place,
                    "What was written without a unit is read with " + name + ' ' + now + '.',
                    "Make sure that all data so far counts in that" + ANOTHER);
        }
    }

    /**
     * Compares the defaults of one component.
     *
     * @param now the newer schema's; null if it has none
     * @param then the older schema's; null if it has none
     * @param name the component's in schemas
     */
    void defaults(Place place, String name, @Nullable JsonNode now, @Nullable JsonNode then) {
        if (then == null || JsonTypes.same(then, now)) {
            return;
        }
        add(
                Kind.DEFAULT_CHANGED,
                place,
                "Data from before '" + name + "' was read with " + then + " and is read "
                        + (now == null ? "without a default." : "with " + now + '.'),
                "Keep the default " + then + " as long as such data is read.");
    }

    /**
     * Takes one component that is gone and one that is new for a renamed one where there is just one of each with the same
     * type: which of several became which can't be told.
     *
     * @param gone the types of what only the older schema has, by name
     * @param fresh the types of what only the newer schema has, by name
     * @param placeOf the place of a new component
     */
    void renames(Map<String, JsonNode> gone, Map<String, JsonNode> fresh, Function<String, Place> placeOf) {
        Map<String, List<String>> goneByType = byType(gone);
        byType(fresh).forEach((type, names) -> {
            List<String> before = goneByType.getOrDefault(type, List.of());
            if (names.size() == 1 && before.size() == 1) {
                add(
                        Kind.RENAMED_WITHOUT_ALIAS,
                        placeOf.apply(names.get(0)),
                        "'" + before.get(0) + "' is gone and '" + names.get(0)
                                + "' of the same type is new, so what was written as '" + before.get(0)
                                + "' isn't read.",
                        "If it only has a new name, keep the data with @Aliases(\"" + before.get(0) + "\").");
            }
        });
    }

    private static Map<String, List<String>> byType(Map<String, JsonNode> types) {
        Map<String, List<String>> names = new TreeMap<>();
        new TreeMap<>(types)
                .forEach((name, type) -> names.computeIfAbsent(signature(type), none -> new ArrayList<>())
                        .add(name));
        return names;
    }

    /** A type as text, whatever the order of its parts and its documentation. */
    private static String signature(JsonNode type) {
        List<String> parts = new ArrayList<>();
        if (type.isObject()) {
            for (Map.Entry<String, JsonNode> member : type.properties()) {
                if (!DOCUMENTATION.contains(member.getKey())) {
                    parts.add(member.getKey() + ':' + signature(member.getValue()));
                }
            }
        } else if (type.isArray()) {
            type.forEach(element -> parts.add(signature(element)));
        } else {
            return type.toString();
        }
        return parts.stream().sorted().collect(Collectors.joining(",", "{", "}"));
    }

    /**
     * What a schema says about its values beyond their type.
     *
     * @param type the plain type
     * @param logicalType Avro's logical type or JSON's format; null if none
     * @param attributes the other attributes, without those that only tools read
     */
    record Meaning(String type, @Nullable String logicalType, Map<String, Object> attributes) {

        @Nullable
        Object attribute(String name) {
            Object value = attributes.get(name);
            // Avro specification, "Decimal": a scale that isn't written is zero.
            return value == null && name.equals("scale") && "decimal".equals(logicalType) ? Integer.valueOf(0) : value;
        }
    }
}
