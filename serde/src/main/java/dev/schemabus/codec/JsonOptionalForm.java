package dev.schemabus.codec;

import dev.schemabus.schema.Shape;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value that may be absent: left out of a record, null in a list or map. */
final class JsonOptionalForm extends JsonForm {

    private final Shape.OfOptional shape;
    private final JsonForm present;

    /** By far the most frequent kinds, told apart once. */
    private final boolean optional;

    private final boolean nullable;

    JsonOptionalForm(Shape.OfOptional shape, JsonForm present) {
        this.shape = shape;
        this.present = present;
        this.optional = shape.javaType() == Optional.class;
        this.nullable = !shape.wrapped();
    }

    @Override
    void write(@Nullable Object value, JsonOutput out) throws IOException {
        Object inner = open(value);
        if (inner == null) {
            out.writeNull();
        } else {
            present.write(inner, out);
        }
    }

    private @Nullable Object open(@Nullable Object value) {
        if (nullable) {
            return value;
        }
        return optional && value instanceof Optional<?> some ? some.orElse(null) : Values.open(shape, value);
    }

    @Override
    @Nullable
    Object read(JsonInput in) throws IOException {
        return close(in.isNull() ? null : present.read(in));
    }

    private @Nullable Object close(@Nullable Object inner) {
        return nullable ? inner : optional ? Optional.ofNullable(inner) : shape.close(inner);
    }

    @Override
    boolean isAbsent(@Nullable Object value) {
        return open(value) == null;
    }

    /** What a component has whose property is not there. */
    @Nullable
    Object absent() {
        return close(null);
    }
}
