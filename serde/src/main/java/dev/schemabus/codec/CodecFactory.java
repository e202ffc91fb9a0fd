package dev.schemabus.codec;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes encoders and decoders. Making one costs a plan and a class; keep it and use it for every record of that type and
 * writer schema.
 */
public final class CodecFactory {

    private final SchemaGenerator generator;
    private final CodecSettings settings;

    /** A factory that sees types as the generator does. */
    public CodecFactory(SchemaGenerator generator) {
        this(generator, CodecSettings.STANDARD);
    }

    private CodecFactory(SchemaGenerator generator, CodecSettings settings) {
        this.generator = generator;
        this.settings = settings;
    }

    /** A copy whose codecs run in another way. Default: {@link CodecMode#GENERATED}. */
    public CodecFactory withMode(CodecMode other) {
        return new CodecFactory(generator, settings.withMode(other));
    }

    /** A copy with other limits. Default: {@link Limits#standard}. */
    public CodecFactory withLimits(Limits other) {
        return new CodecFactory(generator, settings.withLimits(other));
    }

    /**
     * A copy whose JSON codecs check, in both directions, that values keep to what the writer schema asserts and their type
     * doesn't guarantee: lengths, patterns, bounds … {@code format} only describes. Default: they don't. The keywords that
     * can be checked on a value while it streams by are; a schema that says more is given to a validator, which needs
     * {@code com.networknt:json-schema-validator} on the class path and takes several times as long.
     */
    public CodecFactory withValidation(boolean validating) {
        return new CodecFactory(generator, settings.withValidating(validating));
    }

    /**
     * A copy whose JSON decoders refuse a property that a record has no component for. Default: they pass over it, so that a
     * compatible new version of a producer doesn't stop its consumers.
     */
    public CodecFactory withUnknownPropertiesRefused(boolean refused) {
        return new CodecFactory(generator, settings.withRefusingUnknown(refused));
    }

    /**
     * An encoder that writes values under a schema.
     *
     * @param type a record, or a sealed interface over records; for Avro also {@code GenericRecord}, or a class that Avro's
     *     compiler made
     * @param writerSchema the schema of the payloads, in either format; need not be the type's own
     * @throws UnreadableSchemaException if the type can't be written under that schema
     * @throws dev.schemabus.schema.SchemaException if the type has no schema
     */
    public <T> Encoder<T> encoder(Class<T> type, EventSchema writerSchema) {
        if (GenericCodecs.areFor(type)) {
            return new GenericCodecs(settings.limits()).encoder(type, writerSchema);
        }
        Shape shape = generator.shape(type);
        return switch (writerSchema.format()) {
            case AVRO -> new AvroCodecs(settings).encoder(type, shape, writerSchema);
            case JSON -> new JsonCodecs(settings).encoder(type, shape, writerSchema);
        };
    }

    /**
     * A decoder that reads what was written under a schema.
     *
     * @param type a record, or a sealed interface over records; for Avro also {@code GenericRecord}, or a class that Avro's
     *     compiler made
     * @param writerSchema the schema of the payloads, in either format; need not be the type's own
     * @throws UnreadableSchemaException if no value of that schema can be read as the type
     * @throws dev.schemabus.schema.SchemaException if the type has no schema
     */
    public <T> Decoder<T> decoder(Class<T> type, EventSchema writerSchema) {
        if (GenericCodecs.areFor(type)) {
            return new GenericCodecs(settings.limits()).decoder(type, writerSchema);
        }
        Shape shape = generator.shape(type);
        return switch (writerSchema.format()) {
            case AVRO ->
                new AvroCodecs(settings)
                        .decoder(type, shape, writerSchema, generator.generate(type, SchemaFormat.AVRO));
            case JSON -> new JsonCodecs(settings).decoder(type, shape, writerSchema);
        };
    }

    /**
     * A decoder for payloads of a union at the root, of which each says which branch it holds: in Avro by the index before the
     * value, in JSON by the property {@code @type}. A branch that can't be read matters only to the payloads that hold it.
     *
     * @param union a schema with {@link EventSchema#branches}
     * @param binding the type for a branch, if there is one
     * @param refusal what to throw for a payload of a branch that has none
     */
    public <T> Decoder<T> union(
            EventSchema union,
            Function<EventSchema, Optional<Class<? extends T>>> binding,
            Function<EventSchema, ? extends RuntimeException> refusal) {
        RootUnion<T> root = new RootUnion<>(this, union, binding, refusal);
        return switch (union.format()) {
            case AVRO -> root.avro();
            case JSON -> root.json(new JsonCodecs(settings));
        };
    }

    Shape shape(Class<?> type) {
        return generator.shape(type);
    }

    /** Both, see {@link #encoder} and {@link #decoder}. */
    public <T> Codec<T> codec(Class<T> type, EventSchema writerSchema) {
        Encoder<T> encoder = encoder(type, writerSchema);
        Decoder<T> decoder = decoder(type, writerSchema);
        return new Codec<>() {
            @Override
            public byte[] encode(T value, int headroom) {
                return encoder.encode(value, headroom);
            }

            @Override
            public T decode(byte[] bytes, int offset, int length) {
                return decoder.decode(bytes, offset, length);
            }
        };
    }
}
