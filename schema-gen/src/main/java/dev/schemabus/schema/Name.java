package dev.schemabus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name in the schema, where it should differ from the Java name. On a type: the full name, or a simple name that
 * keeps the package (or the {@link Namespace}), but not the classes around. On an enum constant: its symbol.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Name {

    /** The name; letters, digits and underscores, and dots in a type's full name (Avro specification, "Names"). */
    String value();
}
