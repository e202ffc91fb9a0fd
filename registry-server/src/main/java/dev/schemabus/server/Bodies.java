package dev.schemabus.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemabus.server.SubjectStore.Held;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shapes of answers. What says nothing is left out of them. */
final class Bodies {

    private static final String VERSION = version();

    private final SubjectStore store;

    Bodies(SubjectStore store) {
        this.store = store;
    }

    private static String version() {
        String version = Bodies.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The answer to who registers. */
    Map<String, Object> registered(SubjectVersion version) {
        Map<String, Object> body = Json.object("id", version.id(), "version", version.version(), "guid", guid(version));
        addSchema(body, version.schema(), version.schema().text());
        return body;
    }

    /** A version of a subject. */
    Map<String, Object> version(SubjectVersion version, Call call) {
        Map<String, Object> body = Json.object(
                "subject", version.subject(),
                "version", version.version(),
                "id", version.id(),
                "guid", guid(version));
        addSchema(body, version.schema(), text(version, call));
        if (version.deleted()) {
            body.put("deleted", true);
        }
        return body;
    }

    private String guid(SubjectVersion version) {
        return store.guid(version).toString();
    }

    /** A schema without any subject. */
    Map<String, Object> schema(Held held, Call call) {
        Map<String, Object> body = Json.object("guid", held.guid().toString());
        addSchema(body, held.schema(), text(held, call));
        return body;
    }

    private static void addSchema(Map<String, Object> body, StoredSchema schema, String text) {
        body.put("schemaType", schema.type());
        if (!schema.references().isEmpty()) {
            body.put("references", references(schema));
        }
        schema.metadata().ifPresent(metadata -> body.put("metadata", metadata));
        schema.ruleSet().ifPresent(ruleSet -> body.put("ruleSet", ruleSet));
        body.put("schema", text);
    }

    private static List<Map<String, Object>> references(StoredSchema schema) {
        return schema.references().stream()
                .map(reference -> Json.object(
                        "name", reference.name(),
                        "subject", reference.subject(),
                        "version", reference.version()))
                .toList();
    }

    /** A schema by itself, in the format asked for: the answer's whole body, not a JSON string in it. */
    String text(SubjectVersion version, Call call) {
        return text(QualifiedSubject.of(version.subject()).context(), version.schema(), call);
    }

    /** As above. */
    String text(Held held, Call call) {
        return text(held.context(), held.schema(), call);
    }

    private String text(String context, StoredSchema schema, Call call) {
        String format = call.text("format", "");
        // As it is kept it can be given out without being understood.
        return format.isEmpty() ? schema.text() : store.parsed(context, schema).formatted(format);
    }

    /** What is set, the level first. */
    static Map<String, Object> config(Config config) {
        return levelFirst(Config.LEVEL, config.fields());
    }

    /** The answer to who changes settings: what was changed, under the names of requests. */
    static Map<String, Object> changed(ObjectNode changes) {
        return levelFirst("compatibility", changes);
    }

    private static Map<String, Object> levelFirst(String name, JsonNode fields) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (fields.hasNonNull(Config.LEVEL)) {
            body.put(name, fields.get(Config.LEVEL));
        }
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (!field.getKey().equals(Config.LEVEL)) {
                body.put(field.getKey(), field.getValue());
            }
        }
        return body;
    }

    /** Who this is. */
    static Object serverId() {
        return Json.object(
                "id",
                "",
                "scope",
                Json.object("path", List.of(), "clusters", Map.of("schema-registry-cluster", "schemabus")));
    }

    static Object serverVersion() {
        return Json.object("version", VERSION, "commitId", "");
    }
}
