package dev.schemabus.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record, or the sealed interface over several records, as an event and says where it belongs. Every attribute
 * has a derived default, so a bare {@code @Event} is enough. What stands on the sealed interface holds for its records.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
public @interface Event {

    /**
     * The name of this type of event in headers and logs (CloudEvents {@code type}), such as
     * {@code com.acme.order.placed}. Default: the canonical class name.
     */
    String type() default "";

    /** The Kafka topic as written; wins over any topic naming. Default: the naming derives one. */
    String topic() default "";

    /** The business domain, a topic segment such as {@code shop}. Default: the last segment of the package. */
    String domain() default "";

    /**
     * The entity whose history the events tell, a topic segment such as {@code order}. Default: the sealed interface's
     * simple name without a trailing {@code Event} or {@code Events}.
     */
    String entity() default "";
}
