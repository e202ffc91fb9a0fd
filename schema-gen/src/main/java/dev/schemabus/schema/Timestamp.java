package dev.schemabus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The unit in which an {@link java.time.Instant}, a {@link java.time.LocalDateTime} or a {@link java.time.LocalTime} is
 * counted in Avro. Without it: milliseconds. What is finer is cut off towards the past. JSON text keeps every nanosecond
 * whatever the unit.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE_USE})
public @interface Timestamp {

    /** The unit. */
    Unit value();

    /** Units of a timestamp. */
    enum Unit {
        /** Avro {@code timestamp-millis}, {@code local-timestamp-millis}, {@code time-millis}. */
        MILLIS,
        /** Avro {@code timestamp-micros}, {@code local-timestamp-micros}, {@code time-micros}. */
        MICROS,
        /**
         * Avro {@code timestamp-nanos}, {@code local-timestamp-nanos}: the years 1677 to 2262. Not for a
         * {@link java.time.LocalTime}, for which Avro has no such type.
         */
        NANOS
    }
}
