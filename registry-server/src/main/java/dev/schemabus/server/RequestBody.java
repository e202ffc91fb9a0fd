package dev.schemabus.server;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.CompatibilityLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request's body: a JSON object of which every field is understood, or it is refused. */
final class RequestBody {

    private static final String LEVEL = "compatibility";
    private static final String METADATA = "metadata";
    private static final String RULE_SET = "ruleSet";

    /** What is said about a schema elsewhere, and comes back with what was once answered. */
    private static final List<String> REPEATED = List.of("subject", "guid", "ts", "deleted");

    private static final List<String> OF_SCHEMA = List.of("schema", "schemaType", "references", METADATA, RULE_SET);
    private static final List<String> SETTINGS = List.of(
            Config.LEVEL,
            LEVEL,
            Config.ALIAS,
            "normalize",
            "validateFields",
            "compatibilityGroup",
            "defaultMetadata",
            "overrideMetadata",
            "defaultRuleSet",
            "overrideRuleSet");

    private final ObjectNode fields;

    private RequestBody(ObjectNode fields) {
        this.fields = fields;
    }

    static RequestBody parse(String body) {
        try {
            if (Json.MAPPER.readTree(body) instanceof ObjectNode fields) {
                return new RequestBody(fields);
            }
        } catch (JsonProcessingException e) {
            throw new SchemaRefusedException(
                    42201, "The request body is not JSON: " + e.getOriginalMessage() + position(e.getLocation()), e);
        }
        throw new SchemaRefusedException(42201, "The request body must be a JSON object");
    }

    private static String position(@Nullable JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** The schema, as it is sent. */
    StoredSchema schema() {
        StoredSchema sent = schemaOrNone();
        if (sent.text().isEmpty()) {
            throw noSchema();
        }
        return sent;
    }

    private static SchemaRefusedException noSchema() {
        return new SchemaRefusedException(
                42201, "The request has no schema: send {\"schema\": \"<the schema as a JSON string>\"}");
    }

    /** The schema, as it is sent; without a text if there is none in the request. */
    private StoredSchema schemaOrNone() {
        refuseOthers(OF_SCHEMA, REPEATED, List.of("id", "version"));
        JsonNode text = fields.path("schema");
        if (!text.isTextual() && !text.isMissingNode() && !text.isNull()) {
            throw noSchema();
        }
        JsonNode type = fields.path("schemaType");
        return new StoredSchema(
                type.isMissingNode() || type.isNull() ? "AVRO" : type.asText().toUpperCase(Locale.ROOT),
                text.asText("").isBlank() ? "" : text.textValue(),
                references(),
                object(METADATA),
                object(RULE_SET));
    }

    /** The schema, and the id and the version it is to have; only metadata or rules for those of the latest version. */
    Registering.Asked asked(boolean normalize) {
        StoredSchema sent = schemaOrNone();
        if (sent.text().isEmpty() && sent.metadata().isEmpty() && sent.ruleSet().isEmpty()) {
            throw noSchema();
        }
        return new Registering.Asked(sent, number("id", 0), number("version", 1), normalize);
    }

    /** A number; empty if it is absent or below the least one, which is how clients say so. */
    private OptionalInt number(String name, int least) {
        JsonNode number = fields.path(name);
        if (number.isMissingNode() || number.isNull()) {
            return OptionalInt.empty();
        }
        if (!number.isInt()) {
            throw new SchemaRefusedException(422, "'" + name + "' in the request is not a whole number: " + number);
        }
        return number.intValue() < least ? OptionalInt.empty() : OptionalInt.of(number.intValue());
    }

    private List<SchemaReference> references() {
        List<SchemaReference> references = new ArrayList<>();
        for (JsonNode reference : fields.path("references")) {
            JsonNode version = reference.path("version");
            if (!reference.path("name").isTextual()
                    || !reference.path("subject").isTextual()
                    || !version.isInt()
                    || (version.intValue() < 1 && version.intValue() != -1)) {
                throw new SchemaRefusedException(
                        42201,
                        "A reference needs a name, a subject, and a version (a number from 1, or -1 for the latest),"
                                + " not " + reference);
            }
            references.add(new SchemaReference(
                    reference.path("name").textValue(),
                    reference.path("subject").textValue(),
                    version.intValue()));
        }
        return references;
    }

    /** An object without what says nothing in it; empty if nothing is left. */
    private Optional<JsonNode> object(String name) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!(value instanceof ObjectNode object)) {
            throw new SchemaRefusedException(422, "'" + name + "' in the request must be a JSON object");
        }
        ObjectNode said = object.deepCopy();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (isEmpty(field.getValue())) {
                said.remove(field.getKey());
            }
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(said);
    }

    /** The settings to change, by the names they are kept under. */
    ObjectNode settings(QualifiedSubject scope) {
        refuseOthers(SETTINGS);
        ObjectNode changes = fields.deepCopy();
        changes.remove(LEVEL);
        for (String name : List.of("defaultMetadata", "overrideMetadata", "defaultRuleSet", "overrideRuleSet")) {
            if (fields.hasNonNull(name)) {
                object(name).ifPresentOrElse(value -> changes.set(name, value), () -> changes.putNull(name));
            }
        }
        if (fields.hasNonNull(Config.ALIAS)) {
            checkAlias(scope, fields.path(Config.ALIAS));
        }
        for (String name : List.of("normalize", "validateFields")) {
            if (fields.hasNonNull(name) && !fields.path(name).isBoolean()) {
                throw new SchemaRefusedException(422, "'" + name + "' in the request must be true or false");
            }
        }
        for (String name : List.of(LEVEL, Config.LEVEL)) {
            if (fields.hasNonNull(name) || fields.isEmpty()) {
                changes.put(
                        Config.LEVEL,
                        constant(name, 42203, CompatibilityLevel::parse).name());
            } else if (fields.has(name)) {
                changes.putNull(Config.LEVEL);
            }
        }
        return changes;
    }

    private static void checkAlias(QualifiedSubject scope, JsonNode alias) {
        if (scope.isContext()) {
            throw new SchemaRefusedException(422, "Only a subject can have an alias: leave it out");
        }
        if (!alias.isTextual()
                || QualifiedSubject.of(alias.textValue()).checkedSubject().equals(scope)) {
            throw new SchemaRefusedException(
                    422, "The alias of " + scope + " must be the name of another subject, not " + alias);
        }
    }

    RegistryMode mode() {
        refuseOthers(List.of("mode"));
        return constant("mode", 42204, RegistryMode::parse);
    }

    /** @param parse throws {@link IllegalArgumentException} with the choices */
    private <T> T constant(String name, int code, Function<String, T> parse) {
        try {
            return parse.apply(fields.path(name).asText());
        } catch (IllegalArgumentException e) {
            throw new SchemaRefusedException(
                    code, e.getMessage() + ", sent as {\"" + name + "\": \"<one of these>\"}", e);
        }
    }

    /** What would be dropped in silence is refused, unless it is empty and says nothing. */
    @SafeVarargs
    private void refuseOthers(List<String>... served) {
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            boolean known = false;
            for (List<String> names : served) {
                known |= names.contains(field.getKey());
            }
            if (!known && !isEmpty(field.getValue())) {
                throw new SchemaRefusedException(
                        422, "'" + field.getKey() + "' in the request is not supported by this version: leave it out");
            }
        }
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isContainerNode() && value.isEmpty());
    }
}
