package dev.schemabus.registry;

import java.util.Optional;

/**
 * A version of a subject as the registry keeps it, whatever its type. {@link RegisteredSchema} is the same for serializers,
 * which need it understood.
 *
 * @param name its subject and number
 * @param id its id, the same under every subject of a context that holds the same schema
 * @param guid its GUID; empty if the registry's answer has none, as those from before the 8.x line have
 * @param content what was registered
 * @param deleted whether it is soft-deleted, as far as the registry says so
 */
public record StoredVersion(
        SubjectVersion name, SchemaId id, Optional<SchemaGuid> guid, SchemaContent content, boolean deleted) {

    /** One that isn't deleted and whose GUID is for the registry to say. */
    public StoredVersion(Subject subject, int version, SchemaId id, SchemaContent content) {
        this(new SubjectVersion(subject, version), id, Optional.empty(), content, false);
    }

    /** The subject. */
    public Subject subject() {
        return name.subject();
    }

    /** The number, from 1. */
    public int version() {
        return name.version();
    }
}
