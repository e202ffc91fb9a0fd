package dev.schemabus.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A JSON Schema document: its root, and the places its references lead to. */
final class JsonDocument {

    private static final List<String> OTHERS =
            Stream.concat(JsonPart.REFERENCES.stream(), Stream.of("allOf")).toList();

    private final JsonPart root;
    private final boolean siblingsCount;
    private final IdentityHashMap<JsonNode, JsonPart> own = new IdentityHashMap<>();
    private final Map<String, JsonPart> resolved = new HashMap<>();
    private @Nullable Map<String, String> anchors;

    JsonDocument(JsonNode tree) {
        this.root = new JsonPart(this, tree, "");
        this.siblingsCount = isRecent(tree);
    }

    /**
     * The root of a schema that is to be compared with another.
     *
     * @throws SchemaException if it is of a draft that the rules don't read
     */
    static JsonPart compared(EventSchema schema) {
        JsonNode tree = schema.jsonTree();
        if (tree.path("$schema").asText().contains("draft-03")) {
            throw new SchemaException("The rules read JSON Schema from draft 4 on, but this schema is of draft 3:"
                    + " generate it in a later dialect to compare it");
        }
        return new JsonDocument(tree).root();
    }

    /** Whether a schema is of draft 2019-09 or a later one. */
    static boolean isRecent(JsonNode tree) {
        String draft = tree.path("$schema").asText();
        return draft.contains("2019-09") || draft.contains("2020-12");
    }

    JsonPart root() {
        return root;
    }

    /** Its own address, as {@code $id} or, in draft 4, {@code id} says it; empty if it has none. */
    String id() {
        JsonNode tree = root.node();
        return tree.path("$id").asText(tree.path("id").asText()).replaceFirst("#$", "");
    }

    /** Whether keywords next to a {@code $ref} count: since draft 2019-09; before, they are ignored. */
    boolean siblingsCount() {
        return siblingsCount;
    }

    /** A schema without what it refers to or combines with {@code allOf}; always the same one for the same schema. */
    JsonPart own(JsonPart part) {
        if (!part.has("allOf") && JsonPart.REFERENCES.stream().noneMatch(part::has)) {
            return part;
        }
        return own.computeIfAbsent(part.node(), node -> part.without(OTHERS));
    }

    /**
     * The part that a reference inside this document names: {@code #}, {@code #/a/pointer}, {@code #anchor}, each also
     * after the document's own {@code $id}.
     *
     * @param from where the reference stands, for the message
     * @throws SchemaException if it leads out of the document or nowhere
     */
    JsonPart resolve(String reference, String from) {
        JsonPart known = resolved.get(reference);
        if (known == null) {
            known = find(reference, from);
            resolved.put(reference, known);
        }
        return known;
    }

    private JsonPart find(String reference, String from) {
        int hash = reference.indexOf('#');
        String document = hash < 0 ? reference : reference.substring(0, hash);
        if (!document.isEmpty() && !document.equals(id())) {
            throw new SchemaException("The $ref '" + reference + "' at #" + from
                    + " leads to another document, which a check without a network can't follow:"
                    + " copy that schema into $defs and refer to '#/$defs/…'");
        }
        // A plus sign is itself in a URI's fragment, but would be a space to the decoder.
        String fragment = hash < 0
                ? ""
                : URLDecoder.decode(reference.substring(hash + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        String pointer = fragment.isEmpty() || fragment.startsWith("/")
                ? fragment
                : anchors().get(fragment);
        JsonNode target = pointer == null ? null : root.node().at(JsonPointer.compile(pointer));
        if (pointer == null || target == null || !(target.isObject() || target.isBoolean())) {
            throw new SchemaException("The $ref '" + reference + "' at #" + from
                    + " leads to no schema: correct it, or add the schema it names");
        }
        return new JsonPart(this, target, pointer);
    }

    /** Pointers by anchor. */
    private Map<String, String> anchors() {
        if (anchors == null) {
            Map<String, String> found = new HashMap<>();
            Deque<JsonPart> open = new ArrayDeque<>();
            open.add(root);
            while (!open.isEmpty()) {
                JsonPart part = open.remove();
                for (String keyword : new String[] {"$anchor", "$dynamicAnchor", "$id", "id"}) {
                    String name = part.node().path(keyword).asText();
                    if (keyword.endsWith("nchor") && !name.isEmpty()) {
                        found.putIfAbsent(name, part.path());
                    } else if (name.startsWith("#") && name.length() > 1) {
                        found.putIfAbsent(name.substring(1), part.path());
                    }
                }
                part.children().forEach(open::add);
            }
            anchors = found;
        }
        return anchors;
    }
}
