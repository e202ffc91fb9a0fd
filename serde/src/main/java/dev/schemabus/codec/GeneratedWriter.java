package dev.schemabus.codec;

import org.jspecify.annotations.Nullable;

/**
 * Internal: what the class generated for a record extends, to write it. Public only because that class stands in the record's
 * package. It throws whatever happens on the way; {@link AvroEncoder} then finds out what is wrong and where.
 */
public abstract class GeneratedWriter {

    /** For generated classes. */
    protected GeneratedWriter() {}

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
