package dev.schemabus.schema;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How a Java value is written in one format: as which scalar, with which schema attributes, and how to get there and
 * back. Made by {@link #ofString}, {@link #ofLong} and their like, and {@link #with}.
 *
 * @param scalar the plain value it becomes
 * @param attributes what the schema says about it besides its type: {@code logicalType}, {@code format} …; values are
 *     strings and integers. Kept in the order of their names, so that the schema's text is the same in every JVM
 * @param encode from the Java value to the scalar's Java type (see {@link Scalar}); throws
 *     {@link IllegalArgumentException} with what is wrong and what to do if the value doesn't fit
 * @param decode from the scalar's Java type back; throws {@link RuntimeException} if the scalar makes no such value
 * @param fixedType the named type, exactly if the scalar is {@link Scalar#FIXED}
 * @param <T> the Java type
 * @param <B> the scalar's Java type
 */
public record Representation<T, B>(
        Scalar scalar,
        Map<String, Object> attributes,
        Function<T, B> encode,
        Function<B, T> decode,
        Optional<FixedType> fixedType) {

    /**
     * An Avro type of a fixed number of bytes. One name stands for one size everywhere.
     *
     * @param fullName the name in schemas, with its namespace
     * @param size how many bytes, at least 1
     */
    public record FixedType(String fullName, int size) {
        /** Checks the size. */
        public FixedType {
            if (size < 1) {
                throw new IllegalArgumentException("The fixed type " + fullName + " needs a size of at least 1");
            }
        }
    }

    /** Checks that a fixed type comes with {@link Scalar#FIXED} and only with it. */
    public Representation {
        if ((scalar == Scalar.FIXED) != fixedType.isPresent()) {
            throw new IllegalArgumentException(
                    "A fixed type goes with the scalar FIXED and only with it: use Representation.ofFixed");
        }
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** One of any scalar but {@link Scalar#FIXED}. */
    public Representation(Scalar scalar, Map<String, Object> attributes, Function<T, B> encode, Function<B, T> decode) {
        this(scalar, attributes, encode, decode, Optional.empty());
    }

    /** As a string. */
    public static <T> Representation<T, String> ofString(Function<T, String> encode, Function<String, T> decode) {
        return new Representation<>(Scalar.STRING, Map.of(), encode, decode);
    }

    /** As a string; one that can't be decoded is answered with an example. */
    static <T> Representation<T, String> ofStringLike(
            String example, Function<T, String> encode, Function<String, T> decode) {
        return ofString(encode, text -> {
            try {
                return decode.apply(text);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("write it like " + example, e);
            }
        });
    }

    /** As a whole number of 32 bits. */
    public static <T> Representation<T, Integer> ofInt(Function<T, Integer> encode, Function<Integer, T> decode) {
        return new Representation<>(Scalar.INT, Map.of(), encode, decode);
    }

    /** As a whole number of 64 bits. */
    public static <T> Representation<T, Long> ofLong(Function<T, Long> encode, Function<Long, T> decode) {
        return new Representation<>(Scalar.LONG, Map.of(), encode, decode);
    }

    /** As a JSON number of any size and precision. JSON only. */
    public static <T> Representation<T, BigDecimal> ofNumber(
            Function<T, BigDecimal> encode, Function<BigDecimal, T> decode) {
        return new Representation<>(Scalar.NUMBER, Map.of(), encode, decode);
    }

    /** As bytes; in JSON: Base64 text. */
    public static <T> Representation<T, byte[]> ofBytes(Function<T, byte[]> encode, Function<byte[], T> decode) {
        return new Representation<>(Scalar.BYTES, Map.of(), encode, decode);
    }

    /**
     * As a fixed number of bytes. Avro only.
     *
     * @param type its name and size: {@code encode} gives, and {@code decode} takes, that many bytes
     */
    public static <T> Representation<T, byte[]> ofFixed(
            FixedType type, Function<T, byte[]> encode, Function<byte[], T> decode) {
        return new Representation<>(Scalar.FIXED, Map.of(), encode, decode, Optional.of(type));
    }

    /** A copy with one more schema attribute. */
    public Representation<T, B> with(String attribute, Object value) {
        Map<String, Object> more = new TreeMap<>(attributes);
        more.put(attribute, value);
        return new Representation<>(scalar, more, encode, decode, fixedType);
    }

    /** The same for another Java type, whose values are these in another guise. */
    <S> Representation<S, B> as(Function<S, T> before, Function<T, S> after) {
        return new Representation<>(scalar, attributes, encode.compose(before), decode.andThen(after), fixedType);
    }

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
}
