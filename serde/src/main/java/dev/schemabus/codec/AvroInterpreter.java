package dev.schemabus.codec;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values from Avro binary, step by step: slower than a generated class, but it knows where it is when something is wrong. */
final class AvroInterpreter<T> implements Decoder<T> {

    private final String name;
    private final Class<T> type;
    private final Function<AvroInput, @Nullable Object> plan;
    private final Limits limits;

    /**
     * @param name the root of the paths in messages
     * @param plan reads a value, and throws {@link PathException} if there is none
     */
    AvroInterpreter(String name, Class<T> type, Function<AvroInput, @Nullable Object> plan, Limits limits) {
        this.name = name;
        this.type = type;
        this.plan = plan;
        this.limits = limits;
    }

    @Override
    public T decode(byte[] bytes, int offset, int length) {
        AvroInput in = new AvroInput(bytes, offset, length, limits(bytes, offset, length));
        T value;
        try {
            value = type.cast(Objects.requireNonNull(plan.apply(in)));
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

    /**
     * The limits, for a payload within them and its array.
     *
     * @throws IndexOutOfBoundsException if the array has no such range
     * @throws MalformedPayloadException if it is too long
     */
    Limits limits(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length > limits.valueBytes()) {
            throw malformed(
                    "",
                    "it is longer than " + limits.valueBytes() + " bytes, the limit (schemabus.limits.value.bytes)",
                    0,
                    length,
                    null);
        }
        return limits;
    }

    /** @param read how far it came, or tried to */
    private MalformedPayloadException malformed(
            String path, String problem, int read, int length, @Nullable Throwable cause) {
        int offset = Math.min(read, length);
        return new MalformedPayloadException(
                name + path + ": " + problem + " (at byte " + offset + " of a payload of " + length + ")",
                path,
                offset,
                cause);
    }
}
