package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Takes shared records out of the definitions of a generated JSON Schema, and lets {@code $ref}s name them instead. */
final class JsonSharing {

    private final Set<String> names;
    private final ObjectNode defined;
    private final String pointer;
    private final Set<String> used = new HashSet<>();
    private final Set<String> reached = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();

    private JsonSharing(Set<String> names, String definitions, ObjectNode defined) {
        this.names = names;
        this.defined = defined;
        this.pointer = "#/" + definitions + "/";
    }

    /**
     * Changes a schema that stands for itself.
     *
     * @param names the full names of shared records, which are also the names of their definitions
     * @return those of the names that it refers to now
     */
    static Set<String> takeOut(Set<String> names, ObjectNode root) {
        String definitions = root.has("$defs") ? "$defs" : "definitions";
        if (!root.path(definitions).isObject()) {
            return Set.of();
        }
        ObjectNode defined = root.withObjectProperty(definitions);
        JsonSharing sharing = new JsonSharing(names, definitions, defined);
        ObjectNode rest = root.objectNode();
        root.properties().stream()
                .filter(member -> !member.getKey().equals(definitions))
                .forEach(member -> rest.set(member.getKey(), member.getValue()));
        root.setAll((ObjectNode) sharing.rewritten(rest));
        sharing.keepWhatIsReached();
        if (defined.isEmpty()) {
            root.remove(definitions);
        }
        return sharing.used;
    }

    private void keepWhatIsReached() {
        while (!open.isEmpty()) {
            String name = open.remove();
            defined.set(name, rewritten(defined.path(name)));
        }
        defined.retain(reached);
    }

    private JsonNode rewritten(JsonNode schema) {
        return JsonKeywords.rewrite(schema, JsonKeywords.Unknown.DATA, part -> {
            String reference = part.path("$ref").asText();
            String name = reference.startsWith(pointer) ? reference.substring(pointer.length()) : "";
            if (names.contains(name)) {
                used.add(name);
                part.put("$ref", name);
            } else if (defined.has(name) && reached.add(name)) {
                open.add(name);
            }
            return part;
        });
    }
}
