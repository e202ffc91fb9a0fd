package dev.schemabus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Writes a value as an Avro {@code fixed}, which has no length in front of it. On a {@link java.util.UUID}: its 16 bytes
 * instead of 36 characters. On a {@link java.math.BigDecimal} or {@link java.math.BigInteger} with {@link Decimal}: as
 * many bytes as hold the precision. JSON knows no such type and stays as it is without.
 *
 * <p>The name of an Avro fixed is part of compatibility, and a decimal's holds its precision and scale: a fixed decimal
 * can't get another precision later.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE_USE})
public @interface Fixed {}
