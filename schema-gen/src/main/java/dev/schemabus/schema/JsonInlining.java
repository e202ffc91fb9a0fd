package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one JSON Schema of a document and those it refers to: they move to its definitions, and what led to them, or
 * from place to place inside them, becomes a pointer from the root.
 */
final class JsonInlining {

    private final Document root;
    private final String definitions;
    private final Map<String, Document> others = new LinkedHashMap<>();
    private final Set<Document> reached = new LinkedHashSet<>();
    private final Deque<Document> waiting = new ArrayDeque<>();

    private JsonInlining(JsonNode tree, List<SchemaReference> references) {
        root = new Document(tree, "", "");
        definitions = definitionsKeyword(tree);
        Set<String> keys = new HashSet<>();
        tree.path(definitions).fieldNames().forEachRemaining(keys::add);
        for (SchemaReference reference : references) {
            String key = reference.name();
            while (!keys.add(key)) {
                key += "_";
            }
            String place = "/" + definitions + "/" + JsonPart.escape(key);
            others.put(reference.name(), new Document(reference.schema().ownTree(), key, place));
        }
    }

    /** One document, the key it gets among the definitions, and the pointer to there. */
    private static final class Document {
        private final JsonNode tree;
        private final JsonDocument places;
        private final String key;
        private final String pointer;

        Document(JsonNode tree, String key, String pointer) {
            this.tree = tree;
            this.places = new JsonDocument(tree);
            this.key = key;
            this.pointer = pointer;
        }

        String id() {
            return places.id();
        }
    }

    /** A document without references to the given ones; itself if there are none. */
    static JsonNode inlined(JsonNode tree, List<SchemaReference> references) {
        return references.isEmpty() || !tree.isObject() ? tree : new JsonInlining(tree, references).run();
    }

    /** The references that a document's own {@code $ref}s lead to. */
    static List<SchemaReference> direct(JsonNode tree, List<SchemaReference> references) {
        if (!tree.isObject()) {
            return List.of();
        }
        JsonInlining inlining = new JsonInlining(tree, references);
        inlining.redirected(inlining.root);
        return references.stream()
                .filter(reference -> inlining.reached.contains(inlining.others.get(reference.name())))
                .toList();
    }

    private static String definitionsKeyword(JsonNode tree) {
        boolean recent = JsonDocument.isRecent(tree);
        return tree.has("$defs") || (recent && !tree.has("definitions")) ? "$defs" : "definitions";
    }

    private JsonNode run() {
        ObjectNode result = (ObjectNode) redirected(root);
        while (!waiting.isEmpty()) {
            Document document = waiting.remove();
            JsonNode copy = redirected(document);
            if (copy instanceof ObjectNode object) {
                object.remove(List.of("$schema", "$id", "id"));
            }
            result.withObjectProperty(definitions).set(document.key, copy);
        }
        return result;
    }

    private JsonNode redirected(Document document) {
        return JsonKeywords.rewrite(document.tree, JsonKeywords.Unknown.SCHEMAS, schema -> {
            for (String keyword : JsonPart.REFERENCES) {
                JsonNode reference = schema.path(keyword);
                if (reference.isTextual()) {
                    redirected(document, reference.textValue()).ifPresent(to -> redirect(schema, keyword, to));
                }
            }
            if (document != root) {
                // They would be places of the root's from now on, and nothing leads to them any more.
                schema.remove(List.of("$anchor", "$dynamicAnchor", "$recursiveAnchor"));
                schema.properties().removeIf(JsonInlining::isAnchor);
            }
            return schema;
        });
    }

    private static boolean isAnchor(Map.Entry<String, JsonNode> member) {
        return (member.getKey().equals("$id") || member.getKey().equals("id"))
                && member.getValue().asText().startsWith("#");
    }

    private static void redirect(ObjectNode schema, String keyword, String to) {
        if (!schema.has("$ref")) {
            // The others are dynamic, which ends with the document they were dynamic in.
            schema.remove(keyword);
            schema.put("$ref", to);
        } else {
            schema.put(keyword, to);
        }
    }

    /** Where a reference leads in the result; empty if it stays as it is. */
    private Optional<String> redirected(Document from, String reference) {
        int hash = reference.indexOf('#');
        String address = hash < 0 ? reference : reference.substring(0, hash);
        Document target = address.isEmpty() || address.equals(from.id()) ? from : find(from, address);
        if (target == null || target == root) {
            return Optional.empty();
        }
        if (reached.add(target)) {
            waiting.add(target);
        }
        String within = hash < 0 ? "#" : reference.substring(hash);
        String pointer = target.pointer + target.places.resolve(within, "").path();
        try {
            return Optional.of("#" + new URI(null, null, pointer).getRawFragment());
        } catch (URISyntaxException e) {
            throw new AssertionError("any text can be quoted as a fragment", e);
        }
    }

    private @Nullable Document find(Document from, String address) {
        Document named = others.get(address);
        if (named != null) {
            return named;
        }
        for (Map.Entry<String, Document> other : others.entrySet()) {
            if (address.equals(other.getValue().id())
                    || absolute(from, address).equals(absolute(from, other.getKey()))) {
                return other.getValue();
            }
        }
        return null;
    }

    /** An address as seen from a document with an {@code $id} (RFC 3986, "Reference Resolution"). */
    private static String absolute(Document from, String address) {
        try {
            return new URI(from.id()).resolve(new URI(address)).toString();
        } catch (URISyntaxException e) {
            return address;
        }
    }
}
