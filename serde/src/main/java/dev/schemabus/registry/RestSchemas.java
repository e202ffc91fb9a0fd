package dev.schemabus.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A registry reached by its REST API: schemas by themselves, by id and GUID, understood and compared. */
abstract class RestSchemas extends RestVersions {

    /** The protocol's code for a schema that isn't there. */
    static final int NO_SCHEMA = 40403;

    RestSchemas(RestCalls rest, boolean normalize) {
        super(rest, normalize);
    }

    @Override
    public SchemaContent content(SchemaId id, String context) {
        String purpose = "get the schema with id " + id;
        JsonNode answer = call(purpose, "GET", RestPaths.with("/schemas/ids/" + id, "subject", in(context)), null);
        if (answer.hasNonNull("id") && !answers().id(answer).equals(id)) {
            throw contradicted(purpose, "with that of id " + answers().id(answer));
        }
        return answers().content(answer);
    }

    private static String in(String context) {
        return RestPaths.inContext(context);
    }

    @Override
    public SchemaContent content(SchemaGuid guid) {
        String purpose = "get the schema with GUID " + guid;
        JsonNode answer = byGuid(purpose, guid, "");
        if (answers().guid(answer).filter(other -> !other.equals(guid)).isPresent()) {
            throw contradicted(
                    purpose, "with that of GUID " + answers().guid(answer).get());
        }
        return answers().content(answer);
    }

    private JsonNode byGuid(String purpose, SchemaGuid guid, String part) {
        try {
            return call(purpose, "GET", "/schemas/guids/" + guid + part, null);
        } catch (NotARegistryException e) {
            if (e.code() != 404) {
                throw e;
            }
            throw new SchemaNotFoundException(
                    NO_SCHEMA,
                    "Can't " + purpose + " at " + where() + ", which has no path for GUIDs (HTTP 404): registries"
                            + " from before the 8.x line don't know them. Read such records with one that does, or let"
                            + " their producer write the schema id in front of the payload (PrefixSchemaIdSerializer)",
                    e);
        }
    }

    @Override
    public List<Subject> subjects(SchemaId id, String context, DeletedVersions deleted) {
        String path =
                RestPaths.with(RestPaths.withAny("/schemas/ids/" + id + "/subjects", deleted), "subject", in(context));
        return whole("list the subjects of the schema with id " + id, path, answers()::subject)
                .sorted()
                .toList();
    }

    @Override
    public List<SubjectVersion> versions(SchemaId id, String context, DeletedVersions deleted) {
        String path =
                RestPaths.with(RestPaths.withAny("/schemas/ids/" + id + "/versions", deleted), "subject", in(context));
        return whole("list the versions of the schema with id " + id, path, answers()::name)
                .sorted()
                .toList();
    }

    @Override
    public SortedMap<String, SchemaId> ids(SchemaGuid guid) {
        SortedMap<String, SchemaId> ids = new TreeMap<>();
        JsonNode answer = byGuid("list the ids of the schema with GUID " + guid, guid, "/ids");
        answers()
                .list(answer, id -> id)
                .forEach(id -> ids.put(
                        answers().optionalText(id, "context").orElse("."),
                        answers().id(id)));
        return ids;
    }

    @Override
    public SchemaId highestId(SchemaId known) {
        JsonNode answer = call("get the highest id", "GET", "/schemas/ids/" + known + "?fetchMaxId=true", null);
        return new SchemaId(answers().number(answer, "maxId"));
    }

    @Override
    public List<SchemaId> referencedBy(SubjectVersion version) {
        String path = RestPaths.version(version) + "/referencedby";
        return whole("list what refers to " + version, path, answers()::number)
                .sorted()
                .map(SchemaId::new)
                .toList();
    }

    @Override
    public EventSchema resolved(SchemaContent content) {
        return understood("put a schema of type " + content.type() + " together", content, "");
    }

    /**
     * The schema with all that it refers to.
     *
     * @param context of the subjects that name none; empty if the registry's URL says it
     */
    final EventSchema understood(String purpose, SchemaContent content, String context) {
        try {
            return references().resolved(content, context);
        } catch (IllegalArgumentException | SchemaException e) {
            throw new SchemaException(
                    "Can't " + purpose + " at " + where() + ", whose answer can't be used: " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> incompatibilities(Subject subject, SchemaContent content) {
        return incompatibilities(quoted(subject), RestPaths.subject(subject) + "/versions", content);
    }

    @Override
    public List<String> incompatibilities(SubjectVersion version, SchemaContent content) {
        return incompatibilities(version.toString(), RestPaths.version(version), content);
    }

    private List<String> incompatibilities(String with, String path, SchemaContent content) {
        String whole = RestPaths.with("/compatibility" + path, "verbose", "true", "normalize", normalize());
        String body = RestBodies.schema(numbered(content)).toString();
        return answers().reasons(call("check a schema's compatibility with " + with, "POST", whole, body));
    }
}
