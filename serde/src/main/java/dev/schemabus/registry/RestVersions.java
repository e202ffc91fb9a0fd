package dev.schemabus.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A registry reached by its REST API: subjects and their versions. */
abstract class RestVersions extends RestSettings {

    /** Registries give this many names or numbers at least, if they have them, before they want to be asked for more. */
    private static final int FEW_NAMES = 1_000;

    /** As {@link #FEW_NAMES}, for schemas. */
    private static final int FEW_SCHEMAS = 100;

    private final ReferenceResolver references = new ReferenceResolver(
            version -> stored(version, DeletedVersions.INCLUDED).content());

    /** A query parameter's value. */
    private final String normalize;

    RestVersions(RestCalls rest, boolean normalize) {
        super(rest);
        this.normalize = RestPaths.flag(normalize);
    }

    final ReferenceResolver references() {
        return references;
    }

    final String normalize() {
        return normalize;
    }

    @Override
    public List<Subject> subjects(String prefix, DeletedVersions deleted) {
        String path = RestPaths.with(RestPaths.with("/subjects", deleted), "subjectPrefix", prefix);
        return whole("list the subjects", path, answers()::subject).sorted().toList();
    }

    /** A list of names or numbers, however many the registry gives at a time. */
    final <T> Stream<T> whole(String purpose, String path, Function<JsonNode, T> item) {
        return new Pages<T>(
                        offset -> answers()
                                .list(call(purpose, "GET", RestPaths.with(path, "offset", from(offset)), null), item),
                        FEW_NAMES)
                .stream().distinct();
    }

    /** The first page is asked for as registries without pages know it. */
    private static String from(int offset) {
        return offset == 0 ? "" : Integer.toString(offset);
    }

    @Override
    public List<Integer> versions(Subject subject, DeletedVersions deleted) {
        String path = RestPaths.with(RestPaths.subject(subject) + "/versions", deleted);
        return whole("list the versions of " + quoted(subject), path, answers()::number)
                .sorted()
                .toList();
    }

    @Override
    public StoredVersion stored(SubjectVersion version, DeletedVersions deleted) {
        String purpose = "get " + version;
        String path = RestPaths.withAny(RestPaths.version(version), deleted);
        StoredVersion stored = answers().version(call(purpose, "GET", path, null), version.subject());
        if (version.version() != SubjectVersion.LATEST && stored.version() != version.version()) {
            throw contradicted(purpose, "with version " + stored.version());
        }
        return stored;
    }

    @Override
    public Stream<StoredVersion> schemas(SchemaQuery query) {
        String path = RestPaths.with(
                RestPaths.withAny("/schemas", query.deleted()),
                "subjectPrefix",
                query.prefix(),
                "latestOnly",
                RestPaths.flag(query.latestOnly()),
                "limit",
                Integer.toString(query.pageSize()));
        return new Pages<StoredVersion>(
                        offset -> answers()
                                .list(
                                        call(
                                                "list the schemas",
                                                "GET",
                                                RestPaths.with(path, "offset", Integer.toString(offset)),
                                                null),
                                        answers()::version),
                        Math.min(query.pageSize(), FEW_SCHEMAS))
                .stream();
    }

    @Override
    public StoredVersion find(Subject subject, SchemaContent content, DeletedVersions deleted) {
        String purpose = "find a schema in " + quoted(subject);
        return answers().version(find(purpose, subject, numbered(content), deleted), subject);
    }

    final JsonNode find(String purpose, Subject subject, SchemaContent content, DeletedVersions deleted) {
        String path = RestPaths.with(RestPaths.withAny(RestPaths.subject(subject), deleted), "normalize", normalize);
        return call(purpose, "POST", path, RestBodies.schema(content).toString());
    }

    @Override
    public Registration register(Subject subject, SchemaContent content) {
        return registration(register("register a schema for " + quoted(subject), subject, numbered(content)));
    }

    final JsonNode register(String purpose, Subject subject, SchemaContent content) {
        String path = RestPaths.with(RestPaths.subject(subject) + "/versions", "normalize", normalize);
        return call(purpose, "POST", path, RestBodies.schema(content).toString());
    }

    final Registration registration(JsonNode answer) {
        return new Registration(answers().id(answer), answers().guid(answer));
    }

    /** The latest version of today may not be that of tomorrow: what is referred to is written down by number. */
    final SchemaContent numbered(SchemaContent content) {
        return content.withReferences(content.references().stream()
                .map(reference -> reference.target().version() == SubjectVersion.LATEST
                        ? new SubjectReference(
                                reference.name(),
                                reference.target().subject(),
                                stored(reference.target()).version())
                        : reference)
                .toList());
    }

    @Override
    public void importVersion(StoredVersion version) {
        String purpose = "import " + version.name() + " under id " + version.id();
        ObjectNode body = RestBodies.schema(version.content());
        body.put("id", version.id().value()).put("version", version.version());
        JsonNode answer = call(purpose, "POST", RestPaths.subject(version.subject()) + "/versions", body.toString());
        if (!answers().id(answer).equals(version.id())) {
            throw contradicted(purpose, "with id " + answers().id(answer));
        }
        StoredVersion now = stored(version.name());
        if (!now.id().equals(version.id())) {
            throw contradicted(purpose, "well, and then holds it under id " + now.id());
        }
        // Registries may spell a text in their own way: then their own rules say whether it is the same schema.
        if (!now.content().text().equals(version.content().text())
                && find(version.subject(), version.content(), DeletedVersions.EXCLUDED)
                                .version()
                        != version.version()) {
            throw contradicted(purpose, "well, and then holds another schema there");
        }
    }

    @Override
    public List<Integer> delete(Subject subject) {
        return delete("delete " + quoted(subject), RestPaths.subject(subject));
    }

    @Override
    public List<Integer> deletePermanently(Subject subject) {
        return delete("permanently delete " + quoted(subject), RestPaths.subject(subject) + "?permanent=true");
    }

    private List<Integer> delete(String purpose, String path) {
        references.forget();
        return answers().list(call(purpose, "DELETE", path, null), answers()::number);
    }

    @Override
    public int delete(SubjectVersion version) {
        return answers().number(call("delete " + version, "DELETE", RestPaths.version(version), null));
    }

    @Override
    public int deletePermanently(SubjectVersion version) {
        references.forget();
        String path = RestPaths.version(version) + "?permanent=true";
        return answers().number(call("permanently delete " + version, "DELETE", path, null));
    }
}
