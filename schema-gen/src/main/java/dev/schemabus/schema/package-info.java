/**
 * API: from annotated Java records to Avro and JSON schemas, and the rules that compare two schemas.
 *
 * <p>Two doors: {@link dev.schemabus.schema.SchemaGenerator} makes a schema from a class,
 * {@link dev.schemabus.schema.Compatibility} judges a change. Neither knows Kafka, HTTP or a registry. SPI:
 * {@link dev.schemabus.schema.LogicalType} writes a class that the generator doesn't know.
 *
 * <p>Inside, {@code ShapeReader} reads a class into a {@link dev.schemabus.schema.Shape}, which {@code AvroRenderer} and
 * {@code JsonRenderer} write as an {@link dev.schemabus.schema.EventSchema}; {@code TextTypes}, {@code TimeTypes} and
 * their like are the standard logical types; {@code AvroRules} and {@code JsonRules} judge what is compatible,
 * {@code AvroSemantics} and {@code JsonSemantics} what passes and still changes data.
 */
@NullMarked
package dev.schemabus.schema;

import org.jspecify.annotations.NullMarked;
