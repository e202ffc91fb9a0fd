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
import dev.schemabus.schema.SchemaException;
import dev.schemabus.server.Registering.Asked;
import dev.schemabus.server.SubjectVersion.Shown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The client's view of a {@link SubjectStore} in the same process. */
final class MemoryRegistry implements RegistryConnection {

    private final SubjectStore store;
    private final boolean normalize;

    /** @param normalize whether schemas are compared in their normal form */
    MemoryRegistry(SubjectStore store, boolean normalize) {
        this.store = store;
        this.normalize = normalize;
    }

    private static QualifiedSubject named(Subject subject) {
        return QualifiedSubject.of(subject.name());
    }

    /** What a client knows of a schema: its references are values, not places in this registry. */
    private static StoredSchema sent(EventSchema schema) {
        return new StoredSchema(schema.format().name(), schema.inlined().text());
    }

    private RegisteredSchema registered(Subject asked, SubjectVersion version) {
        String context = QualifiedSubject.of(version.subject()).context();
        return new RegisteredSchema(
                asked,
                version.version(),
                new SchemaId(version.id()),
                Optional.of(version.guid()),
                schema(context, version.schema()),
                Metadata.hasRules(version.schema()));
    }

    private EventSchema schema(String context, StoredSchema schema) {
        if (store.parsed(context, schema) instanceof ParsedEventSchema parsed) {
            return parsed.schema();
        }
        throw new SchemaException("A schema of type " + schema.type() + " can't be used for events: use AVRO or JSON");
    }

    @Override
    public Registration register(Subject subject, EventSchema schema) {
        SubjectVersion registered = store.register(
                named(subject), new Asked(sent(schema), OptionalInt.empty(), OptionalInt.empty(), normalize));
        return new Registration(new SchemaId(registered.id()), Optional.of(registered.guid()));
    }

    @Override
    public RegisteredSchema lookup(Subject subject, EventSchema schema) {
        return registered(subject, store.lookup(named(subject), sent(schema), normalize, Shown.LIVE));
    }

    @Override
    public RegisteredSchema latest(Subject subject) {
        return registered(subject, store.version(named(subject), OptionalInt.empty(), Shown.LIVE));
    }

    @Override
    public RegisteredSchema latestWith(Subject subject, Map<String, String> metadata) {
        return registered(subject, store.withMetadata(named(subject), metadata, Shown.LIVE));
    }

    @Override
    public EventSchema byId(SchemaId id) {
        SubjectStore.Held held = store.byId(QualifiedSubject.GLOBAL, id.value());
        return schema(held.context(), held.schema());
    }

    @Override
    public EventSchema byGuid(SchemaGuid guid) {
        SubjectStore.Held held = store.byGuid(guid).get(0);
        return schema(held.context(), held.schema());
    }

    @Override
    public List<Subject> subjects() {
        return store.subjects("", Shown.LIVE).map(Subject::new).toList();
    }

    @Override
    public List<Integer> versions(Subject subject) {
        return store.versions(named(subject), Shown.LIVE)
                .map(SubjectVersion::version)
                .toList();
    }

    @Override
    public RegisteredSchema version(Subject subject, int version) {
        return registered(subject, store.version(named(subject), OptionalInt.of(version), Shown.LIVE));
    }

    @Override
    public List<String> incompatibilities(Subject subject, EventSchema schema) {
        return store.incompatibilities(named(subject), sent(schema), normalize);
    }

    @Override
    public CompatibilityLevel compatibility() {
        return store.settings().level(QualifiedSubject.GLOBAL);
    }

    @Override
    public void setCompatibility(CompatibilityLevel level) {
        store.settings().change(QualifiedSubject.GLOBAL, Config.of(level).fields());
    }

    @Override
    public Optional<CompatibilityLevel> compatibility(Subject subject) {
        return store.settings().own(named(subject)).flatMap(Config::compatibilityLevel);
    }

    @Override
    public void setCompatibility(Subject subject, CompatibilityLevel level) {
        store.settings()
                .change(named(subject).checkedSubject(), Config.of(level).fields());
    }

    @Override
    public RegistryMode mode() {
        return store.settings().modeInForce(QualifiedSubject.GLOBAL);
    }

    @Override
    public void setMode(RegistryMode mode) {
        store.settings().setMode(QualifiedSubject.GLOBAL, mode, false);
    }

    @Override
    public Optional<RegistryMode> mode(Subject subject) {
        return store.settings().ownMode(named(subject));
    }

    @Override
    public void setMode(Subject subject, RegistryMode mode) {
        store.settings().setMode(named(subject).checkedSubject(), mode, false);
    }

    @Override
    public void close() {}
}
