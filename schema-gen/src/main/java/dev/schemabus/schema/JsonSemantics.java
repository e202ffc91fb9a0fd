package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.Comparisons.Pair;
import dev.schemabus.schema.SemanticWarning.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where one JSON Schema takes data of another for something else. To validators {@code format}, {@code contentEncoding},
 * {@code default} and unknown keywords are documentation, so that compatibility overlooks them.
 */
final class JsonSemantics {

    private final SemanticWarnings warnings = new SemanticWarnings();
    private final Comparisons comparisons = new Comparisons();

    private JsonSemantics() {}

    static List<SemanticWarning> warnings(EventSchema newer, EventSchema older) {
        JsonSemantics semantics = new JsonSemantics();
        semantics.name(newer.name().orElse(""), older.name().orElse(""));
        semantics.compare("", JsonDocument.compared(newer), JsonDocument.compared(older));
        return semantics.warnings.list();
    }

    /** Consumers go by the title where it is the name of a type; other titles are documentation. */
    private void name(String now, String then) {
        if (now.contains(".") && then.contains(".") && !(now + then).contains(" ") && !now.equals(then)) {
            warnings.add(
                    Kind.NAME_CHANGED,
                    Place.ROOT.at("title"),
                    "What was written as " + then + " is read as " + now
                            + ", which consumers that go by full names refuse.",
                    "Keep the name, or name the old one with @Aliases(\"" + then + "\").");
        }
    }

    private void compare(String component, JsonPart now, JsonPart then) {
        comparisons.once(
                new Pair(now.node(), List.of(then.node()), ""),
                () -> differences(component, new JsonConjuncts(now), new JsonConjuncts(then)));
    }

    private void differences(String component, JsonConjuncts now, JsonConjuncts then) {
        if (!now.alternatives().isEmpty() || !then.alternatives().isEmpty()) {
            for (JsonPart written : then.branches()) {
                JsonPart read = meant(now.branches(), new JsonConjuncts(written));
                if (read != null) {
                    compare(component, read, written);
                }
            }
        }
        Place place = Place.of(now.part().path(), component);
        if (comparable(now, then)) {
            warnings.meaning(place, now.meaning(), then.meaning());
            encoding(place, "contentEncoding", now, then);
            encoding(place, "contentMediaType", now, then);
            digits(place, now, then);
        }
        properties(now.recordName().orElse(component), now, then);
        for (String keyword : List.of("items", "additionalProperties")) {
            both(component, now.keyword(keyword), then.keyword(keyword));
        }
        List<JsonPart> positions = now.list("prefixItems");
        List<JsonPart> written = then.list("prefixItems");
        for (int i = 0; i < Math.min(positions.size(), written.size()); i++) {
            compare(component, positions.get(i), written.get(i));
        }
        Map<String, JsonPart> patterns = then.map("patternProperties");
        now.map("patternProperties").forEach((pattern, part) -> both(component, part, patterns.get(pattern)));
    }

    private void both(String component, @Nullable JsonPart now, @Nullable JsonPart then) {
        if (now == null || then == null) {
            return;
        }
        if (now.node().isArray() && then.node().isArray()) { // tuples before draft 2020-12
            List<JsonPart> read = now.children();
            List<JsonPart> written = then.children();
            for (int i = 0; i < Math.min(read.size(), written.size()); i++) {
                compare(component, read.get(i), written.get(i));
            }
        } else if (!now.node().isArray() && !then.node().isArray()) {
            compare(component, now, then);
        }
    }

    /** Whether both say themselves, rather than in their branches, what values they hold, and hold some in common. */
    private static boolean comparable(JsonConjuncts now, JsonConjuncts then) {
        return now.speaks() && then.speaks() && alike(now, then) && !onlyNull(now) && !onlyNull(then);
    }

    /** An absent value has no meaning that a format or an encoding could give it. */
    private static boolean onlyNull(JsonConjuncts schema) {
        return Set.of(JsonType.NULL).equals(schema.types());
    }

    /** Whether some values may be valid against both, as far as their types tell. */
    private static boolean alike(JsonConjuncts now, JsonConjuncts then) {
        return now.types() == null
                || then.types() == null
                || then.types().stream().anyMatch(now.types()::contains);
    }

    /** The branch of the same record or else the only one of the same type; null if none is. */
    private static @Nullable JsonPart meant(List<JsonPart> branches, JsonConjuncts written) {
        List<JsonPart> named = branches.stream()
                .filter(branch -> written.recordName().isPresent()
                        && new JsonConjuncts(branch).recordName().equals(written.recordName()))
                .toList();
        if (!named.isEmpty()) {
            return named.size() == 1 ? named.get(0) : null;
        }
        List<JsonPart> typed = branches.stream()
                .filter(branch ->
                        new JsonConjuncts(branch).types() != null && alike(new JsonConjuncts(branch), written))
                .toList();
        return typed.size() == 1 ? typed.get(0) : null;
    }

    private void properties(String owner, JsonConjuncts now, JsonConjuncts then) {
        Map<String, JsonPart> fresh = now.map("properties");
        Map<String, JsonPart> gone = then.map("properties");
        Map<String, JsonPart> parts = Map.copyOf(fresh);
        for (String name : new TreeSet<>(parts.keySet())) {
            JsonPart read = parts.get(name);
            JsonPart written = gone.remove(name);
            if (read != null && written != null) {
                fresh.remove(name);
                String component = owner.isEmpty() ? "" : owner + '.' + name;
                Place place = place(owner, name, read);
                warnings.defaults(place.at("default"), name, defaultOf(read), defaultOf(written));
                compare(component, read, written);
            }
        }
        if (!gone.isEmpty() && !fresh.isEmpty()) {
            warnings.renames(
                    types(gone), types(fresh), name -> place(owner, name, Objects.requireNonNull(parts.get(name))));
        }
    }

    private static Place place(String owner, String name, JsonPart part) {
        return Place.of(part.path(), owner.isEmpty() ? "" : owner + '.' + name);
    }

    private static @Nullable JsonNode defaultOf(JsonPart property) {
        if (property.has("default")) {
            return property.node().get("default");
        }
        JsonPart held = new JsonConjuncts(property).keyword("default");
        return held == null ? null : held.node();
    }

    private static Map<String, JsonNode> types(Map<String, JsonPart> properties) {
        Map<String, JsonNode> types = new HashMap<>();
        properties.forEach((name, part) -> types.put(name, part.node()));
        return types;
    }

    private void encoding(Place place, String keyword, JsonConjuncts now, JsonConjuncts then) {
        String read = now.text(keyword);
        String written = then.text(keyword);
        if (!read.equals(written)) {
            warnings.add(
                    Kind.ENCODING_CHANGED,
                    place.at(keyword),
                    "What was written with " + (written.isEmpty() ? "no " + keyword : keyword + ' ' + written)
                            + " is read with " + (read.isEmpty() ? "none." : keyword + ' ' + read + '.'),
                    written.isEmpty()
                            ? "Leave " + keyword + " out, or add a component of another name."
                            : "Keep the " + keyword + ' ' + written + ", or add a component of another name.");
        }
    }

    private void digits(Place place, JsonConjuncts now, JsonConjuncts then) {
        Set<JsonType> reads = now.types();
        if (reads != null
                && reads.contains(JsonType.NUMBER)
                && then.types() != null
                && then.types().contains(JsonType.INTEGER)
                && !then.types().contains(JsonType.NUMBER)
                && !(then.isExact("minimum") && then.isExact("maximum"))) {
            warnings.add(
                    Kind.DIGITS_LOST,
                    place.at("type"),
                    "What was written as integer is read as number, which many readers round to 15 digits.",
                    "Keep integer, or add a component of another name.");
        }
    }
}
