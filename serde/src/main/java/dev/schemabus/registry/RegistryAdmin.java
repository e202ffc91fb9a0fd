package dev.schemabus.registry;

import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The operator's verbs on a schema registry: its whole REST API. Nothing here is cached.
 *
 * <p>Every method throws a {@link RegistryException}, whose type says what to do about it. A subject in a context other
 * than the default one is written {@code :.context:subject}, see {@link Subject#in}.
 */
public interface RegistryAdmin {

    /** All subjects, sorted by name. */
    default List<Subject> subjects() {
        return subjects("", DeletedVersions.EXCLUDED);
    }

    /**
     * Subjects, sorted by name.
     *
     * @param prefix what their names begin with; empty for all. {@code :.context:} selects a context, {@code :*:} all of them
     */
    List<Subject> subjects(String prefix, DeletedVersions deleted);

    /**
     * The version numbers of a subject, ascending.
     *
     * @throws SchemaNotFoundException if the subject doesn't exist
     */
    default List<Integer> versions(Subject subject) {
        return versions(subject, DeletedVersions.EXCLUDED);
    }

    /**
     * The version numbers of a subject, ascending.
     *
     * @throws SchemaNotFoundException if the subject has no such versions
     */
    List<Integer> versions(Subject subject, DeletedVersions deleted);

    /**
     * One version of a subject, understood, with all it refers to.
     *
     * @throws SchemaNotFoundException if the subject or the version doesn't exist
     * @throws dev.schemabus.schema.SchemaException if the registry holds it in a form this version can't read
     */
    RegisteredSchema version(Subject subject, int version);

    /**
     * One version of a subject as the registry keeps it, whatever its type.
     *
     * @throws SchemaNotFoundException if the subject or the version doesn't exist
     */
    default StoredVersion stored(SubjectVersion version) {
        return stored(version, DeletedVersions.EXCLUDED);
    }

    /**
     * One version of a subject as the registry keeps it, whatever its type.
     *
     * @param deleted whether it may be a soft-deleted one; not {@code ONLY}
     * @throws SchemaNotFoundException if the subject or the version doesn't exist
     */
    StoredVersion stored(SubjectVersion version, DeletedVersions deleted);

    /** Versions of many subjects, asked for page by page as the stream is read; unsorted. */
    Stream<StoredVersion> schemas(SchemaQuery query);

    /**
     * Finds which version of a subject a schema is.
     *
     * @param deleted whether it may be a soft-deleted one; not {@code ONLY}
     * @throws SchemaNotFoundException if the subject doesn't exist or has no such version
     */
    StoredVersion find(Subject subject, SchemaContent content, DeletedVersions deleted);

    /**
     * Registers a schema of whatever type as the next version of a subject. Doing it again changes nothing and gives the
     * same answer. References to the latest version of a subject are written down by its number.
     *
     * @throws SchemaRefusedException if the registry refuses the schema, for instance as incompatible
     */
    Registration register(Subject subject, SchemaContent content);

    /**
     * Registers a version under the number and the id that it has elsewhere. The subject must be in mode IMPORT. What the
     * registry then holds is read back and compared, since some registries answer well and number as they please.
     *
     * @throws SchemaRefusedException if the registry refuses it, for instance because the id has another schema
     * @throws RegistryIntegrityException if it took it under another number or id, or holds something else
     */
    void importVersion(StoredVersion version);

    /**
     * Soft-deletes a subject: its versions are hidden, their ids stay readable.
     *
     * @return the versions that were deleted
     * @throws SchemaNotFoundException if the subject doesn't exist or is deleted already
     * @throws DeletionRefusedException if others refer to one of its versions
     */
    List<Integer> delete(Subject subject);

    /**
     * Soft-deletes a version: it is hidden, its id stays readable.
     *
     * @return the number of the version that was deleted
     * @throws SchemaNotFoundException if the version doesn't exist or is deleted already
     * @throws DeletionRefusedException if others refer to it
     */
    int delete(SubjectVersion version);

    /**
     * Deletes a soft-deleted subject for good. Data that was written with its schemas may become unreadable.
     *
     * @return the versions that were deleted
     * @throws SchemaNotFoundException if the subject doesn't exist
     * @throws DeletionRefusedException if it isn't soft-deleted, or others refer to one of its versions
     */
    List<Integer> deletePermanently(Subject subject);

    /**
     * Deletes a soft-deleted version for good. Data that was written with it may become unreadable.
     *
     * @return the number of the version that was deleted
     * @throws SchemaNotFoundException if the version doesn't exist
     * @throws DeletionRefusedException if it isn't soft-deleted, or others refer to it
     */
    int deletePermanently(SubjectVersion version);

    /**
     * The schema behind an id as the registry keeps it, in the default context or that of the URL.
     *
     * @throws SchemaNotFoundException if the registry doesn't know the id
     */
    default SchemaContent content(SchemaId id) {
        return content(id, "");
    }

    /**
     * The schema behind an id as the registry keeps it.
     *
     * @param context where the id is looked for, such as {@code .backup}; if empty, in the default context or that of the URL
     * @throws SchemaNotFoundException if the registry doesn't know the id there
     */
    SchemaContent content(SchemaId id, String context);

    /**
     * The schema behind a GUID as the registry keeps it.
     *
     * @throws SchemaNotFoundException if the registry doesn't know the GUID, or knows no GUIDs at all
     */
    SchemaContent content(SchemaGuid guid);

    /**
     * The subjects that hold the schema with an id, sorted.
     *
     * @param context where the id is looked for, such as {@code .backup}; if empty, in the default context or that of the URL
     * @param deleted whether soft-deleted ones count; not {@code ONLY}
     * @throws SchemaNotFoundException if the registry doesn't know the id there
     */
    List<Subject> subjects(SchemaId id, String context, DeletedVersions deleted);

    /**
     * The versions that hold the schema with an id, sorted.
     *
     * @param context where the id is looked for, such as {@code .backup}; if empty, in the default context or that of the URL
     * @param deleted whether soft-deleted ones count; not {@code ONLY}
     * @throws SchemaNotFoundException if the registry doesn't know the id there
     */
    List<SubjectVersion> versions(SchemaId id, String context, DeletedVersions deleted);

    /**
     * The ids that a GUID's schema has, by context; the default context is {@code .}.
     *
     * @throws SchemaNotFoundException if the registry doesn't know the GUID, or knows no GUIDs at all
     */
    SortedMap<String, SchemaId> ids(SchemaGuid guid);

    /**
     * The highest id given so far.
     *
     * @param known an id that exists, which registries want to be told
     * @throws SchemaNotFoundException if the registry doesn't know the id
     */
    SchemaId highestId(SchemaId known);

    /**
     * The ids of schemas that refer to a version directly, ascending.
     *
     * @throws SchemaNotFoundException if the version doesn't exist
     */
    List<SchemaId> referencedBy(SubjectVersion version);

    /**
     * Who would notice if a version changed: all versions that refer to it, directly or not, sorted.
     *
     * @throws SchemaNotFoundException if the version doesn't exist
     */
    default List<SubjectVersion> usedBy(SubjectVersion version) {
        return ReverseReferences.of(this, version);
    }

    /**
     * A schema with all that it refers to, fetched and put together; {@link EventSchema#inlined} of it stands for itself.
     *
     * @throws SchemaNotFoundException if it refers to a version that doesn't exist
     * @throws dev.schemabus.schema.SchemaException if it can't be read, or refers to too much or back to itself
     */
    EventSchema resolved(SchemaContent content);

    /**
     * Asks the registry whether a schema may become the next version of a subject, at the subject's level.
     *
     * @return the registry's reasons against it, empty if it may
     */
    default List<String> incompatibilities(Subject subject, EventSchema schema) {
        return incompatibilities(subject, SchemaContent.of(schema));
    }

    /**
     * Asks the registry whether a schema may become the next version of a subject, at the subject's level.
     *
     * @return the registry's reasons against it, empty if it may
     */
    List<String> incompatibilities(Subject subject, SchemaContent content);

    /**
     * Asks the registry whether a schema and one version of a subject keep the subject's level.
     *
     * @return the registry's reasons against it, empty if they do
     * @throws SchemaNotFoundException if the version doesn't exist
     */
    List<String> incompatibilities(SubjectVersion version, SchemaContent content);

    /** The types of schema that the registry understands, such as {@code AVRO}. */
    List<String> schemaTypes();

    /** The settings of subjects that have none of their own. */
    SubjectConfig config();

    /** A subject's own settings; empty if it follows the global ones. */
    Optional<SubjectConfig> config(Subject subject);

    /** The settings that count for a subject: its own, or else the global ones. */
    SubjectConfig configInForce(Subject subject);

    /**
     * Sets what isn't empty of the settings of subjects that have none of their own.
     *
     * @throws SchemaRefusedException if the registry refuses a setting, or its mode allows no change
     */
    void setConfig(SubjectConfig config);

    /**
     * Sets what isn't empty of a subject's own settings. The subject need not exist yet.
     *
     * @throws SchemaRefusedException if the registry refuses a setting, or its mode allows no change
     */
    void setConfig(Subject subject, SubjectConfig config);

    /** Sets the settings of subjects that have none of their own back to the registry's defaults. */
    void clearConfig();

    /** Takes a subject's own settings back, if it has any: it follows the global ones. */
    void clearConfig(Subject subject);

    /** The level of subjects that have none of their own. */
    CompatibilityLevel compatibility();

    /** Sets the level of subjects that have none of their own. */
    default void setCompatibility(CompatibilityLevel level) {
        setConfig(SubjectConfig.of(level));
    }

    /** A subject's own level; empty if it follows the global one. */
    default Optional<CompatibilityLevel> compatibility(Subject subject) {
        return config(subject).flatMap(SubjectConfig::level);
    }

    /** Sets a subject's own level. The subject need not exist yet. */
    default void setCompatibility(Subject subject, CompatibilityLevel level) {
        setConfig(subject, SubjectConfig.of(level));
    }

    /** The mode of subjects that have none of their own. */
    RegistryMode mode();

    /** Sets the mode of subjects that have none of their own. */
    default void setMode(RegistryMode mode) {
        setMode(mode, false);
    }

    /**
     * Sets the mode of subjects that have none of their own.
     *
     * @param force whether IMPORT may be set although there are schemas
     * @throws SchemaRefusedException if there are, and it is not forced
     */
    void setMode(RegistryMode mode, boolean force);

    /** A subject's own mode; empty if it follows the global one. */
    Optional<RegistryMode> mode(Subject subject);

    /** The mode that counts for a subject: its own, or else the global one. */
    RegistryMode modeInForce(Subject subject);

    /** Sets a subject's own mode. */
    default void setMode(Subject subject, RegistryMode mode) {
        setMode(subject, mode, false);
    }

    /**
     * Sets a subject's own mode.
     *
     * @param force whether IMPORT may be set although the subject has versions
     * @throws SchemaRefusedException if it has, and it is not forced
     */
    void setMode(Subject subject, RegistryMode mode, boolean force);

    /** Sets the mode of subjects that have none of their own back to the registry's default. */
    void clearMode();

    /** Takes a subject's own mode back, if it has one: it follows the global one. */
    void clearMode(Subject subject);

    /** The contexts, sorted; the default one is {@code .}. */
    List<String> contexts();

    /** Which registry answers, and in which release. */
    ServerIdentity server();
}
