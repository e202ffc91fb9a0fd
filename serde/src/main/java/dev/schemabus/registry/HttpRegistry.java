package dev.schemabus.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A registry asked by its REST API, mostly over HTTP: what serializers need. */
final class HttpRegistry extends RestSchemas implements RegistryConnection {

    private final RestCalls rest;

    /** @param normalize whether the registry is to compare schemas in their normal form */
    HttpRegistry(RestCalls rest, boolean normalize) {
        super(rest, normalize);
        this.rest = rest;
    }

    @Override
    public Registration register(Subject subject, EventSchema schema) {
        return rest.inOneDeadline(() -> registered(subject, schema));
    }

    private Registration registered(Subject subject, EventSchema schema) {
        String purpose = "register a schema for " + quoted(subject);
        SchemaContent content = ReferenceWriter.content(subject, schema, this::registeredVersion);
        JsonNode answer = register(purpose, subject, content);
        confirm(purpose, subject, answer, schema);
        return registration(answer);
    }

    /** Registers what another schema refers to. */
    private int registeredVersion(Subject subject, SchemaContent content) {
        String purpose = "register the referenced schema " + quoted(subject);
        JsonNode answer = register(purpose, subject, content);
        // Older registries answer with the id alone.
        return answer.hasNonNull("version")
                ? answers().number(answer, "version")
                : find(subject, content, DeletedVersions.EXCLUDED).version();
    }

    @Override
    public RegisteredSchema lookup(Subject subject, EventSchema schema) {
        return rest.inOneDeadline(() -> found(subject, schema));
    }

    private RegisteredSchema found(Subject subject, EventSchema schema) {
        String purpose = "find a schema in " + quoted(subject);
        SchemaContent content = ReferenceWriter.content(subject, schema, this::knownVersion);
        JsonNode answer = find(purpose, subject, content, DeletedVersions.EXCLUDED);
        confirm(purpose, subject, answer, schema);
        return registered(answer, subject, schema);
    }

    /** Finds what another schema refers to, and registers nothing. */
    private int knownVersion(Subject subject, SchemaContent content) {
        try {
            return find(subject, content, DeletedVersions.EXCLUDED).version();
        } catch (SchemaNotFoundException e) {
            throw new SchemaNotFoundException(
                    NO_SCHEMA,
                    "It refers to " + quoted(subject) + ", which must be registered first. " + e.getMessage(),
                    e);
        }
    }

    private RegisteredSchema registered(JsonNode answer, Subject subject, EventSchema schema) {
        return new RegisteredSchema(
                subject,
                answers().number(answer, "version"),
                answers().id(answer),
                answers().guid(answer),
                schema,
                answers().hasRules(answer));
    }

    @Override
    public RegisteredSchema latest(Subject subject) {
        return version(new SubjectVersion(subject, SubjectVersion.LATEST));
    }

    @Override
    public RegisteredSchema version(Subject subject, int version) {
        return version(new SubjectVersion(subject, version));
    }

    private RegisteredSchema version(SubjectVersion version) {
        return rest.inOneDeadline(() -> understood("get " + version, version.subject(), stored(version)));
    }

    private RegisteredSchema understood(String purpose, Subject subject, StoredVersion stored) {
        SchemaContent content = stored.content();
        EventSchema schema = understood(purpose, content, context(subject));
        return new RegisteredSchema(subject, stored.version(), stored.id(), stored.guid(), schema, content.hasRules());
    }

    @Override
    public RegisteredSchema latestWith(Subject subject, Map<String, String> metadata) {
        StringBuilder query = new StringBuilder();
        new TreeMap<>(metadata)
                .forEach((key, value) -> query.append(query.isEmpty() ? '?' : '&')
                        .append("key=")
                        .append(RestPaths.encode(key))
                        .append("&value=")
                        .append(RestPaths.encode(value)));
        String path = RestPaths.subject(subject) + "/metadata" + query;
        String purpose = "get the latest version of " + quoted(subject) + " with metadata " + new TreeMap<>(metadata);
        return rest.inOneDeadline(() ->
                understood(purpose, subject, answers().version(call(purpose, "GET", path, null), subject)));
    }

    @Override
    public EventSchema byId(SchemaId id) {
        return rest.inOneDeadline(() -> understood("get the schema with id " + id, content(id), ""));
    }

    @Override
    public EventSchema byGuid(SchemaGuid guid) {
        return rest.inOneDeadline(() -> understood("get the schema with GUID " + guid, content(guid), ""));
    }

    @Override
    public EventSchema resolved(SchemaContent content) {
        return rest.inOneDeadline(() -> super.resolved(content));
    }

    /** That of what a schema of the subject refers to; the default context's subjects are named without it. */
    private static String context(Subject subject) {
        return subject.context().equals(".") ? "" : subject.context();
    }

    /**
     * The answer to a schema that was sent may repeat it; another one means that the id is another's, too. One that refers
     * to what was sent written out is the same.
     */
    private void confirm(String purpose, Subject subject, JsonNode answer, EventSchema sent) {
        if (!answer.hasNonNull("schema")) {
            return;
        }
        EventSchema repeated;
        try {
            SchemaContent content = answers().content(answer);
            repeated = sent.references().isEmpty()
                    ? references().resolved(content, context(subject))
                    : EventSchema.registered(SchemaFormat.parse(content.type()), content.text(), sent.references());
        } catch (SchemaException | IllegalArgumentException e) {
            throw contradicted(purpose, "with another schema, or none (" + e.getMessage() + ")");
        }
        if (!repeated.isEquivalentTo(sent)) {
            throw contradicted(
                    purpose,
                    "with another schema, that of id " + answer.path("id").asText());
        }
    }

    @Override
    public RegistryMetrics metrics() {
        return rest.metrics();
    }

    /** The longest that an operation takes. */
    Duration deadline() {
        return rest.deadline();
    }

    @Override
    public RegistryHealth health() {
        return rest.health();
    }

    @Override
    public Optional<String> lastingName() {
        return rest.lastingName();
    }

    @Override
    public void close() {
        rest.close();
    }
}
