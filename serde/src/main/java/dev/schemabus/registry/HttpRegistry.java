package dev.schemabus.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The registry's verbs as HTTP calls of the Confluent-compatible API. */
final class HttpRegistry implements RegistryConnection {

    /** The protocol's code for a schema that isn't there. */
    private static final int NO_SCHEMA = 40403;

    private final HttpCalls http;

    /** A query parameter, or nothing. */
    private final String normalize;

    /** @param normalize whether the registry is to compare schemas in their normal form */
    HttpRegistry(HttpCalls http, boolean normalize) {
        this.http = http;
        this.normalize = normalize ? "normalize=true" : "";
    }

    @Override
    public Registration register(Subject subject, EventSchema schema) {
        String purpose = "register a schema for " + quoted(subject);
        JsonNode answer = call(purpose, "POST", path(subject) + "/versions" + normalized("?"), request(schema));
        // Older registries answer with the id alone.
        return new Registration(id(answer), guid(answer));
    }

    @Override
    public RegisteredSchema lookup(Subject subject, EventSchema schema) {
        String purpose = "find a schema in " + quoted(subject);
        JsonNode answer = call(purpose, "POST", path(subject) + normalized("?"), request(schema));
        return new RegisteredSchema(
                subject, number(answer, "version"), id(answer), guid(answer), schema, hasRules(answer));
    }

    @Override
    public RegisteredSchema latest(Subject subject) {
        return version(subject, "latest");
    }

    @Override
    public RegisteredSchema version(Subject subject, int version) {
        return version(subject, Integer.toString(version));
    }

    private RegisteredSchema version(Subject subject, String version) {
        String purpose = "get version " + version + " of " + quoted(subject);
        JsonNode answer = call(purpose, "GET", path(subject) + "/versions/" + version, null);
        return registered(purpose, subject, answer);
    }

    private RegisteredSchema registered(String purpose, Subject subject, JsonNode answer) {
        return new RegisteredSchema(
                subject,
                number(answer, "version"),
                id(answer),
                guid(answer),
                schema(purpose, answer),
                hasRules(answer));
    }

    @Override
    public RegisteredSchema latestWith(Subject subject, Map<String, String> metadata) {
        StringBuilder query = new StringBuilder();
        new TreeMap<>(metadata)
                .forEach((key, value) -> query.append(query.isEmpty() ? '?' : '&')
                        .append("key=")
                        .append(encode(key))
                        .append("&value=")
                        .append(encode(value)));
        String purpose = "get the latest version of " + quoted(subject) + " with metadata " + new TreeMap<>(metadata);
        JsonNode answer = call(purpose, "GET", path(subject) + "/metadata" + query, null);
        return registered(purpose, subject, answer);
    }

    @Override
    public EventSchema byId(SchemaId id) {
        String purpose = "get the schema with id " + id;
        return schema(purpose, call(purpose, "GET", "/schemas/ids/" + id, null));
    }

    @Override
    public EventSchema byGuid(SchemaGuid guid) {
        String purpose = "get the schema with GUID " + guid;
        try {
            return schema(purpose, call(purpose, "GET", "/schemas/guids/" + guid, null));
        } catch (NotARegistryException e) {
            if (e.code() != 404) {
                throw e;
            }
            throw new SchemaNotFoundException(
                    NO_SCHEMA,
                    "Can't " + purpose + " at " + http.where() + ", which has no path for GUIDs (HTTP 404): registries"
                            + " from before the 8.x line don't know them. Read such records with one that does, or let"
                            + " their producer write the schema id in front of the payload (PrefixSchemaIdSerializer)",
                    e);
        }
    }

    @Override
    public List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (JsonNode name : array(call("list the subjects", "GET", "/subjects", null))) {
            subjects.add(new Subject(name.asText()));
        }
        return subjects.stream().sorted().toList();
    }

    @Override
    public List<Integer> versions(Subject subject) {
        List<Integer> versions = new ArrayList<>();
        String purpose = "list the versions of " + quoted(subject);
        for (JsonNode version : array(call(purpose, "GET", path(subject) + "/versions", null))) {
            versions.add(version.asInt());
        }
        return versions.stream().sorted().toList();
    }

    @Override
    public List<String> incompatibilities(Subject subject, EventSchema schema) {
        String purpose = "check a schema's compatibility with " + quoted(subject);
        String path = "/compatibility" + path(subject) + "/versions?verbose=true" + normalized("&");
        JsonNode answer = call(purpose, "POST", path, request(schema));
        if (present(answer, "is_compatible").asBoolean()) {
            return List.of();
        }
        List<String> reasons = new ArrayList<>();
        answer.path("messages").forEach(message -> reasons.add(message.asText()));
        return reasons.isEmpty() ? List.of("incompatible; the registry gives no reason") : reasons;
    }

    @Override
    public CompatibilityLevel compatibility() {
        JsonNode answer = call("get the global compatibility level", "GET", "/config", null);
        return constant(answer, "compatibilityLevel", CompatibilityLevel::parse);
    }

    @Override
    public void setCompatibility(CompatibilityLevel level) {
        call("set the global compatibility level", "PUT", "/config", object("compatibility", level.name()));
    }

    @Override
    public Optional<CompatibilityLevel> compatibility(Subject subject) {
        return setting("get the compatibility level of " + quoted(subject), "/config/" + encode(subject))
                .map(answer -> constant(answer, "compatibilityLevel", CompatibilityLevel::parse));
    }

    @Override
    public void setCompatibility(Subject subject, CompatibilityLevel level) {
        String body = object("compatibility", level.name());
        call("set the compatibility level of " + quoted(subject), "PUT", "/config/" + encode(subject), body);
    }

    @Override
    public RegistryMode mode() {
        return constant(call("get the global mode", "GET", "/mode", null), "mode", RegistryMode::parse);
    }

    @Override
    public void setMode(RegistryMode mode) {
        call("set the global mode", "PUT", "/mode", object("mode", mode.name()));
    }

    @Override
    public Optional<RegistryMode> mode(Subject subject) {
        return setting("get the mode of " + quoted(subject), "/mode/" + encode(subject))
                .map(answer -> constant(answer, "mode", RegistryMode::parse));
    }

    @Override
    public void setMode(Subject subject, RegistryMode mode) {
        String body = object("mode", mode.name());
        call("set the mode of " + quoted(subject), "PUT", "/mode/" + encode(subject), body);
    }

    /** A setting of a subject's own. Registries differ in the 404 code for "has none". */
    private Optional<JsonNode> setting(String purpose, String path) {
        try {
            return Optional.of(call(purpose, "GET", path, null));
        } catch (SchemaNotFoundException e) {
            return Optional.empty();
        }
    }

    private JsonNode call(String purpose, String verb, String path, @Nullable String body) {
        return http.call(purpose, verb, path, body);
    }

    private String normalized(String separator) {
        return normalize.isEmpty() ? "" : separator + normalize;
    }

    private static String quoted(Subject subject) {
        return "subject '" + subject + "'";
    }

    private static String path(Subject subject) {
        return "/subjects/" + encode(subject);
    }

    /** The subject as one path segment. */
    private static String encode(Subject subject) {
        String encoded = encode(subject.name());
        // As a whole segment, '.' and '..' would be taken for steps through the path.
        return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String request(EventSchema schema) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        // Absent means Avro, and to registries from before there was a choice it must be absent.
        if (schema.format() != SchemaFormat.AVRO) {
            request.put("schemaType", schema.format().name());
        }
        return request.put("schema", schema.text()).toString();
    }

    private static String object(String name, String value) {
        return JsonNodeFactory.instance.objectNode().put(name, value).toString();
    }

    private EventSchema schema(String purpose, JsonNode answer) {
        String type = answer.path("schemaType").asText(SchemaFormat.AVRO.name());
        String text = present(answer, "schema").asText();
        try {
            return EventSchema.registered(SchemaFormat.parse(type), text);
        } catch (IllegalArgumentException | SchemaException e) {
            String references = answer.path("references").isEmpty()
                    ? ""
                    : " It refers to other schemas, which this version doesn't resolve.";
            throw new SchemaException(
                    "Can't " + purpose + " at " + http.where() + ", whose answer can't be used: " + e.getMessage()
                            + references,
                    e);
        }
    }

    /** Rules come in lists by purpose, such as domainRules and migrationRules; each may be switched off. */
    private static boolean hasRules(JsonNode answer) {
        for (JsonNode list : answer.path("ruleSet")) {
            for (JsonNode rule : list) {
                if (!rule.path("disabled").asBoolean()) {
                    return true;
                }
            }
        }
        return false;
    }

    private SchemaId id(JsonNode answer) {
        return new SchemaId(number(answer, "id"));
    }

    private Optional<SchemaGuid> guid(JsonNode answer) {
        if (!answer.hasNonNull("guid")) {
            return Optional.empty();
        }
        return Optional.of(constant(answer, "guid", SchemaGuid::parse));
    }

    private int number(JsonNode answer, String field) {
        JsonNode number = present(answer, field);
        if (!number.canConvertToInt() || number.asInt() < 0) {
            throw unexpected("'" + field + "' is " + number);
        }
        return number.asInt();
    }

    private <T> T constant(JsonNode answer, String field, Function<String, T> parse) {
        try {
            return parse.apply(present(answer, field).asText());
        } catch (IllegalArgumentException e) {
            throw unexpected(String.valueOf(e.getMessage()));
        }
    }

    private JsonNode present(JsonNode answer, String field) {
        JsonNode value = answer.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw unexpected("it has no '" + field + "'");
        }
        return value;
    }

    private JsonNode array(JsonNode answer) {
        if (!answer.isArray()) {
            throw unexpected("it is no list");
        }
        return answer;
    }

    private NotARegistryException unexpected(String what) {
        return new NotARegistryException(
                200,
                http.where() + " answers JSON that is not a schema registry's: " + what
                        + ". Check schema.registry.url");
    }

    @Override
    public void close() {
        // The JDK's client frees its threads and connections when it is collected.
    }
}
