package dev.schemabus.schema;

/** The few kinds of plain value that everything else is written as. */
public enum Scalar {
    /** A {@link Boolean}. */
    BOOLEAN,
    /** An {@link Integer}, 32 bits. */
    INT,
    /** A {@link Long}, 64 bits. */
    LONG,
    /** A {@link Float}. */
    FLOAT,
    /** A {@link Double}. */
    DOUBLE,
    /** A {@link String}. */
    STRING,
    /** A {@code byte[]}, which whoever takes it may keep. In JSON: Base64 text. */
    BYTES,
    /** A {@code byte[]} of the size that the {@link Representation.FixedType} says. Avro only. */
    FIXED,
    /** A {@link java.math.BigDecimal} written as a JSON number. JSON only. */
    NUMBER
}
