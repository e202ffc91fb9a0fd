package dev.schemabus.codec;

import dev.schemabus.schema.RecordShape;
import org.jspecify.annotations.Nullable;

/** Calls canonical constructors, whose own checks may refuse the values. */
final class Construction {

    private Construction() {}

    static Object create(RecordShape shape, @Nullable Object[] values) {
        try {
            return shape.create(values);
        } catch (RuntimeException e) {
            throw new PathException(
                    "the constructor of " + shape.javaType().getSimpleName() + " refuses the values: " + e, e);
        }
    }
}
