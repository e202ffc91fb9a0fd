package dev.schemabus.server;

import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How a schema becomes a version. */
final class Registering {

    private final Registrations state;
    private final Settings settings;
    private final SchemaReader reader;
    private final Lookups lookups;
    private final Comparing comparing;
    private final Writes writes;

    Registering(
            Registrations state,
            Settings settings,
            SchemaReader reader,
            Lookups lookups,
            Comparing comparing,
            Writes writes) {
        this.state = state;
        this.settings = settings;
        this.reader = reader;
        this.lookups = lookups;
        this.comparing = comparing;
        this.writes = writes;
    }

    /**
     * What somebody wants to register.
     *
     * @param schema as it was sent; without a text, the latest version's is meant
     * @param id in modes IMPORT and FORWARD, the id it has elsewhere
     * @param version in modes IMPORT and FORWARD, the version it has elsewhere; else, if given, the next
     * @param normalize whether it is brought into its normal form first
     */
    record Asked(StoredSchema schema, OptionalInt id, OptionalInt version, boolean normalize) {

        private boolean isMet(SubjectVersion there) {
            return (id.isEmpty() || id.getAsInt() == there.id())
                    && (version.isEmpty() || version.getAsInt() == there.version());
        }
    }

    /**
     * Makes a schema the next version of a subject, unless it is a version already.
     *
     * @return the version that holds the schema now
     * @throws SchemaRefusedException 40901 if incompatible, 42201 if it is invalid or can't be compared, 42205 if the mode
     *     doesn't permit it or the id stands for another schema, 42207 if the version does
     */
    SubjectVersion register(QualifiedSubject subject, Asked asked) {
        boolean normalize = asked.normalize() || settings.inForce(subject).normalize();
        StoredSchema schema = reader.accept(
                subject.context(),
                filled(subject, asked.schema()),
                normalize,
                asked.id().isPresent());
        return there(subject, schema, asked).orElseGet(() -> writes.decide(() -> decide(subject, schema, asked)));
    }

    /** A schema that was sent without a text is the latest version's, with metadata and rules of its own. */
    private StoredSchema filled(QualifiedSubject subject, StoredSchema sent) {
        if (!sent.text().isEmpty()) {
            return sent;
        }
        StoredSchema latest = latest(subject)
                .orElseThrow(() -> new SchemaRefusedException(
                        42201, "Empty schema: " + subject + " has no version yet whose schema could be meant"));
        return latest.with(sent.metadata(), sent.ruleSet());
    }

    private Optional<StoredSchema> latest(QualifiedSubject subject) {
        return Lookups.newest(state.versions(subject.name()), SubjectVersion.Shown.LIVE)
                .map(SubjectVersion::schema);
    }

    /** A schema as the subject's settings and its latest version complete it. */
    StoredSchema completed(QualifiedSubject subject, StoredSchema schema) {
        return Metadata.completed(schema, latest(subject), settings.inForce(subject));
    }

    private SubjectVersion decide(QualifiedSubject subject, StoredSchema schema, Asked asked) {
        Optional<SubjectVersion> there = there(subject, schema, asked);
        if (there.isPresent()) {
            return there.get();
        }
        RegistryMode mode = checkedMode(subject, asked);
        reader.references(subject.context(), schema); // still there, now that nobody else may delete them
        List<SubjectVersion> versions = state.versions(subject.name());
        List<SubjectVersion> live =
                versions.stream().filter(SubjectVersion.Shown.LIVE).toList();
        StoredSchema whole = schema;
        if (!takesIds(mode)) {
            whole = completed(subject, schema);
            there = there(subject, whole, asked);
            if (there.isPresent()) {
                return there.get();
            }
            comparing.checkCompatible(subject, whole, live);
        }
        ContextSchemas context = state.schemas(subject.context());
        SchemaGuid guid = Guids.of(whole);
        int version = version(subject, asked, mode);
        int id = asked.id().isPresent() ? free(context, asked.id().getAsInt(), guid) : context.idFor(guid);
        SubjectVersion added = new SubjectVersion(subject.name(), version, id, whole, false);
        refuseReplacing(versions, added);
        writes.append(changes(subject.context(), versions, added));
        return added;
    }

    private Optional<SubjectVersion> there(QualifiedSubject subject, StoredSchema schema, Asked asked) {
        return lookups.find(subject.context(), state.versions(subject.name()), schema, SubjectVersion.Shown.LIVE)
                .filter(asked::isMet);
    }

    private RegistryMode checkedMode(QualifiedSubject subject, Asked asked) {
        RegistryMode mode = settings.modeInForce(subject);
        boolean permitted = asked.id().isPresent() ? takesIds(mode) : mode == RegistryMode.READWRITE;
        if (!permitted) {
            throw new SchemaRefusedException(
                    42205,
                    subject + " is in mode " + mode + ": registering"
                            + (asked.id().isPresent()
                                    ? " with an id needs IMPORT or FORWARD"
                                    : (takesIds(mode) ? " without an id" : "") + " needs READWRITE")
                            + " (PUT /mode or /mode/{subject} changes it)");
        }
        return mode;
    }

    /** Whether schemas come from another registry, with their ids and versions, and as they are. */
    private static boolean takesIds(RegistryMode mode) {
        return mode == RegistryMode.IMPORT || mode == RegistryMode.FORWARD;
    }

    private int version(QualifiedSubject subject, Asked asked, RegistryMode mode) {
        int next = Math.addExact(state.highestVersion(subject.name()), 1);
        int version = asked.version().orElse(next);
        if (version != next && !takesIds(mode)) {
            throw new SchemaRefusedException(
                    42201,
                    subject + " has " + next + " as its next version, not " + version + ": leave the version out");
        }
        return version;
    }

    private static int free(ContextSchemas context, int id, SchemaGuid guid) {
        Optional<SchemaGuid> taken = context.identity(id);
        if (taken.isPresent() && !taken.get().equals(guid)) {
            throw new SchemaRefusedException(
                    42205,
                    "Overwrite new schema with id " + id
                            + " is not permitted: it stands for another schema, choose another" + " id");
        }
        return id;
    }

    private static void refuseReplacing(List<SubjectVersion> versions, SubjectVersion added) {
        for (SubjectVersion version : versions) {
            if (version.version() == added.version() && version.id() != added.id()) {
                throw new SchemaRefusedException(
                        42207,
                        "Version " + added.version() + " of subject '" + added.subject() + "' holds id " + version.id()
                                + ", not " + added.id() + ": choose another version, or delete that one for good");
            }
        }
    }

    /** The new version takes the place of earlier ones of the same schema that are deleted softly. */
    private List<Change> changes(String context, List<SubjectVersion> versions, SubjectVersion added) {
        List<Change> changes = new ArrayList<>();
        if (!state.isAnnounced(context)) {
            changes.add(new Change.ContextStored(context));
        }
        changes.add(added.stored());
        for (SubjectVersion version : versions) {
            if (version.deleted() && version.id() == added.id() && version.version() < added.version()) {
                changes.add(new Change.SchemaRemoved(version.subject(), version.version()));
            }
        }
        return changes;
    }
}
