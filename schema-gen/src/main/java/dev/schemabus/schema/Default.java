package dev.schemabus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value that a reader uses when a writer's older schema lacks the component: what makes adding it backward
 * compatible. Checked against the component's type when the schema is generated.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Default {

    /**
     * The value as text: a number, {@code true} or {@code false}, a string as it is, an enum constant's name, an instant
     * or date in ISO 8601; JSON for lists and maps of these (a map's keys as they are in data): {@code []}, {@code ["a", "b"]}, {@code {"limit": 10}}.
     */
    String value();
}
