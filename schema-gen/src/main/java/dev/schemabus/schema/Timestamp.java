package dev.schemabus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The unit in which an {@link java.time.Instant} is written. Without it: milliseconds.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE_USE})
public @interface Timestamp {

    /** The unit. */
    Unit value();

    /** Units of a timestamp. */
    enum Unit {
        /** Avro {@code timestamp-millis}. */
        MILLIS,
        /** Avro {@code timestamp-micros}. */
        MICROS
    }
}
