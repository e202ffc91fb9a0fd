package dev.schemabus.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A piece of a JSON Schema document, with the JSON pointer that leads to it. */
record JsonPart(JsonDocument document, JsonNode node, String path) {

    /** Draft 2020-12's dynamic references are taken as plain ones: nothing outside the document can redirect them. */
    static final List<String> REFERENCES = List.of("$ref", "$dynamicRef", "$recursiveRef");

    private static final Pattern JAVA_NAME = Pattern.compile("(?:\\w+[.$])*(\\p{Lu}\\w*)");
    private static final Pattern DEFINITION = Pattern.compile("/(?:definitions|\\$defs)/([^/]+)");

    /** The value of a keyword; null when it is absent. */
    @Nullable
    JsonPart keyword(String name) {
        JsonNode value = node.get(name);
        return value == null ? null : new JsonPart(document, value, path + '/' + escape(name));
    }

    boolean has(String name) {
        return node.has(name);
    }

    /** The schemas in a keyword's array, in order; empty when the keyword is absent or holds none. */
    List<JsonPart> list(String name) {
        JsonPart value = keyword(name);
        if (value == null || !value.node.isArray()) {
            return List.of();
        }
        return value.children();
    }

    /** The members of a keyword's object, in order; empty when the keyword is absent or holds none. */
    Map<String, JsonPart> map(String name) {
        JsonPart value = keyword(name);
        Map<String, JsonPart> members = new LinkedHashMap<>();
        if (value != null && value.node.isObject()) {
            value.node.fieldNames().forEachRemaining(key -> {
                JsonPart member = value.keyword(key);
                if (member != null) {
                    members.put(key, member);
                }
            });
        }
        return members;
    }

    /** Whatever is directly inside, schema or not. */
    List<JsonPart> children() {
        List<JsonPart> children = new ArrayList<>();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                children.add(new JsonPart(document, node.get(i), path + '/' + i));
            }
        } else {
            for (var member : node.properties()) {
                children.add(new JsonPart(document, member.getValue(), path + '/' + escape(member.getKey())));
            }
        }
        return children;
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** The schema that accepts everything, as the content of a keyword that isn't there. */
    JsonPart anything(String keyword) {
        return new JsonPart(document, BooleanNode.TRUE, path + '/' + keyword);
    }

    /** Whether no value at all is valid: {@code false} or {@code {"not": {}}}. */
    boolean isFalse() {
        if (node.isBoolean()) {
            return !node.booleanValue();
        }
        JsonNode not = node.get("not");
        return not != null && (not.isBoolean() ? not.booleanValue() : not.isObject() && not.isEmpty());
    }

    /**
     * What must hold all together: the schema's own keywords, what it refers to, and the members of {@code allOf}, all
     * the way down. Taken apart again, each of them gives only itself. Empty when everything is valid.
     */
    List<JsonPart> conjuncts() {
        List<JsonPart> found = new ArrayList<>();
        collect(found, Collections.newSetFromMap(new IdentityHashMap<>()));
        return found;
    }

    private void collect(List<JsonPart> found, Set<JsonNode> seen) {
        if (node.isBoolean()) {
            if (isFalse()) {
                found.add(this);
            }
            return;
        }
        if (!seen.add(node)) {
            return;
        }
        boolean refers = false;
        for (String keyword : REFERENCES) {
            JsonNode reference = node.get(keyword);
            if (reference != null && reference.isTextual()) {
                document.resolve(reference.textValue(), path).collect(found, seen);
                refers = true;
            }
        }
        if (refers && !document.siblingsCount()) {
            return;
        }
        JsonPart own = document.own(this);
        if (!own.node.isEmpty()) {
            found.add(own);
        }
        list("allOf").forEach(member -> member.collect(found, seen));
    }

    /** The same schema without some of its keywords. */
    JsonPart without(Collection<String> keywords) {
        ObjectNode copy = ((ObjectNode) node).objectNode();
        copy.setAll((ObjectNode) node);
        copy.remove(keywords);
        return new JsonPart(document, copy, path);
    }

    /** The same schema for one of its types only. */
    JsonPart withType(String type) {
        ObjectNode copy = ((ObjectNode) node).objectNode();
        copy.setAll((ObjectNode) node);
        copy.put("type", type);
        return new JsonPart(document, copy, path);
    }

    /** The simple name of the Java record it describes: from its title, or else from its place among definitions. */
    Optional<String> recordName() {
        var title = JAVA_NAME.matcher(node.path("title").asText());
        if (title.matches() && JsonTypes.isObject(this)) {
            return Optional.of(title.group(1));
        }
        var definition = DEFINITION.matcher(path);
        if (!definition.matches()) {
            return Optional.empty();
        }
        var name = JAVA_NAME.matcher(definition.group(1));
        return Optional.of(name.matches() ? name.group(1) : definition.group(1));
    }
}
