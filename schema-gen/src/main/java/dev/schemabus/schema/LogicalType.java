package dev.schemabus.schema;

import java.lang.reflect.AnnotatedElement;
import java.util.function.Function;

/**
 * SPI: how values of one Java class are written in every format. The factories make one in a line or three:
 *
 * <pre>{@code
 * LogicalType.text(Iban.class, Iban::toString, Iban::parse)
 *
 * LogicalType.of(Weight.class,
 *         Representation.ofLong(Weight::grams, Weight::ofGrams).with("unit", "g"),
 *         Representation.ofString(Weight::toString, Weight::parse).with("pattern", "^[0-9]+ g$"))
 * }</pre>
 *
 * <p>Hand yours to {@link LogicalTypes#plus}, or let {@link LogicalTypes#installed} find a class that implements this
 * interface: name it in {@code META-INF/services/dev.schemabus.schema.LogicalType}.
 *
 * @param <T> the Java class, exactly (no sub-classes); a wrapper class stands for its primitive type too
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
     * A type that is the same text in every format.
     *
     * @param print throws {@link IllegalArgumentException} for a value that the text can't hold
     * @param parse throws {@link RuntimeException} if the text is no such value; its message says how to write it
     */
    static <T> LogicalType<T> text(Class<T> javaType, Function<T, String> print, Function<String, T> parse) {
        Representation<T, String> text = Representation.ofString(print, parse);
        return of(javaType, text, text);
    }

    /** A type that is written alike at every use. */
    static <T> LogicalType<T> of(Class<T> javaType, Representation<T, ?> avro, Representation<T, ?> json) {
        Forms<T> forms = new Forms<>(avro, json);
        return of(javaType, use -> forms);
    }

    /** A type whose uses differ by their annotations; {@code forms} is {@link #forms(AnnotatedElement)}. */
    static <T> LogicalType<T> of(Class<T> javaType, Function<AnnotatedElement, Forms<T>> forms) {
        return new LogicalType<>() {
            @Override
            public Class<T> javaType() {
                return javaType;
            }

            @Override
            public Forms<T> forms(AnnotatedElement use) {
                return forms.apply(use);
            }
        };
    }

    /**
     * One representation per format.
     *
     * @param avro the one in Avro, which has no {@link Scalar#NUMBER}
     * @param json the one in JSON, which has no {@link Scalar#FIXED}
     * @param <T> the Java class
     */
    record Forms<T>(Representation<T, ?> avro, Representation<T, ?> json) {

        /** The representation in a format. */
        public Representation<T, ?> in(SchemaFormat format) {
            return switch (format) {
                case AVRO -> avro;
                case JSON -> json;
            };
        }
    }
}
