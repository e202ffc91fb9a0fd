package dev.schemabus.codec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Internal: what the class generated for a record extends, to write it. Public only because that class stands in the record's
 * package. {@link #write} throws whatever happens on the way; {@link AvroEncoder} then finds out what is wrong and where.
 */
public abstract class GeneratedWriter implements Encoder<Object> {

    private @Nullable AvroEncoder<Object> plan;

    /** For generated classes. */
    protected GeneratedWriter() {}

    /** Makes it an encoder; before, it only writes. */
    @SuppressWarnings("unchecked") // it was generated for the same type
    void follow(AvroEncoder<?> encoder) {
        plan = (AvroEncoder<Object>) encoder;
    }

    private AvroEncoder<Object> plan() {
        return Objects.requireNonNull(plan, "not an encoder yet");
    }

    /** An encoder overrides this with what {@link #write} does: then there is one method from the value to the bytes. */
    @Override
    public byte[] encode(Object value, int headroom) {
        byte[] to = room();
        try {
            return finish(to, headroom, write(value, output(), to, Scratch.START));
        } catch (RuntimeException | Error e) {
            return again(value, headroom, to, e);
        }
    }

    /** The array for the next value. */
    protected final byte[] room() {
        return plan().room();
    }

    /** What counts along while the next value is written. */
    protected final AvroOutput output() {
        return plan().output();
    }

    /** The bytes of a value, which end there. */
    protected final byte[] finish(byte[] to, int headroom, int end) {
        return plan().finish(to, headroom, end);
    }

    /** The same where writing has failed; throws what says why. */
    protected final byte[] again(Object value, int headroom, byte[] to, Throwable failure) {
        return plan().again(this, value, headroom, to, failure);
    }

    /**
     * Writes a record.
     *
     * @param at where to begin
     * @return the place after it
     */
    public abstract int write(@Nullable Object value, AvroOutput out, byte[] to, int at);

    /**
     * An element that must be a constant of an enum: generics can be tricked, for instance by a raw list.
     *
     * @return its ordinal
     */
    @SuppressWarnings("EnumOrdinal") // the ordinals of this run, for an array made in it
    public static int ordinal(Object value, Class<?> type) {
        Enum<?> constant = (Enum<?>) value;
        if (constant.getDeclaringClass() != type) {
            throw new ClassCastException("not a constant of the enum");
        }
        return constant.ordinal();
    }

    /** Stands for a record within itself until that is generated. */
    static final class Late extends GeneratedWriter {
        private @Nullable GeneratedWriter target;

        void bind(GeneratedWriter made) {
            target = made;
        }

        @Override
        public int write(@Nullable Object value, AvroOutput out, byte[] to, int at) {
            if (target == null) {
                throw new IllegalStateException("used before it was generated");
            }
            return target.write(value, out, to, at);
        }
    }
}
