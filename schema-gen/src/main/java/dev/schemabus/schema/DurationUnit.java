package dev.schemabus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The unit in which a {@link java.time.Duration} is counted in Avro. Without it: milliseconds. What is finer is cut off
 * towards the shorter (for a negative duration: the longer) side, as {@link java.time.Duration#getSeconds} does. JSON
 * text keeps every nanosecond whatever the unit.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE_USE})
public @interface DurationUnit {

    /** The unit. */
    Unit value();

    /** Units of a duration; 64 bits of nanoseconds last 292 years. */
    enum Unit {
        /** {@code duration-seconds}. */
        SECONDS,
        /** {@code duration-millis}. */
        MILLIS,
        /** {@code duration-micros}. */
        MICROS,
        /** {@code duration-nanos}. */
        NANOS
    }
}
