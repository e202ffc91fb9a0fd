package dev.schemabus.codec;

import dev.schemabus.schema.RecordShape;
import org.jspecify.annotations.Nullable;

/** What every codec does with Java values. */
final class Values {

    private Values() {}

    static Object required(@Nullable Object value) {
        if (value == null) {
            throw new PathException("is null, and required: set it, or declare it Optional or @Nullable");
        }
        return value;
    }

    /** Calls the canonical constructor, whose own checks may refuse the values. */
    static Object create(RecordShape shape, @Nullable Object[] values) {
        try {
            return shape.create(values);
        } catch (RuntimeException e) {
            throw new PathException(
                    "the constructor of " + shape.javaType().getSimpleName() + " refuses the values ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }
}
