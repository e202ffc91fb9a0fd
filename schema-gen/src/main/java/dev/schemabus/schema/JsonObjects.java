package dev.schemabus.schema;

import dev.schemabus.schema.Incompatibility.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema's objects: properties under an open, partially open or closed content model, {@code required}, and
 * dependencies.
 *
 * <p>Each property is compared with whatever the other schema says about a property of that name, be it its own schema,
 * that of a pattern, or {@code additionalProperties}. Patterns are not compared with each other, as in the reference.
 */
final class JsonObjects {

    private JsonObjects() {}

    static void compare(JsonStep step) {
        if (!step.writes(JsonType.OBJECT)) {
            return;
        }
        content(step);
        required(step);
        JsonDependencies.compare(step);
        propertyNames(step);
    }

    private static void content(JsonStep step) {
        Set<String> names = new LinkedHashSet<>(step.reading().map("properties").keySet());
        step.written().forEach(given -> names.addAll(given.map("properties").keySet()));
        for (String name : names) {
            property(step, name);
        }
        additional(step);
    }

    private static void property(JsonStep step, String name) {
        JsonPart reads = contentOf(step.reading(), name);
        List<JsonPart> writes =
                step.written().stream().map(given -> contentOf(given, name)).toList();
        if (writes.stream().anyMatch(JsonPart::isFalse)) {
            return;
        }
        boolean newReads = step.words().newReads();
        String component = step.property(name);
        boolean known = step.reading().map("properties").containsKey(name);
        if (step.rules().lenient() && (neverSent(step, name) || (reads.isFalse() && !known))) {
            return;
        }
        if (reads.isFalse()) {
            step.report(
                    Kind.PROPERTY_REFUSED,
                    component,
                    reads.path(),
                    newReads
                            ? "Data of the old schema may hold '" + name + "', which the new schema "
                                    + (known ? "refuses." : "no longer allows: its content model is closed.")
                            : "The new schema may write '" + name + "', which the old schema "
                                    + (known ? "refuses." : "doesn't allow: its content model is closed."),
                    newReads
                            ? "Keep it, or open the content model (additionalProperties: true)."
                            : "Leave it out: readers of the old schema refuse whatever it doesn't name.");
            return;
        }
        boolean anything = writes.stream().allMatch(given -> given.conjuncts().isEmpty());
        List<Incompatibility> inside = step.rules().compare(component, reads, writes);
        if (!inside.isEmpty()
                && anything
                && step.written().stream()
                        .noneMatch(given -> given.map("properties").containsKey(name))) {
            step.report(
                    Kind.PROPERTY_NARROWED,
                    component,
                    reads.path(),
                    newReads
                            ? "Data of the old schema may hold '" + name + "' with any content, since its content model"
                                    + " is open, but the new schema gives it a schema."
                            : "The new schema may write '" + name + "' with any content, since its content model is"
                                    + " open, but the old schema gives it a schema.",
                    newReads
                            ? "Declare it without constraints ({}), or leave it out; schemas that are to grow start with"
                                    + " a closed content model (additionalProperties: false)."
                            : "Keep it with its schema, or close the new content model (additionalProperties: false).");
        } else {
            step.found().addAll(inside);
        }
    }

    /** Whether the only reason to expect a property of this name is that an open content model doesn't exclude it. */
    private static boolean neverSent(JsonStep step, String name) {
        return step.written().stream()
                .allMatch(given -> !given.map("properties").containsKey(name)
                        && given.map("patternProperties").keySet().stream()
                                .noneMatch(pattern -> matches(pattern, name, given))
                        && additional(given).conjuncts().isEmpty());
    }

    private static void additional(JsonStep step) {
        JsonPart reads = additional(step.reading());
        List<JsonPart> writes =
                step.written().stream().map(JsonObjects::additional).toList();
        if (writes.stream().anyMatch(JsonPart::isFalse)) {
            return;
        }
        boolean open = writes.stream().allMatch(given -> given.conjuncts().isEmpty());
        if (step.rules().lenient() && (open || reads.isFalse())) {
            return;
        }
        List<Incompatibility> inside = step.rules().compare(step.component(), reads, writes);
        if (inside.isEmpty()) {
            return;
        }
        if (!open && !reads.isFalse()) {
            step.found().addAll(inside);
            return;
        }
        step.report(
                Kind.PROPERTY_REFUSED,
                step.component(),
                reads.path(),
                step.words().newReads()
                        ? "Data of the old schema may hold properties beyond those it names, which the new schema "
                                + (reads.isFalse() ? "refuses." : "restricts.")
                        : "The new schema may write properties beyond those it names, which the old schema "
                                + (reads.isFalse() ? "refuses." : "restricts."),
                "Keep additionalProperties as it was"
                        + (step.words().newReads() ? ", or allow more." : ", or allow fewer."));
    }

    /** What the schema says about a property of this name: {@code true} if nothing. */
    private static JsonPart contentOf(JsonPart schema, String name) {
        JsonPart own = schema.map("properties").get(name);
        if (own != null) {
            return own;
        }
        for (Map.Entry<String, JsonPart> pattern :
                schema.map("patternProperties").entrySet()) {
            if (matches(pattern.getKey(), name, schema)) {
                return pattern.getValue();
            }
        }
        return additional(schema);
    }

    private static boolean matches(String pattern, String name, JsonPart schema) {
        try {
            return Pattern.compile(pattern).matcher(name).find();
        } catch (PatternSyntaxException e) {
            throw new SchemaException(
                    "The pattern '" + pattern + "' at #" + schema.path() + "/patternProperties can't be read: "
                            + e.getDescription(),
                    e);
        }
    }

    private static JsonPart additional(JsonPart schema) {
        JsonPart additional = schema.keyword("additionalProperties");
        if (additional == null) {
            additional = schema.keyword("unevaluatedProperties");
        }
        return additional == null ? schema.anything("additionalProperties") : additional;
    }

    private static void required(JsonStep step) {
        Set<String> sure = new HashSet<>();
        step.written().forEach(given -> sure.addAll(strings(given.keyword("required"))));
        for (String name : strings(step.reading().keyword("required"))) {
            if (!sure.contains(name) && !hasDefault(step, name)) {
                step.report(
                        Kind.PROPERTY_REQUIRED,
                        step.property(name),
                        step.reading().path() + "/required",
                        step.words().mayBeLeftOut(name),
                        step.words().mayBeLeftOutRemedy());
            }
        }
    }

    private static boolean hasDefault(JsonStep step, String name) {
        for (JsonPart part : step.all()) {
            JsonPart property = part.map("properties").get(name);
            if (property != null
                    && (property.has("default")
                            || property.conjuncts().stream().anyMatch(held -> held.has("default")))) {
                return true;
            }
        }
        return false;
    }

    /** The strings in an array; empty when there is none, as for draft 4's and older forms of other meaning. */
    static List<String> strings(@Nullable JsonPart array) {
        List<String> strings = new ArrayList<>();
        if (array != null && array.node().isArray()) {
            array.node().forEach(element -> strings.add(element.asText()));
        }
        return strings;
    }

    private static void propertyNames(JsonStep step) {
        JsonPart reads = step.reading().keyword("propertyNames");
        if (reads == null) {
            return;
        }
        List<JsonPart> writes = step.written().stream()
                .map(given -> {
                    JsonPart names = given.keyword("propertyNames");
                    return names == null ? given.anything("propertyNames") : names;
                })
                .toList();
        step.found().addAll(step.rules().compare(step.component(), reads, writes));
    }
}
