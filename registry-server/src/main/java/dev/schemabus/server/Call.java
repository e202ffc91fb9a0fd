package dev.schemabus.server;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request, taken apart: what the path captured, the query, the body. Reading a part that makes no sense throws the
 * answer's {@link dev.schemabus.registry.RegistryException}.
 */
final class Call {

    private static final String LATEST = "latest";

    private final List<String> captured;
    private final Map<String, String> query;
    private final String body;

    /** @param captured the decoded path segments that stand where the route's pattern has a gap, in order */
    Call(List<String> captured, Map<String, String> query, String body) {
        this.captured = captured;
        this.query = query;
        this.body = body;
    }

    /** The subject, which every route that has one captures first. */
    Subject subject() {
        try {
            return new Subject(captured.get(0));
        } catch (IllegalArgumentException e) {
            throw new SchemaRefusedException(42208, String.valueOf(e.getMessage()), e);
        }
    }

    /** The version, captured second: a number from 1, or empty for {@code latest} and {@code -1}. */
    OptionalInt version() {
        String text = captured.get(1);
        if (text.equals(LATEST) || text.equals("-1")) {
            return OptionalInt.empty();
        }
        try {
            int version = Integer.parseInt(text);
            if (version >= 1) {
                return OptionalInt.of(version);
            }
        } catch (NumberFormatException e) {
            // The refusal below says it.
        }
        throw new SchemaRefusedException(
                42202, "'" + text + "' is not a version: use a number from 1 to 2147483647, or " + LATEST);
    }

    /** The schema id, captured first. */
    SchemaId id() {
        try {
            return new SchemaId(Integer.parseInt(captured.get(0)));
        } catch (IllegalArgumentException e) {
            throw new SchemaNotFoundException(
                    40403, "Schema '" + captured.get(0) + "' not found: an id is a number from 0 to 2147483647", e);
        }
    }

    /** The schema GUID, captured first. */
    SchemaGuid guid() {
        try {
            return SchemaGuid.parse(captured.get(0));
        } catch (IllegalArgumentException e) {
            throw new SchemaNotFoundException(40403, "Schema not found: " + e.getMessage(), e);
        }
    }

    /** A query parameter that is true or, by default, false. */
    boolean flag(String name) {
        return Boolean.parseBoolean(query.get(name));
    }

    String text(String name, String otherwise) {
        return query.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        String text = query.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new SchemaRefusedException(422, "Query parameter " + name + "=" + text + " is not a whole number", e);
        }
    }

    /** The schema in the body, in any of the formats served; with {@code normalize=true}, in its normal form. */
    EventSchema schema() {
        EventSchema schema = schemaAsSent();
        return flag("normalize") ? NormalForm.of(schema) : schema;
    }

    private EventSchema schemaAsSent() {
        JsonNode request = json();
        refuseOthers(request, List.of("schema", "schemaType", "subject"));
        JsonNode text = request.path("schema");
        if (!text.isTextual() || text.textValue().isBlank()) {
            throw new SchemaRefusedException(
                    42201, "The request has no schema: send {\"schema\": \"<the schema as a JSON string>\"}");
        }
        try {
            return EventSchema.of(format(request.path("schemaType")), text.textValue());
        } catch (SchemaException e) {
            throw new SchemaRefusedException(42201, "Invalid schema: " + e.getMessage(), e);
        }
    }

    private static SchemaFormat format(JsonNode type) {
        if (type.isMissingNode() || type.isNull()) {
            return SchemaFormat.AVRO;
        }
        if (type.asText().equalsIgnoreCase("PROTOBUF")) {
            throw unsupported("schemaType PROTOBUF");
        }
        try {
            return SchemaFormat.parse(type.asText());
        } catch (IllegalArgumentException e) {
            throw new SchemaRefusedException(42201, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The one setting in the body.
     *
     * @param code the protocol's code for a value that is none of the choices
     * @param parse throws {@link IllegalArgumentException} with the choices
     */
    <T> T setting(String name, int code, Function<String, T> parse) {
        JsonNode request = json();
        refuseOthers(request, List.of(name));
        try {
            return parse.apply(request.path(name).asText());
        } catch (IllegalArgumentException e) {
            throw new SchemaRefusedException(
                    code, e.getMessage() + ", sent as {\"" + name + "\": \"<one of these>\"}", e);
        }
    }

    private JsonNode json() {
        JsonNode request;
        try {
            request = Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new SchemaRefusedException(
                    42201, "The request body is not JSON: " + e.getOriginalMessage() + position(e.getLocation()), e);
        }
        if (!request.isObject()) {
            throw new SchemaRefusedException(42201, "The request body must be a JSON object");
        }
        return request;
    }

    private static String position(@Nullable JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** What would be dropped in silence is refused, unless it is empty and says nothing. */
    private static void refuseOthers(JsonNode request, List<String> served) {
        for (Map.Entry<String, JsonNode> field : request.properties()) {
            JsonNode value = field.getValue();
            boolean empty = value.isNull()
                    || (value.isBoolean() && !value.booleanValue())
                    || (value.isContainerNode() && value.isEmpty());
            if (!served.contains(field.getKey()) && !empty) {
                throw unsupported("'" + field.getKey() + "' in the request");
            }
        }
    }

    private static SchemaRefusedException unsupported(String what) {
        return new SchemaRefusedException(422, what + " is not supported by this version: leave it out");
    }
}
