package dev.schemabus.schema;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * How a Java value is written in one format: as which scalar, with which schema attributes, and how to get there and
 * back.
 *
 * @param scalar the plain value it becomes
 * @param attributes what the schema says about it besides its type: {@code logicalType}, {@code format} …; values are
 *     strings and integers, in the order to write them
 * @param encode from the Java value to the scalar's Java type (see {@link Scalar}); throws
 *     {@link IllegalArgumentException} with what is wrong and what to do if the value doesn't fit
 * @param decode from the scalar's Java type back; throws {@link RuntimeException} if the scalar makes no such value
 * @param <T> the Java type
 * @param <B> the scalar's Java type
 */
public record Representation<T, B>(
        Scalar scalar, Map<String, Object> attributes, Function<T, B> encode, Function<B, T> decode) {

    /** {@link #encode} for a value whose type is known only at run time. */
    @SuppressWarnings("unchecked") // the caller read the shape: the value has its class
    public Object toScalar(Object value) {
        return Objects.requireNonNull(((Function<Object, Object>) (Function<?, ?>) encode).apply(value));
    }

    /** {@link #decode} for a scalar whose type is known only at run time. */
    @SuppressWarnings("unchecked") // the caller read the scalar's Java type off this representation
    public Object fromScalar(Object plain) {
        return Objects.requireNonNull(((Function<Object, Object>) (Function<?, ?>) decode).apply(plain));
    }

    /** The same form for a value that holds this one's: a {@link Value} record. */
    <V> Representation<V, B> of(Function<V, T> open, Function<T, V> close) {
        return new Representation<>(scalar, attributes, encode.compose(open), decode.andThen(close));
    }
}
