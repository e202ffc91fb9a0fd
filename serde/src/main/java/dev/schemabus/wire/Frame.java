package dev.schemabus.wire;

import dev.schemabus.registry.SchemaId;
import java.nio.ByteBuffer;

/**
 * A record's bytes taken apart.
 *
 * @param id the id of the schema the payload was written with
 * @param payload the payload, a view of the record's bytes; may be empty (a record without components)
 */
public record Frame(SchemaId id, ByteBuffer payload) {}
