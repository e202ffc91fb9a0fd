package dev.schemabus.registry;

import dev.schemabus.schema.EventSchema;
import java.util.Optional;

/**
 * A schema as a registry holds it.
 *
 * @param subject the subject it is a version of
 * @param version its number there, from 1
 * @param id its id, the same under every subject that holds the same schema
 * @param guid its GUID; empty if the registry's answer has none, as those from before the 8.x line have
 * @param schema the schema itself
 * @param hasRules whether it was registered with rules that clients are to run on data, such as to encrypt a field
 */
public record RegisteredSchema(
        Subject subject, int version, SchemaId id, Optional<SchemaGuid> guid, EventSchema schema, boolean hasRules) {

    /** One without rules. */
    public RegisteredSchema(Subject subject, int version, SchemaId id, Optional<SchemaGuid> guid, EventSchema schema) {
        this(subject, version, id, guid, schema, false);
    }
}
