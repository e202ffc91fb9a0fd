package dev.schemabus.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the cache's file holds, as text: compact JSON, keys and values alike. */
final class DiskEntries {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DiskEntries() {}

    /** The question for a schema by its id or GUID. */
    static String key(SchemaIdentifier identifier) {
        return NODES.arrayNode()
                .add(identifier instanceof SchemaGuid ? "guid" : "id")
                .add(identifier.toString())
                .toString();
    }

    /** A question for what a subject calls a schema. */
    static String key(String question, Subject subject, EventSchema schema) {
        return NODES.arrayNode()
                .add(question)
                .add(subject.name())
                .add(hash(write(schema)))
                .toString();
    }

    /** The question for a subject's latest version. */
    static String key(Subject subject, Map<String, String> metadata) {
        ObjectNode wanted = NODES.objectNode();
        new TreeMap<>(metadata).forEach(wanted::put);
        return NODES.arrayNode().add("latest").add(subject.name()).add(wanted).toString();
    }

    /** A name for a text of any length. */
    static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    static String write(EventSchema schema) {
        return json(schema).toString();
    }

    /** References are written flat, each with the names of those it needs: nested, a diamond would double at each level. */
    private static ObjectNode json(EventSchema schema) {
        ObjectNode json =
                NODES.objectNode().put("format", schema.format().name()).put("text", schema.text());
        if (!schema.references().isEmpty()) {
            ArrayNode references = json.putArray("references");
            for (SchemaReference reference : schema.references()) {
                ArrayNode needs = references
                        .addObject()
                        .put("name", reference.name())
                        .put("text", reference.schema().text())
                        .putArray("needs");
                reference.schema().references().forEach(needed -> needs.add(needed.name()));
            }
        }
        return json;
    }

    /** @throws IllegalArgumentException or SchemaException if the text says something else */
    static EventSchema schema(String text) {
        return schema(tree(text));
    }

    private static EventSchema schema(JsonNode json) {
        SchemaFormat format = SchemaFormat.parse(json.path("format").asText());
        Map<String, SchemaReference> known = new LinkedHashMap<>();
        for (JsonNode reference : json.path("references")) {
            List<SchemaReference> needs = new ArrayList<>();
            for (JsonNode needed : reference.path("needs")) {
                SchemaReference before = known.get(needed.asText());
                if (before == null) {
                    throw new IllegalArgumentException("a reference to " + needed + ", which isn't there");
                }
                needs.add(before);
            }
            String name = reference.path("name").asText();
            known.put(
                    name,
                    new SchemaReference(
                            name,
                            EventSchema.registered(
                                    format, reference.path("text").asText(), needs)));
        }
        return EventSchema.registered(format, json.path("text").asText(), List.copyOf(known.values()));
    }

    static String write(Registration registration) {
        ObjectNode json = NODES.objectNode().put("id", registration.id().value());
        registration.guid().ifPresent(guid -> json.put("guid", guid.toString()));
        return json.toString();
    }

    /** @throws IllegalArgumentException if the text says something else */
    static Registration registration(String text) {
        JsonNode json = tree(text);
        return new Registration(id(json), guid(json));
    }

    static String write(RegisteredSchema registered) {
        ObjectNode json = NODES.objectNode()
                .put("id", registered.id().value())
                .put("subject", registered.subject().name())
                .put("version", registered.version())
                .put("hasRules", registered.hasRules());
        registered.guid().ifPresent(guid -> json.put("guid", guid.toString()));
        json.set("schema", json(registered.schema()));
        return json.toString();
    }

    /** @throws IllegalArgumentException or SchemaException if the text says something else */
    static RegisteredSchema registered(String text) {
        JsonNode json = tree(text);
        return new RegisteredSchema(
                new Subject(json.path("subject").asText()),
                json.path("version").asInt(),
                id(json),
                guid(json),
                schema(json.path("schema")),
                json.path("hasRules").asBoolean());
    }

    private static SchemaId id(JsonNode json) {
        return new SchemaId(json.path("id").asInt(-1));
    }

    private static Optional<SchemaGuid> guid(JsonNode json) {
        return json.has("guid") ? Optional.of(SchemaGuid.parse(json.path("guid").asText())) : Optional.empty();
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
