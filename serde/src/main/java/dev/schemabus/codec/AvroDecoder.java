package dev.schemabus.codec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values from Avro binary: by the generated class if there is one, and by its plan where that fails, to say why. */
final class AvroDecoder<T> implements Decoder<T> {

    private final Class<T> type;
    private final ReadStep plan;
    private final @Nullable GeneratedReader generated;
    private final Limits limits;

    AvroDecoder(Class<T> type, ReadStep plan, @Nullable GeneratedReader generated, Limits limits) {
        this.type = type;
        this.plan = plan;
        this.generated = generated;
        this.limits = limits;
    }

    @Override
    public T decode(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length > limits.valueBytes()) {
            throw malformed(
                    "",
                    "it is longer than " + limits.valueBytes() + " bytes, the limit (schemabus.limits.value.bytes)",
                    0,
                    length,
                    null);
        }
        GeneratedReader fast = generated;
        if (fast != null) {
            try {
                return known(fast.readWhole(bytes, offset, length, limits));
            } catch (RuntimeException | StackOverflowError e) {
                // What is wrong, and where, is told by the plan.
            }
        }
        return interpret(bytes, offset, length);
    }

    @SuppressWarnings("unchecked") // it was generated for the type, and a cast costs as much as a field
    private T known(Object value) {
        return (T) value;
    }

    private T interpret(byte[] bytes, int offset, int length) {
        AvroInput in = new AvroInput(bytes, offset, length, limits);
        T value;
        try {
            value = type.cast(Objects.requireNonNull(plan.read(in)));
        } catch (PathException e) {
            throw malformed(e.path(), e.problem(), in.offset(), length, e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException | StackOverflowError e) {
            throw malformed("", "it is no value of its schema (" + e + ")", in.offset(), length, e);
        }
        if (in.unread() > 0) {
            throw malformed(
                    "",
                    in.unread() + " bytes follow the value. Was it written with another schema?",
                    in.offset(),
                    length,
                    null);
        }
        return value;
    }

    private MalformedPayloadException malformed(
            String path, String problem, int offset, int length, @Nullable Throwable cause) {
        return new MalformedPayloadException(
                type.getSimpleName() + path + ": " + problem + " (at byte " + offset + " of a payload of " + length
                        + ")",
                path,
                offset,
                cause);
    }
}
