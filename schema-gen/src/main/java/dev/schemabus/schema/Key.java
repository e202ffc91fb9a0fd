package dev.schemabus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the component whose value becomes the record's key on Kafka: events with the same key stay in order. The
 * component is a String, a whole number, a UUID, an enum, or of another type that is written as one text; the key is that
 * text in UTF-8.
 *
 * <p>Several make one key together: their texts in the order of declaration, joined by {@code |}; within each, {@code |}
 * and {@code \} are preceded by {@code \}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Key {}
