package dev.schemabus.schema;

import java.lang.reflect.AnnotatedElement;

/**
 * SPI: how values of one Java class are written in every format. Add yours with {@link LogicalTypes#plus}.
 *
 * @param <T> the Java class, exactly (no sub-classes)
 */
public interface LogicalType<T> {

    /** The class it is for. */
    Class<T> javaType();

    /**
     * Decides how one use of the class is written.
     *
     * @param use the annotated type, where parameters such as {@link Decimal} are found
     * @throws SchemaException if a parameter is missing or wrong; the message says what is needed (where is added by the
     *     caller)
     */
    Forms<T> forms(AnnotatedElement use);

    /**
     * One representation per format.
     *
     * @param avro the one in Avro
     * @param json the one in JSON
     * @param <T> the Java class
     */
    record Forms<T>(Representation<T, ?> avro, Representation<T, ?> json) {}
}
