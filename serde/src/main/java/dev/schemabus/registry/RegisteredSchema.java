package dev.schemabus.registry;

import dev.schemabus.schema.EventSchema;

/**
 * A schema as a registry holds it.
 *
 * @param subject the subject it is a version of
 * @param version its number there, from 1
 * @param id its id, the same under every subject that holds the same schema
 * @param schema the schema itself
 */
public record RegisteredSchema(Subject subject, int version, SchemaId id, EventSchema schema) {}
