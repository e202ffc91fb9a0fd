package dev.schemabus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Earlier names of a type or component, so that data written under them is still read (Avro specification,
 * "Aliases"). A type's alias without a dot means the same namespace.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Aliases {

    /** The earlier names. */
    String[] value();
}
