package dev.schemabus.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Which types an annotation says something about: beside any other it would be passed over without a word. */
final class StrayAnnotations {

    private record Home(Class<? extends Annotation> annotation, String example, List<Class<?>> types) {

        String wording() {
            List<String> names = types.stream().map(Class::getSimpleName).toList();
            int last = names.size() - 1;
            String all = last == 0
                    ? names.get(0)
                    : names.stream().limit(last).collect(Collectors.joining(", ")) + " or " + names.get(last);
            return (all.startsWith("I") ? "an " : "a ") + all + ", as in " + example;
        }
    }

    private static final List<Home> HOMES = List.of(
            new Home(
                    Decimal.class,
                    "List<@Decimal(precision = 12, scale = 2) BigDecimal>",
                    List.of(BigDecimal.class, BigInteger.class)),
            new Home(
                    Timestamp.class,
                    "Optional<@Timestamp(MICROS) Instant>",
                    List.of(Instant.class, LocalDateTime.class, LocalTime.class)),
            new Home(DurationUnit.class, "Optional<@DurationUnit(SECONDS) Duration>", List.of(Duration.class)),
            new Home(Fixed.class, "Optional<@Fixed UUID>", List.of(UUID.class, BigDecimal.class, BigInteger.class)));

    private StrayAnnotations() {}

    /** @throws SchemaException if an annotation says nothing about the type it stands on */
    static void refuse(AnnotatedType use, String path) {
        try {
            refuse(use, use.getType());
        } catch (SchemaException e) {
            throw new SchemaException(path + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param use where the annotations stand
     * @param type the type they stand on
     * @throws SchemaException if one says nothing about the type; without the path
     */
    static void refuse(AnnotatedElement use, Type type) {
        for (Home home : HOMES) {
            if (use.isAnnotationPresent(home.annotation()) && !home.types().contains(type)) {
                throw new SchemaException("@" + home.annotation().getSimpleName() + " says nothing about "
                        + type.getTypeName() + ": it stands in front of " + home.wording());
            }
        }
    }
}
