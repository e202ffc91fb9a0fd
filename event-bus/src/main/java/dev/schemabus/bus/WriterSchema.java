package dev.schemabus.bus;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.Subject;
import java.util.Optional;

/**
 * Internal: what is known of the schema that a record was written under.
 *
 * @param id as the record names it, or as its subject has it
 * @param guid likewise; empty with a registry that gives none
 * @param subject as the bus names it
 * @param name of the type, in the schema
 */
record WriterSchema(
        Optional<SchemaId> id, Optional<SchemaGuid> guid, Optional<Subject> subject, Optional<String> name) {

    /** Nothing is known. */
    static final WriterSchema UNKNOWN =
            new WriterSchema(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
