package dev.schemabus.schema;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.Set;

/**
 * What the constraints of Jakarta Validation (section "Built-in Constraint definitions") can stand in front of. At run time a
 * constraint on any other type fails each validation; here it is found before.
 */
final class ConstraintTargets {

    private static final Set<String> SIZES = Set.of("Size", "NotEmpty");
    private static final Set<String> TEXTS = Set.of("Pattern", "NotBlank", "Email");
    private static final Set<String> FLAGS = Set.of("AssertTrue", "AssertFalse");
    private static final Set<String> NUMBERS = Set.of(
            "Min",
            "Max",
            "DecimalMin",
            "DecimalMax",
            "Positive",
            "PositiveOrZero",
            "Negative",
            "NegativeOrZero",
            "Digits");

    private ConstraintTargets() {}

    static void check(Shape shape, TypePart use) {
        if (shape instanceof Shape.OfOptional optional && optional.javaType() != Optional.class) {
            return; // What is here stands in front of the value, which comes next.
        }
        for (AnnotatedElement element : use.annotated()) {
            for (Annotation annotation : element.getAnnotations()) {
                Class<?> type = annotation.annotationType();
                if (type.getPackageName().equals("jakarta.validation.constraints")) {
                    check(type.getSimpleName(), shape, use.path());
                }
            }
        }
    }

    private static void check(String constraint, Shape shape, String path) {
        Class<?> type = MethodType.methodType(shape.javaType()).wrap().returnType();
        boolean text = CharSequence.class.isAssignableFrom(type);
        if (SIZES.contains(constraint)) {
            boolean counted = shape instanceof Shape.OfList || shape instanceof Shape.OfMap || type.isArray();
            require(text || counted, constraint, "text, a collection, a map or an array", shape, path);
        } else if (TEXTS.contains(constraint)) {
            require(text, constraint, "text", shape, path);
        } else if (NUMBERS.contains(constraint)) {
            require(text || Number.class.isAssignableFrom(type), constraint, "a number", shape, path);
        } else if (FLAGS.contains(constraint)) {
            require(type == Boolean.class, constraint, "a boolean", shape, path);
        }
    }

    private static void require(boolean fits, String constraint, String home, Shape shape, String path) {
        if (fits) {
            return;
        }
        String type = shape.javaType().getSimpleName();
        String remedy = shape instanceof Shape.OfOptional
                ? ", so put it in front of the value, as in " + type + "<@" + constraint + " …>"
                : ", so drop it";
        throw new SchemaException(
                path + ": @" + constraint + " says nothing about " + type + ": it stands in front of " + home + remedy);
    }
}
