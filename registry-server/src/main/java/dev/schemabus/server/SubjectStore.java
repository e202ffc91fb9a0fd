package dev.schemabus.server;

import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.Compatibility;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Incompatibility;
import dev.schemabus.schema.SchemaException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * All the rules of the registry, and no HTTP. Safe for many threads: reads see {@link Registrations} as they are;
 * a write decides and appends under one lock, so that ids and versions are handed out once.
 *
 * <p>What it refuses it refuses with a {@link RegistryException} that carries the protocol's code. In {@code level} and
 * {@code mode} an empty subject stands for the global setting.
 */
final class SubjectStore implements AutoCloseable {

    static final CompatibilityLevel DEFAULT_LEVEL = CompatibilityLevel.BACKWARD;
    static final RegistryMode DEFAULT_MODE = RegistryMode.READWRITE;

    private final Registrations state = new Registrations();
    private final ReentrantLock writing = new ReentrantLock();
    private final ChangeLog log;

    SubjectStore(ChangeLog log) {
        this.log = log;
        log.follow(state::apply);
    }

    /** An empty store that ends with the process. */
    static SubjectStore inMemory() {
        return new SubjectStore(new MemoryChangeLog());
    }

    /**
     * Makes a schema the next version of a subject, unless it is a version already.
     *
     * @return the version that holds the schema now
     * @throws SchemaRefusedException 40901 if incompatible, 42201 if it can't be compared (it refers to another document,
     *     say), 42205 if the mode doesn't permit it, 42208 for a subject that can't be served
     */
    RegisteredSchema register(Subject subject, EventSchema schema) {
        checkServed(subject);
        writing.lock();
        try {
            List<RegisteredSchema> versions = state.versions(subject);
            Optional<RegisteredSchema> same = find(versions, schema);
            if (same.isPresent()) {
                return same.get();
            }
            checkMayRegister(subject);
            checkCompatible(subject, schema, versions);
            int version = versions.isEmpty() ? 1 : last(versions).version() + 1;
            RegisteredSchema added =
                    new RegisteredSchema(subject, version, state.idFor(schema), Optional.of(Guids.of(schema)), schema);
            StoredSchema stored = new StoredSchema(schema.format().name(), schema.text());
            log.append(List.of(new Change.SchemaStored(
                    subject.name(), version, added.id().value(), stored, false)));
            return added;
        } finally {
            writing.unlock();
        }
    }

    private static void checkServed(Subject subject) {
        if (subject.name().startsWith(":.")) {
            throw new SchemaRefusedException(
                    42208,
                    "Subject '" + subject + "' names a context: contexts are not supported by this version, use a"
                            + " subject that doesn't begin with ':.'");
        }
    }

    private void checkMayRegister(Subject subject) {
        RegistryMode mode = modeInForce(subject);
        if (mode != RegistryMode.READWRITE) {
            throw new SchemaRefusedException(
                    42205,
                    "Subject '" + subject + "' is in mode " + mode
                            + ": registering needs READWRITE (PUT /mode or /mode/{subject} changes it)");
        }
    }

    private void checkCompatible(Subject subject, EventSchema schema, List<RegisteredSchema> versions) {
        CompatibilityLevel level = levelInForce(subject);
        List<Incompatibility> reasons = check(level, schema, versions);
        if (!reasons.isEmpty()) {
            throw new SchemaRefusedException(
                    40901,
                    "The schema is incompatible with "
                            + (level.transitive()
                                    ? "the versions"
                                    : "version " + last(versions).version())
                            + " of subject '" + subject + "' at level " + level + ": "
                            + reasons.stream().map(Incompatibility::toString).collect(Collectors.joining("; ")));
        }
    }

    private static List<Incompatibility> check(
            CompatibilityLevel level, EventSchema schema, List<RegisteredSchema> versions) {
        try {
            return Compatibility.check(
                    level,
                    schema,
                    versions.stream().map(RegisteredSchema::schema).toList());
        } catch (SchemaException e) {
            throw new SchemaRefusedException(42201, "The schema can't be compared: " + e.getMessage(), e);
        }
    }

    /** What keeps a schema from becoming the next version of a subject; empty also if there is no such subject yet. */
    List<Incompatibility> incompatibilities(Subject subject, EventSchema schema) {
        return check(levelInForce(subject), schema, state.versions(subject));
    }

    /** As {@link #incompatibilities}, but against one version alone. */
    List<Incompatibility> incompatibilitiesWith(Subject subject, int version, EventSchema schema) {
        return check(levelInForce(subject), schema, List.of(version(subject, version)));
    }

    /** @throws SchemaNotFoundException 40401 without such a subject, 40403 if it has no version with this schema */
    RegisteredSchema lookup(Subject subject, EventSchema schema) {
        return find(existing(subject), schema)
                .orElseThrow(() -> new SchemaNotFoundException(
                        40403, "Subject '" + subject + "' has no version with this schema: register it first"));
    }

    List<Subject> subjects() {
        return state.subjects();
    }

    /** @throws SchemaNotFoundException 40401 without such a subject */
    List<Integer> versions(Subject subject) {
        return existing(subject).stream().map(RegisteredSchema::version).toList();
    }

    /** @throws SchemaNotFoundException 40401 without such a subject */
    RegisteredSchema latest(Subject subject) {
        return last(existing(subject));
    }

    /** The answer to who asks for a version by metadata, which no registration here has. */
    static SchemaRefusedException withoutMetadata() {
        return new SchemaRefusedException(
                422,
                "Metadata is not supported by this version of the registry: ask for a version by its number, or for the"
                        + " latest");
    }

    /** @throws SchemaNotFoundException 40401 without such a subject, 40402 without such a version */
    RegisteredSchema version(Subject subject, int version) {
        List<RegisteredSchema> versions = existing(subject);
        return versions.stream()
                .filter(v -> v.version() == version)
                .findFirst()
                .orElseThrow(() -> new SchemaNotFoundException(
                        40402,
                        "Version " + version + " not found: the latest of subject '" + subject + "' is "
                                + last(versions).version()));
    }

    /** @throws SchemaNotFoundException 40403 without such an id */
    EventSchema byId(SchemaId id) {
        return state.schema(id).orElseThrow(() -> new SchemaNotFoundException(40403, "Schema " + id + " not found"));
    }

    /** @throws SchemaNotFoundException 40403 without such a GUID */
    EventSchema byGuid(SchemaGuid guid) {
        return byId(idOf(guid));
    }

    /** @throws SchemaNotFoundException 40403 without such a GUID */
    SchemaId idOf(SchemaGuid guid) {
        return state.id(guid).orElseThrow(() -> new SchemaNotFoundException(40403, "Schema " + guid + " not found"));
    }

    /**
     * The versions that hold the schema with this id; sorted by subject, then version.
     *
     * @throws SchemaNotFoundException 40403 without such an id
     */
    List<RegisteredSchema> uses(SchemaId id) {
        byId(id);
        return state.uses(id);
    }

    /** @throws SchemaNotFoundException 40408 if the subject follows the global level */
    CompatibilityLevel level(Optional<Subject> subject) {
        return state.level(subject)
                .or(() -> subject.isEmpty() ? Optional.of(DEFAULT_LEVEL) : Optional.empty())
                .orElseThrow(() -> new SchemaNotFoundException(
                        40408,
                        "Subject '" + subject.orElseThrow()
                                + "' has no compatibility level of its own: it follows the global one"));
    }

    /** The level set for the subject itself. */
    Optional<CompatibilityLevel> ownLevel(Subject subject) {
        return state.level(Optional.of(subject));
    }

    /** The level that counts for a subject: its own, or else the global one. */
    CompatibilityLevel levelInForce(Subject subject) {
        return ownLevel(subject).orElseGet(() -> level(Optional.empty()));
    }

    /** @throws SchemaRefusedException 42205 in a read-only mode */
    void setLevel(Optional<Subject> subject, CompatibilityLevel level) {
        changeLevel(subject, Optional.of(level));
    }

    /**
     * Takes a level back: the subject follows the global one again, the global one the default.
     *
     * @return the level that was set
     * @throws SchemaNotFoundException 40408 if the subject has none
     */
    CompatibilityLevel clearLevel(Optional<Subject> subject) {
        return changeLevel(subject, Optional.empty());
    }

    private CompatibilityLevel changeLevel(Optional<Subject> subject, Optional<CompatibilityLevel> level) {
        subject.ifPresent(SubjectStore::checkServed);
        writing.lock();
        try {
            CompatibilityLevel before = level.isPresent() ? level.get() : level(subject);
            RegistryMode mode = subject.map(this::modeInForce).orElseGet(() -> mode(Optional.empty()));
            if (mode == RegistryMode.READONLY || mode == RegistryMode.READONLY_OVERRIDE) {
                throw new SchemaRefusedException(
                        42205,
                        subject.map(s -> "Subject '" + s + "'").orElse("The registry") + " is in mode " + mode
                                + ": its compatibility level can't change");
            }
            Optional<String> name = subject.map(Subject::name);
            log.append(List.of(level.<Change>map(set -> new Change.ConfigStored(name, Config.of(set)))
                    .orElseGet(() -> new Change.ConfigRemoved(name))));
            return before;
        } finally {
            writing.unlock();
        }
    }

    /** @throws SchemaNotFoundException 40409 if the subject follows the global mode */
    RegistryMode mode(Optional<Subject> subject) {
        return state.mode(subject)
                .or(() -> subject.isEmpty() ? Optional.of(DEFAULT_MODE) : Optional.empty())
                .orElseThrow(() -> new SchemaNotFoundException(
                        40409,
                        "Subject '" + subject.orElseThrow() + "' has no mode of its own: it follows the global one"));
    }

    /** The mode set for the subject itself. */
    Optional<RegistryMode> ownMode(Subject subject) {
        return state.mode(Optional.of(subject));
    }

    /** The mode that counts for a subject: its own, or else the global one, which as READONLY_OVERRIDE beats all. */
    RegistryMode modeInForce(Subject subject) {
        RegistryMode global = mode(Optional.empty());
        return global == RegistryMode.READONLY_OVERRIDE
                ? global
                : ownMode(subject).orElse(global);
    }

    /**
     * Sets a mode.
     *
     * @param force whether IMPORT may be set although schemas exist
     * @throws SchemaRefusedException 42205 for IMPORT where schemas exist, without force
     */
    void setMode(Optional<Subject> subject, RegistryMode mode, boolean force) {
        subject.ifPresent(SubjectStore::checkServed);
        writing.lock();
        try {
            boolean empty = subject.map(s -> state.versions(s).isEmpty())
                    .orElseGet(() -> state.subjects().isEmpty());
            if (mode == RegistryMode.IMPORT && !empty && !force) {
                throw new SchemaRefusedException(
                        42205, "IMPORT needs an empty " + (subject.isPresent() ? "subject" : "registry") + " or force");
            }
            log.append(List.of(new Change.ModeStored(subject.map(Subject::name), mode)));
        } finally {
            writing.unlock();
        }
    }

    /**
     * Takes a mode back: the subject follows the global one again, the global one the default.
     *
     * @return the mode that was set
     * @throws SchemaNotFoundException 40409 if the subject has none
     */
    RegistryMode clearMode(Optional<Subject> subject) {
        writing.lock();
        try {
            RegistryMode before = mode(subject);
            log.append(List.of(new Change.ModeRemoved(subject.map(Subject::name))));
            return before;
        } finally {
            writing.unlock();
        }
    }

    private List<RegisteredSchema> existing(Subject subject) {
        List<RegisteredSchema> versions = state.versions(subject);
        if (versions.isEmpty()) {
            throw new SchemaNotFoundException(40401, "Subject '" + subject + "' not found");
        }
        return versions;
    }

    private static Optional<RegisteredSchema> find(List<RegisteredSchema> versions, EventSchema schema) {
        return versions.stream().filter(v -> v.schema().equals(schema)).findFirst();
    }

    private static RegisteredSchema last(List<RegisteredSchema> versions) {
        return versions.get(versions.size() - 1);
    }

    @Override
    public void close() {
        log.close();
    }
}
