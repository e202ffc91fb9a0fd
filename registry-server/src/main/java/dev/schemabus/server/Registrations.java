package dev.schemabus.server;

import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a registry holds right now: the sum of all {@link Change}s. It answers and applies, and judges nothing. Every
 * method is atomic; what it returns is a copy.
 */
final class Registrations {

    private final NavigableMap<Subject, NavigableMap<Integer, RegisteredSchema>> subjects = new TreeMap<>();
    private final Map<SchemaId, EventSchema> schemasById = new HashMap<>();
    private final Map<EventSchema, SchemaId> idsBySchema = new HashMap<>();
    private final Map<SchemaGuid, SchemaId> idsByGuid = new HashMap<>();
    private final Map<Optional<Subject>, CompatibilityLevel> levels = new HashMap<>();
    private final Map<Optional<Subject>, RegistryMode> modes = new HashMap<>();
    private int highestId;

    synchronized void apply(Change change) {
        if (change instanceof Change.SchemaStored stored) {
            add(registered(stored));
        } else if (change instanceof Change.ConfigStored set) {
            setOrRemove(levels, set.subject().map(Subject::new), set.config().compatibilityLevel());
        } else if (change instanceof Change.ConfigRemoved removed) {
            levels.remove(removed.subject().map(Subject::new));
        } else if (change instanceof Change.ModeStored set) {
            modes.put(set.subject().map(Subject::new), set.mode());
        } else if (change instanceof Change.ModeRemoved removed) {
            modes.remove(removed.subject().map(Subject::new));
        }
    }

    private static RegisteredSchema registered(Change.SchemaStored stored) {
        StoredSchema schema = stored.schema();
        EventSchema read = EventSchema.registered(SchemaFormat.parse(schema.type()), schema.text());
        return new RegisteredSchema(
                new Subject(stored.subject()),
                stored.version(),
                new SchemaId(stored.id()),
                Optional.of(Guids.of(read)),
                read);
    }

    private void add(RegisteredSchema added) {
        subjects.computeIfAbsent(added.subject(), s -> new TreeMap<>()).put(added.version(), added);
        schemasById.putIfAbsent(added.id(), added.schema());
        idsBySchema.putIfAbsent(added.schema(), added.id());
        added.guid().ifPresent(guid -> idsByGuid.putIfAbsent(guid, added.id()));
        highestId = Math.max(highestId, added.id().value());
    }

    private static <V> void setOrRemove(
            Map<Optional<Subject>, V> settings, Optional<Subject> subject, Optional<V> value) {
        value.ifPresentOrElse(v -> settings.put(subject, v), () -> settings.remove(subject));
    }

    synchronized List<Subject> subjects() {
        return List.copyOf(subjects.keySet());
    }

    /** The versions of a subject, oldest first; empty if there is no such subject. */
    synchronized List<RegisteredSchema> versions(Subject subject) {
        NavigableMap<Integer, RegisteredSchema> versions = subjects.get(subject);
        return versions == null ? List.of() : List.copyOf(versions.values());
    }

    synchronized Optional<EventSchema> schema(SchemaId id) {
        return Optional.ofNullable(schemasById.get(id));
    }

    synchronized Optional<SchemaId> id(SchemaGuid guid) {
        return Optional.ofNullable(idsByGuid.get(guid));
    }

    /** The id that a schema has already, under whatever subject, or else the next free one. */
    synchronized SchemaId idFor(EventSchema schema) {
        SchemaId known = idsBySchema.get(schema);
        return known == null ? new SchemaId(Math.addExact(highestId, 1)) : known;
    }

    /** Every version, of any subject, that holds the schema with this id; sorted by subject, then version. */
    synchronized List<RegisteredSchema> uses(SchemaId id) {
        List<RegisteredSchema> uses = new ArrayList<>();
        for (NavigableMap<Integer, RegisteredSchema> versions : subjects.values()) {
            for (RegisteredSchema version : versions.values()) {
                if (version.id().equals(id)) {
                    uses.add(version);
                }
            }
        }
        return uses;
    }

    /** The level set for a subject itself, or the global one if the subject is empty. */
    synchronized Optional<CompatibilityLevel> level(Optional<Subject> subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    /** The mode set for a subject itself, or the global one if the subject is empty. */
    synchronized Optional<RegistryMode> mode(Optional<Subject> subject) {
        return Optional.ofNullable(modes.get(subject));
    }
}
