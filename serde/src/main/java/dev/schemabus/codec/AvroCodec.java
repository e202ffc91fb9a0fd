package dev.schemabus.codec;

import dev.schemabus.schema.Compatibility;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Avro binary. Writing walks the value along the writer schema; reading leaves schema resolution to Avro's generic
 * reader, which loads no classes, and builds records from what it gives.
 */
final class AvroCodec<T> implements Codec<T> {

    private final Class<T> type;
    private final AvroWriting.@Nullable Node writing;
    private final String whyNotWritable;
    private final GenericDatumReader<Object> reader;
    private final AvroReading.Node reading;

    AvroCodec(Class<T> type, Shape shape, EventSchema writerSchema, EventSchema ownSchema) {
        this.type = type;
        requireReadable(type, writerSchema, ownSchema);
        requireSameMeaning(type, writerSchema, ownSchema);
        // What a registry holds is taken as it is, see EventSchema.registered.
        Schema writer = new Schema.Parser(NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(writerSchema.inlined().text());
        Schema own = new Schema.Parser().parse(ownSchema.inlined().text());
        AvroWriting.@Nullable Node node = null;
        String problem = "";
        try {
            node = new AvroWriting().node(shape, writer);
        } catch (PathException e) {
            problem = e.describe(type);
        }
        this.writing = node;
        this.whyNotWritable = problem;
        this.reader = new GenericDatumReader<>(writer, own, new GenericData());
        this.reading = new AvroReading().node(shape);
    }

    private static void requireReadable(Class<?> type, EventSchema writerSchema, EventSchema ownSchema) {
        refuse(type, writerSchema, Compatibility.check(CompatibilityLevel.BACKWARD, ownSchema, List.of(writerSchema)));
    }

    /** Schema resolution looks at plain types alone: microseconds would be read as milliseconds. */
    private static void requireSameMeaning(Class<?> type, EventSchema writerSchema, EventSchema ownSchema) {
        refuse(
                type,
                writerSchema,
                Compatibility.warnings(ownSchema, writerSchema).stream()
                        .filter(warning -> warning.kind().reinterprets())
                        .toList());
    }

    private static void refuse(Class<?> type, EventSchema writerSchema, List<?> obstacles) {
        if (!obstacles.isEmpty()) {
            throw new UnreadableSchemaException("Data of schema "
                    + writerSchema.name().orElse("(no name)") + " can't be read as " + type.getName() + ": "
                    + obstacles.stream().map(Object::toString).collect(Collectors.joining("; ")));
        }
    }

    @Override
    public byte[] encode(T value, int headroom) {
        if (writing == null) {
            throw new UnreadableSchemaException(
                    type.getName() + " can't be written under this writer schema: " + whyNotWritable);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(headroom + 256);
        out.write(new byte[headroom], 0, headroom);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            writing.write(value, encoder);
            encoder.flush();
        } catch (PathException e) {
            throw new MismatchedValueException(e.describe(type), e.getCause() == null ? e : e.getCause());
        } catch (StackOverflowError e) {
            throw new MismatchedValueException(
                    type.getSimpleName() + ": the value is nested too deep to be written", e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory doesn't fail to take bytes", e);
        }
        return out.toByteArray();
    }

    @Override
    public T decode(ByteBuffer payload) {
        PayloadDecoder decoder = new PayloadDecoder(payload);
        T value;
        try {
            Object generic = reader.read(null, decoder);
            value = type.cast(Objects.requireNonNull(reading.read(generic)));
        } catch (PathException e) {
            throw new MalformedPayloadException(e.describe(type), e.getCause() == null ? e : e.getCause());
        } catch (IOException | RuntimeException e) {
            // Avro answers corrupt bytes with many kinds of exception: index out of bounds, class cast, …
            throw malformed(payload, String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw malformed(payload, "it is nested too deep", e);
        }
        if (decoder.unread() > 0) {
            throw new MalformedPayloadException(type.getSimpleName() + ": " + decoder.unread()
                    + " bytes follow the value in a payload of " + payload.remaining()
                    + " bytes. Was it written with another schema?");
        }
        return value;
    }

    private MalformedPayloadException malformed(ByteBuffer payload, String why, Throwable cause) {
        return new MalformedPayloadException(
                type.getSimpleName() + ": the payload of " + payload.remaining()
                        + " bytes is not a value of its schema (" + why + ")",
                cause);
    }
}
