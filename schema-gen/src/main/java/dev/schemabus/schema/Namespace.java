package dev.schemabus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The namespace of types in schemas, where it should differ from the Java package. On a package: instead of the package's
 * name. On a class that encloses others: of what it encloses. On a record or enum: its own. {@link Name} with dots in it
 * wins over all.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface Namespace {
    /** Names joined by dots, such as {@code com.acme.shop} (Avro specification, "Names"). */
    String value();
}
