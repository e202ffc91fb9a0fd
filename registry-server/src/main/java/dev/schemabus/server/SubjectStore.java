package dev.schemabus.server;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.server.Referrals.Referral;
import dev.schemabus.server.SubjectVersion.Shown;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All the rules of the registry, and no HTTP. Safe for many threads: reads see {@link Registrations} as they are and
 * wait for nobody; a write decides and appends alone.
 *
 * <p>What it refuses it refuses with a {@link dev.schemabus.registry.RegistryException} that carries the protocol's
 * code. A subject with an alias stands for the subject that the alias names.
 */
final class SubjectStore implements AutoCloseable {

    private static final String ANY_CONTEXT = ":*:";

    private final Registrations state = new Registrations();
    private final ChangeLog log;
    private final Settings settings;
    private final SchemaReader reader;
    private final Lookups lookups;
    private final Comparing comparing;
    private final Registering registering;
    private final Deletions deletions;

    SubjectStore(ChangeLog log) {
        this(log, false);
    }

    /** @param readOnly whether every write is refused, whatever the modes say */
    SubjectStore(ChangeLog log, boolean readOnly) {
        this.log = log;
        Writes writes = new Writes(log, readOnly);
        settings = new Settings(state, writes);
        reader = new SchemaReader(state);
        comparing = new Comparing(settings, reader);
        lookups = new Lookups(reader);
        registering = new Registering(state, settings, reader, lookups, comparing, writes);
        deletions = new Deletions(state, settings, writes);
        log.follow(state::apply);
    }

    /** An empty store that ends with the process. */
    static SubjectStore inMemory() {
        return new SubjectStore(new MemoryChangeLog());
    }

    /** The log that it stands on. */
    ChangeLog log() {
        return log;
    }

    /** What is set, and its rules. */
    Settings settings() {
        return settings;
    }

    /** The languages served. */
    Collection<String> types() {
        return reader.types();
    }

    /** Registers a schema, see {@link Registering#register}. */
    SubjectVersion register(QualifiedSubject subject, Registering.Asked asked) {
        return registering.register(settings.meant(subject.checkedSubject()), asked);
    }

    /** Deletes a subject, see {@link Deletions#delete(QualifiedSubject, boolean)}. */
    List<Integer> delete(QualifiedSubject subject, boolean permanent) {
        return deletions.delete(settings.meant(subject), permanent);
    }

    /** Deletes a version, see {@link Deletions#delete(QualifiedSubject, OptionalInt, boolean)}. */
    int delete(QualifiedSubject subject, OptionalInt version, boolean permanent) {
        return deletions.delete(settings.meant(subject), version, permanent);
    }

    /**
     * What keeps a schema from becoming the next version of a subject; empty also if there is no such subject yet.
     *
     * @throws SchemaRefusedException 42201 if the schema is invalid or can't be compared
     */
    List<String> incompatibilities(QualifiedSubject subject, StoredSchema sent, boolean normalize) {
        QualifiedSubject meant = settings.meant(subject);
        StoredSchema schema = accepted(meant, sent, normalize);
        List<SubjectVersion> live = shown(meant, Shown.LIVE).toList();
        return comparing.incompatibilities(meant, schema, comparing.counting(meant, schema, live));
    }

    /** As {@link #incompatibilities}, but against one version alone; the latest need not exist. */
    List<String> incompatibilitiesWith(
            QualifiedSubject subject, OptionalInt version, StoredSchema sent, boolean normalize) {
        QualifiedSubject meant = settings.meant(subject);
        StoredSchema schema = accepted(meant, sent, normalize);
        // As with the reference: nothing stands against the first version, but a version by number must exist.
        if (shown(meant, Shown.LIVE).findAny().isEmpty()) {
            if (version.isEmpty()) {
                return List.of();
            }
            throw new SchemaNotFoundException(
                    40402, "Version " + version.getAsInt() + " not found: " + meant + " has none");
        }
        List<SubjectVersion> judge = List.of(version(subject, version, Shown.LIVE));
        return comparing.incompatibilities(meant, schema, comparing.counting(meant, schema, judge));
    }

    private StoredSchema accepted(QualifiedSubject subject, StoredSchema sent, boolean normalize) {
        return reader.accept(
                subject.context(), sent, normalize || settings.inForce(subject).normalize(), false);
    }

    /**
     * The version that holds a schema, also one that refers to what is written out here, or that got metadata and rules
     * from the settings. A subject without context that doesn't hold it stands for one of the same name in any context.
     *
     * @throws SchemaNotFoundException 40401 without such a subject, 40403 if it has no version with this schema
     */
    SubjectVersion lookup(QualifiedSubject subject, StoredSchema sent, boolean normalize, Shown shown) {
        return anywhere(subject, name -> {
            QualifiedSubject meant = settings.meant(name);
            List<SubjectVersion> versions = existing(meant, shown);
            StoredSchema schema = accepted(meant, sent, normalize);
            return lookups.find(meant.context(), versions, schema, shown)
                    .or(() -> lookups.find(meant.context(), versions, registering.completed(meant, schema), shown))
                    .orElseThrow(() -> new SchemaNotFoundException(
                            40403, meant + " has no version with this schema: register it first"));
        });
    }

    /** As {@link #version}, but a subject without context stands for one of the same name in any context, too. */
    SubjectVersion versionAnywhere(QualifiedSubject subject, OptionalInt version, Shown shown) {
        return anywhere(subject, name -> version(name, version, shown));
    }

    /** What is found for a subject, or else, if it has no context, for the first of the same name in another. */
    private SubjectVersion anywhere(QualifiedSubject subject, Function<QualifiedSubject, SubjectVersion> search) {
        try {
            return search.apply(subject);
        } catch (SchemaNotFoundException e) {
            if (subject.context().equals(QualifiedSubject.DEFAULT_CONTEXT)) {
                for (String context : state.contexts().keySet()) {
                    QualifiedSubject other = new QualifiedSubject(context, subject.local());
                    // Most contexts don't have it, and needn't be asked.
                    if (!other.equals(subject) && !state.versions(other.name()).isEmpty()) {
                        try {
                            return search.apply(other);
                        } catch (SchemaNotFoundException | SchemaRefusedException another) {
                            // Not there either: the first answer counts.
                        }
                    }
                }
            }
            throw e;
        }
    }

    /**
     * The newest version whose metadata has certain properties.
     *
     * @throws SchemaNotFoundException 40401 without such a subject, 40403 if no version has them
     */
    SubjectVersion withMetadata(QualifiedSubject subject, Map<String, String> properties, Shown shown) {
        QualifiedSubject meant = settings.meant(subject);
        return Lookups.find(existing(meant, shown), properties, shown)
                .orElseThrow(() ->
                        new SchemaNotFoundException(40403, meant + " has no version with metadata " + properties));
    }

    /**
     * The versions of a subject, oldest first.
     *
     * @throws SchemaNotFoundException 40401 without such a subject; also if all are deleted, unless deleted ones are asked
     *     for
     */
    Stream<SubjectVersion> versions(QualifiedSubject subject, Shown shown) {
        return existing(settings.meant(subject), shown == Shown.DELETED ? Shown.ALL : shown).stream()
                .filter(shown);
    }

    /** All versions of a subject of which at least one is shown. */
    private List<SubjectVersion> existing(QualifiedSubject meant, Shown shown) {
        List<SubjectVersion> versions = state.versions(meant.name());
        if (versions.stream().noneMatch(shown)) {
            throw new SchemaNotFoundException(40401, meant + " not found");
        }
        return versions;
    }

    private Stream<SubjectVersion> shown(QualifiedSubject subject, Shown shown) {
        return state.versions(subject.name()).stream().filter(shown);
    }

    /**
     * One version of a subject.
     *
     * @param version empty for the latest
     * @throws SchemaNotFoundException 40401 without such a subject, 40402 without such a version
     */
    SubjectVersion version(QualifiedSubject subject, OptionalInt version, Shown shown) {
        List<SubjectVersion> all = existing(settings.meant(subject), shown);
        SubjectVersion latest = Lookups.newest(all, shown).orElseThrow(); // one is shown
        if (version.isEmpty()) {
            return latest;
        }
        return Lookups.newest(all, shown.and(v -> v.version() == version.getAsInt()))
                .orElseThrow(() -> new SchemaNotFoundException(
                        40402,
                        "Version " + version.getAsInt() + " not found: the latest of subject '" + latest.subject()
                                + "' is " + latest.version()));
    }

    /** The versions, of any subject, that refer to a version. */
    List<Referral> referrals(SubjectVersion version) {
        return state.referrals(version.subject(), version.version());
    }

    /**
     * Subjects with a version that is shown, by qualified name; of deleted ones those of which nothing else is left.
     *
     * @param prefix what the qualified name begins with; <code>:*:</code> and then a prefix of the name in any context
     */
    Stream<String> subjects(String prefix, Shown shown) {
        return named(prefix)
                .filter(entry -> shown == Shown.DELETED
                        ? entry.getValue().stream().allMatch(shown)
                        : entry.getValue().stream().anyMatch(shown))
                .map(Map.Entry::getKey);
    }

    /** All versions that are shown, by subject. */
    Stream<SubjectVersion> schemas(String prefix, Shown shown, boolean latestOnly) {
        return named(prefix)
                .flatMap(entry -> latestOnly
                        ? Lookups.newest(entry.getValue(), shown).stream()
                        : entry.getValue().stream().filter(shown));
    }

    private Stream<Map.Entry<String, List<SubjectVersion>>> named(String prefix) {
        if (prefix.startsWith(ANY_CONTEXT)) {
            String local = prefix.substring(ANY_CONTEXT.length());
            return state.subjects().entrySet().stream()
                    .filter(entry -> QualifiedSubject.of(entry.getKey()).local().startsWith(local));
        }
        return state.subjects().tailMap(prefix, true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix));
    }

    /** The names of the contexts that were used once, sorted. */
    Collection<String> contexts() {
        return state.contexts().keySet();
    }

    /** A schema that an id stands for, in a context. */
    record Held(String context, int id, SchemaGuid guid, StoredSchema schema) {}

    /**
     * The schema of an id.
     *
     * @param scope the context in which the id means something; a subject of the default context may stand for one of the
     *     same name in any context
     * @throws SchemaNotFoundException 40403 without such an id
     */
    Held byId(QualifiedSubject scope, int id) {
        QualifiedSubject meant = settings.meant(scope);
        return held(context(meant, id), id)
                .orElseThrow(() -> new SchemaNotFoundException(40403, "Schema " + id + " not found"));
    }

    private String context(QualifiedSubject scope, int id) {
        boolean qualified = !scope.context().equals(QualifiedSubject.DEFAULT_CONTEXT);
        if (qualified || scope.isContext() || holds(scope, id)) {
            return scope.context();
        }
        return state.contexts().keySet().stream()
                .filter(context -> holds(new QualifiedSubject(context, scope.local()), id))
                .findFirst()
                .orElse(scope.context());
    }

    private boolean holds(QualifiedSubject subject, int id) {
        return state.versions(subject.name()).stream().anyMatch(version -> version.id() == id);
    }

    private Optional<Held> held(String context, int id) {
        ContextSchemas schemas = state.schemas(context);
        // One after the other may be gone in between; both are there, or it is gone.
        return schemas.schema(id).flatMap(schema -> schemas.guid(id).map(guid -> new Held(context, id, guid, schema)));
    }

    /** The highest id of a context, 0 before the first. */
    int highestId(String context) {
        return state.schemas(context).highestId();
    }

    /** The versions that hold a schema; sorted by subject, then version. */
    Stream<SubjectVersion> uses(Held held, Shown shown) {
        return state.schemas(held.context()).uses(held.id()).stream()
                .flatMap(use ->
                        state.versions(use.subject()).stream().filter(version -> version.version() == use.version()))
                .filter(shown);
    }

    /**
     * Where a GUID is known: the contexts, by name, with the id it has there.
     *
     * @throws SchemaNotFoundException 40403 if it is nowhere
     */
    List<Held> byGuid(SchemaGuid guid) {
        List<Held> found = state.contexts().entrySet().stream()
                .flatMap(context -> context
                        .getValue()
                        .id(guid)
                        .flatMap(id -> context.getValue()
                                .schema(id)
                                .map(schema -> new Held(context.getKey(), id, guid, schema)))
                        .stream())
                .toList();
        if (found.isEmpty()) {
            throw new SchemaNotFoundException(40403, "Schema " + guid + " not found");
        }
        return found;
    }

    /** The GUID under which a version's schema is known. */
    SchemaGuid guid(SubjectVersion version) {
        return state.schemas(QualifiedSubject.of(version.subject()).context())
                .guid(version.id())
                // It was deleted for good just now.
                .orElseGet(() -> Guids.shared(version.schema()));
    }

    /** How much there is, deleted versions included. */
    Map<String, Integer> counts() {
        int versions = 0;
        for (List<SubjectVersion> subject : state.subjects().values()) {
            versions += subject.size();
        }
        int schemas = 0;
        for (ContextSchemas context : state.contexts().values()) {
            schemas += context.size();
        }
        return new TreeMap<>(Map.of(
                "subjects",
                state.subjects().size(),
                "versions",
                versions,
                "schemas",
                schemas,
                "contexts",
                state.contexts().size()));
    }

    /** How many versions were left out because their id stood for another schema. */
    long duplicateIds() {
        return state.duplicates();
    }

    /** About how much memory is taken by parsed schemas, in bytes. */
    long parsedBytes() {
        return reader.parsedBytes();
    }

    /** A schema as this version understands it. */
    ParsedSchema parsed(String context, StoredSchema schema) {
        return reader.read(context, schema);
    }

    @Override
    public void close() {
        log.close();
    }
}
