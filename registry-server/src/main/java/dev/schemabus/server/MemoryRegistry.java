package dev.schemabus.server;

import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.Registration;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Incompatibility;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The client's view of a {@link SubjectStore} in the same process. */
final class MemoryRegistry implements RegistryConnection {

    private final SubjectStore store;
    private final boolean normalize;

    /** @param normalize whether schemas are compared in their normal form */
    MemoryRegistry(SubjectStore store, boolean normalize) {
        this.store = store;
        this.normalize = normalize;
    }

    private EventSchema asked(EventSchema schema) {
        return normalize ? NormalForm.of(schema) : schema;
    }

    @Override
    public Registration register(Subject subject, EventSchema schema) {
        RegisteredSchema registered = store.register(subject, asked(schema));
        return new Registration(registered.id(), registered.guid());
    }

    @Override
    public RegisteredSchema lookup(Subject subject, EventSchema schema) {
        return store.lookup(subject, asked(schema));
    }

    @Override
    public RegisteredSchema latest(Subject subject) {
        return store.latest(subject);
    }

    @Override
    public RegisteredSchema latestWith(Subject subject, Map<String, String> metadata) {
        throw SubjectStore.withoutMetadata();
    }

    @Override
    public EventSchema byId(SchemaId id) {
        return store.byId(id);
    }

    @Override
    public EventSchema byGuid(SchemaGuid guid) {
        return store.byGuid(guid);
    }

    @Override
    public List<Subject> subjects() {
        return store.subjects();
    }

    @Override
    public List<Integer> versions(Subject subject) {
        return store.versions(subject);
    }

    @Override
    public RegisteredSchema version(Subject subject, int version) {
        return store.version(subject, version);
    }

    @Override
    public List<String> incompatibilities(Subject subject, EventSchema schema) {
        return store.incompatibilities(subject, asked(schema)).stream()
                .map(Incompatibility::toString)
                .toList();
    }

    @Override
    public CompatibilityLevel compatibility() {
        return store.level(Optional.empty());
    }

    @Override
    public void setCompatibility(CompatibilityLevel level) {
        store.setLevel(Optional.empty(), level);
    }

    @Override
    public Optional<CompatibilityLevel> compatibility(Subject subject) {
        return store.ownLevel(subject);
    }

    @Override
    public void setCompatibility(Subject subject, CompatibilityLevel level) {
        store.setLevel(Optional.of(subject), level);
    }

    @Override
    public RegistryMode mode() {
        return store.mode(Optional.empty());
    }

    @Override
    public void setMode(RegistryMode mode) {
        store.setMode(Optional.empty(), mode, false);
    }

    @Override
    public Optional<RegistryMode> mode(Subject subject) {
        return store.ownMode(subject);
    }

    @Override
    public void setMode(Subject subject, RegistryMode mode) {
        store.setMode(Optional.of(subject), mode, false);
    }

    @Override
    public void close() {}
}
