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

    private final boolean nullAllowed;

    /** @param nullAllowed whether the schema lets null stand for absence */
    JsonOptionalForm(Shape.OfOptional shape, JsonForm present, boolean nullAllowed) {
        this.nullAllowed = nullAllowed;
        this.shape = shape;
        this.present = present;
        this.optional = shape.javaType() == Optional.class;
        this.nullable = !shape.wrapped();
    }

    @Override
    void write(@Nullable Object value, JsonOutput out) throws IOException {
        Object inner = open(value);
        if (inner == null) {
            requireNullAllowed();
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
        if (!in.isNull()) {
            return close(present.read(in));
        }
        requireNullAllowed();
        return close(null);
    }

    private void requireNullAllowed() {
        if (!nullAllowed) {
            throw new PathException("is null, which breaks the type in the schema");
        }
    }

    private @Nullable Object close(@Nullable Object inner) {
        return nullable ? inner : optional ? Optional.ofNullable(inner) : shape.close(inner);
    }

    @Override
    boolean isAbsent(@Nullable Object value) {
        return open(value) == null;
    }

    @Override
    boolean canBeAbsent() {
        return true;
    }

    @Override
    @Nullable
    Object absent() {
        return close(null);
    }
}
