package dev.schemabus.schema;

/**
 * A schema that another one refers to instead of repeating it.
 *
 * @param name what the referring text calls it: in Avro the full name of the type, in JSON what {@code $ref} says before
 *     any {@code #}. Generated schemas say the full name in both, such as {@code com.acme.Address}
 * @param schema what the name stands for, with references of its own
 */
public record SchemaReference(String name, EventSchema schema) {}
