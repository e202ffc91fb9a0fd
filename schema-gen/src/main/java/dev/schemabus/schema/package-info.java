/**
 * API: from annotated Java records to Avro and JSON schemas, and the rules that compare two schemas.
 *
 * <p>Two doors: {@link dev.schemabus.schema.SchemaGenerator} makes a schema from a class,
 * {@link dev.schemabus.schema.Compatibility} judges a change. Neither knows Kafka, HTTP or a registry.
 */
@NullMarked
package dev.schemabus.schema;

import org.jspecify.annotations.NullMarked;
