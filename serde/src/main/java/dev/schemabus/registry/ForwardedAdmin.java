package dev.schemabus.registry;

import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The operator's verbs that only ask, passed on as they are. Those that change something are left to whoever must know of it. */
abstract class ForwardedAdmin implements RegistryAdmin {

    private final RegistryAdmin to;

    ForwardedAdmin(RegistryAdmin to) {
        this.to = to;
    }

    @Override
    public List<Subject> subjects(String prefix, DeletedVersions deleted) {
        return to.subjects(prefix, deleted);
    }

    @Override
    public List<Integer> versions(Subject subject, DeletedVersions deleted) {
        return to.versions(subject, deleted);
    }

    @Override
    public RegisteredSchema version(Subject subject, int version) {
        return to.version(subject, version);
    }

    @Override
    public StoredVersion stored(SubjectVersion version, DeletedVersions deleted) {
        return to.stored(version, deleted);
    }

    @Override
    public Stream<StoredVersion> schemas(SchemaQuery query) {
        return to.schemas(query);
    }

    @Override
    public StoredVersion find(Subject subject, SchemaContent content, DeletedVersions deleted) {
        return to.find(subject, content, deleted);
    }

    @Override
    public SchemaContent content(SchemaId id, String context) {
        return to.content(id, context);
    }

    @Override
    public SchemaContent content(SchemaGuid guid) {
        return to.content(guid);
    }

    @Override
    public List<Subject> subjects(SchemaId id, String context, DeletedVersions deleted) {
        return to.subjects(id, context, deleted);
    }

    @Override
    public List<SubjectVersion> versions(SchemaId id, String context, DeletedVersions deleted) {
        return to.versions(id, context, deleted);
    }

    @Override
    public SortedMap<String, SchemaId> ids(SchemaGuid guid) {
        return to.ids(guid);
    }

    @Override
    public SchemaId highestId(SchemaId known) {
        return to.highestId(known);
    }

    @Override
    public List<SchemaId> referencedBy(SubjectVersion version) {
        return to.referencedBy(version);
    }

    @Override
    public EventSchema resolved(SchemaContent content) {
        return to.resolved(content);
    }

    @Override
    public List<String> incompatibilities(Subject subject, SchemaContent content) {
        return to.incompatibilities(subject, content);
    }

    @Override
    public List<String> incompatibilities(SubjectVersion version, SchemaContent content) {
        return to.incompatibilities(version, content);
    }

    @Override
    public List<String> schemaTypes() {
        return to.schemaTypes();
    }

    @Override
    public SubjectConfig config() {
        return to.config();
    }

    @Override
    public Optional<SubjectConfig> config(Subject subject) {
        return to.config(subject);
    }

    @Override
    public SubjectConfig configInForce(Subject subject) {
        return to.configInForce(subject);
    }

    @Override
    public CompatibilityLevel compatibility() {
        return to.compatibility();
    }

    @Override
    public RegistryMode mode() {
        return to.mode();
    }

    @Override
    public Optional<RegistryMode> mode(Subject subject) {
        return to.mode(subject);
    }

    @Override
    public RegistryMode modeInForce(Subject subject) {
        return to.modeInForce(subject);
    }

    @Override
    public List<String> contexts() {
        return to.contexts();
    }

    @Override
    public ServerIdentity server() {
        return to.server();
    }
}
