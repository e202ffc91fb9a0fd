package dev.schemabus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record or an enum whose schema stands on its own: other schemas refer to it by its full name instead of repeating
 * it ({@link EventSchema#references}). Types of others can be shared with {@link SchemaGenerator#withShared}.
 *
 * <p>In Avro every use of it is its name. In JSON it is a {@code $ref}, with two exceptions that stay written out: an enum,
 * and a record as a case of a sealed interface, where it has one property more ({@code @type}). In draft 3, which has no
 * {@code definitions}, all is written out.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface Shared {}
