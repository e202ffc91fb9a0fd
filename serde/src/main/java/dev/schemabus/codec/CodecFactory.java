package dev.schemabus.codec;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;

/** Makes codecs. Making one costs a plan; keep it and use it for every record of that type and writer schema. */
public final class CodecFactory {

    private final SchemaGenerator generator;

    /** A factory that sees types as the generator does. */
    public CodecFactory(SchemaGenerator generator) {
        this.generator = generator;
    }

    /**
     * A codec that writes values under a schema, and reads what was written under it.
     *
     * @param type a record, or a sealed interface over records
     * @param writerSchema the schema of the payloads, in either format; need not be the type's own
     * @throws UnreadableSchemaException if the type can't be written under, or read from, that schema
     * @throws dev.schemabus.schema.SchemaException if the type has no schema
     */
    public <T> Codec<T> codec(Class<T> type, EventSchema writerSchema) {
        Shape shape = generator.shape(type);
        return switch (writerSchema.format()) {
            case AVRO -> new AvroCodec<>(type, shape, writerSchema, generator.generate(type, writerSchema.format()));
            case JSON -> new JsonCodec<>(type, shape);
        };
    }
}
