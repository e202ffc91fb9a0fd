package dev.schemabus.registry;

import dev.schemabus.schema.EventSchema;
import java.util.Map;

/**
 * What a serializer or deserializer needs of a schema registry. Implementations may be called from many threads.
 *
 * <p>A method that fails throws a {@link RegistryException}, whose type says what to do about it.
 */
public interface SchemaRegistry {

    /**
     * Registers a schema as the next version of a subject. Doing it again changes nothing and gives the same answer.
     *
     * @throws SchemaRefusedException if the registry refuses the schema, for instance as incompatible
     */
    Registration register(Subject subject, EventSchema schema);

    /**
     * Finds which version of a subject a schema is.
     *
     * @throws SchemaNotFoundException if the subject doesn't exist or has no such version
     */
    RegisteredSchema lookup(Subject subject, EventSchema schema);

    /**
     * The newest version of a subject.
     *
     * @throws SchemaNotFoundException if the subject doesn't exist
     * @throws dev.schemabus.schema.SchemaException if the registry holds it in a form this version can't read
     */
    RegisteredSchema latest(Subject subject);

    /**
     * The newest version of a subject, asked for now: {@link #latest} may give what was the newest some time ago.
     *
     * @throws SchemaNotFoundException as {@link #latest}
     * @throws dev.schemabus.schema.SchemaException as {@link #latest}
     */
    default RegisteredSchema freshLatest(Subject subject) {
        return latest(subject);
    }

    /**
     * The newest of a subject's versions that were registered with certain metadata.
     *
     * @param metadata properties that the version's metadata must have, with these values; not empty
     * @throws SchemaNotFoundException if the subject doesn't exist, or has no such version
     * @throws SchemaRefusedException if the registry keeps no metadata
     * @throws dev.schemabus.schema.SchemaException if the registry holds it in a form this version can't read
     */
    RegisteredSchema latestWith(Subject subject, Map<String, String> metadata);

    /**
     * The schema behind an id. What an id means never changes.
     *
     * @throws SchemaNotFoundException if the registry doesn't know the id (yet)
     * @throws dev.schemabus.schema.SchemaException if the registry holds it in a form this version can't read
     */
    EventSchema byId(SchemaId id);

    /**
     * The schema behind a GUID. What a GUID means never changes.
     *
     * @throws SchemaNotFoundException if the registry doesn't know the GUID (yet), or knows no GUIDs at all
     * @throws dev.schemabus.schema.SchemaException if the registry holds it in a form this version can't read
     */
    EventSchema byGuid(SchemaGuid guid);
}
