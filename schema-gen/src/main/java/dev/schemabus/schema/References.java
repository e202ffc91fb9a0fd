package dev.schemabus.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The order of references, and what can be wrong with them. */
final class References {

    private References() {}

    /**
     * The given references and those that they need, each once and after those it needs itself.
     *
     * @param referrer the name of the schema that refers to them, if it has one
     * @throws SchemaException if they form a cycle, mix formats, or give one name two meanings
     */
    static List<SchemaReference> inOrder(SchemaFormat format, Optional<String> referrer, List<SchemaReference> given) {
        Map<String, SchemaReference> ordered = new LinkedHashMap<>();
        for (SchemaReference reference : given) {
            if (reference.schema().format() != format) {
                throw new SchemaException("The reference " + reference.name() + " is a schema of format "
                        + reference.schema().format() + ", and one of format " + format
                        + " can refer to its own format only");
            }
            refuseCycle(reference.name(), way(reference.schema(), reference.name()));
            if (referrer.isPresent()) {
                refuseCycle(referrer.get(), way(reference, referrer.get()));
            }
            reference.schema().references().forEach(indirect -> add(indirect, ordered));
            add(reference, ordered);
        }
        return List.copyOf(ordered.values());
    }

    private static void add(SchemaReference reference, Map<String, SchemaReference> ordered) {
        SchemaReference known = ordered.putIfAbsent(reference.name(), reference);
        if (known != null && !known.schema().equals(reference.schema())) {
            throw new SchemaException("References give " + reference.name() + " two meanings, " + known.schema()
                    + " and " + reference.schema() + ": let all refer to the same one");
        }
    }

    private static void refuseCycle(String start, List<String> way) {
        if (!way.isEmpty()) {
            throw new SchemaException("References form a cycle: " + start + " -> " + String.join(" -> ", way)
                    + ". A schema must be complete before others refer to it: move what both need into a third");
        }
    }

    /** The names on the way to a target, that of this reference first; empty if it doesn't lead there. */
    private static List<String> way(SchemaReference from, String target) {
        if (from.name().equals(target)) {
            return List.of(target);
        }
        List<String> rest = way(from.schema(), target);
        List<String> way = new ArrayList<>();
        if (!rest.isEmpty()) {
            way.add(from.name());
            way.addAll(rest);
        }
        return way;
    }

    /** The names on the way from inside a schema to a target. */
    private static List<String> way(EventSchema from, String target) {
        List<SchemaReference> reached = new ArrayList<>(from.references());
        if (reached.stream().noneMatch(reference -> reference.name().equals(target))) {
            return List.of();
        }
        // What needs others stands behind them, so the nearest come last.
        Collections.reverse(reached);
        return reached.stream()
                .filter(reference -> !reference.name().equals(target))
                .map(reference -> way(reference, target))
                .filter(way -> !way.isEmpty())
                .findFirst()
                .orElseGet(() -> List.of(target));
    }
}
