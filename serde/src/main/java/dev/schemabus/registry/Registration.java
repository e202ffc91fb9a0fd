package dev.schemabus.registry;

import java.util.Optional;

/**
 * What a registry calls a schema that it has taken.
 *
 * @param id its id, the same under every subject that holds the same schema
 * @param guid its GUID; empty if the registry's answer has none, as those from before the 8.x line have
 */
public record Registration(SchemaId id, Optional<SchemaGuid> guid) {}
