package dev.schemabus.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One use of a type in a declaration, with what the type variables inside it stand for there. It is never a type
 * variable itself: making one looks the variable up.
 */
final class TypeUse {

    private final AnnotatedType type;
    private final Bindings bindings;
    private final boolean nullable;

    private TypeUse(AnnotatedType type, Bindings bindings, boolean nullable) {
        this.type = type;
        this.bindings = bindings;
        this.nullable = nullable;
    }

    /**
     * A type as it is written.
     *
     * @param bindings what the type variables in sight stand for
     */
    static TypeUse of(AnnotatedType type, Bindings bindings, String path) {
        if (!(type.getType() instanceof TypeVariable<?> variable)) {
            return new TypeUse(type, bindings, isNullable(type));
        }
        StrayAnnotations.refuse(type, path);
        TypeUse bound = bindings.find(variable).orElseThrow(() -> indefinite(variable, path));
        return new TypeUse(bound.type, bound.bindings, bound.nullable || isNullable(type));
    }

    /** The type with its annotations. */
    AnnotatedType annotated() {
        return type;
    }

    /** Whether it is marked as nullable, at the use or where its type variable was given its value. */
    boolean nullable() {
        return nullable;
    }

    /** The class without its type arguments. */
    Class<?> raw(String path) {
        return raw(type.getType(), path);
    }

    private Class<?> raw(Type some, String path) {
        if (some instanceof Class<?> plain) {
            return plain;
        }
        if (some instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> raw) {
            return raw;
        }
        if (some instanceof GenericArrayType) {
            return Array.newInstance(element(path).raw(path), 0).getClass();
        }
        throw indefinite(some, path);
    }

    /** A type argument. */
    TypeUse argument(int index, String path) {
        if (type instanceof AnnotatedParameterizedType parameterized) {
            return of(parameterized.getAnnotatedActualTypeArguments()[index], bindings, path);
        }
        throw new SchemaException(path + ": " + type.getType().getTypeName() + " is raw: name what it holds, such as "
                + example(raw(path)));
    }

    private static String example(Class<?> raw) {
        return raw.getSimpleName()
                + Arrays.stream(raw.getTypeParameters())
                        .map(parameter -> "String")
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    /** The type of an array's elements. */
    TypeUse element(String path) {
        return of(((AnnotatedArrayType) type).getAnnotatedGenericComponentType(), bindings, path);
    }

    private int arguments() {
        return type instanceof AnnotatedParameterizedType parameterized
                ? parameterized.getAnnotatedActualTypeArguments().length
                : 0;
    }

    /**
     * Everything that makes this use differ from another: classes, type arguments, annotations. Not those of Jakarta
     * Validation ({@code Page<@Valid Order>}): inside a type argument they say nothing to a schema.
     */
    String signature(String path) {
        Class<?> raw = raw(path);
        String annotations = Arrays.stream(type.getAnnotations())
                .filter(annotation -> !annotation.annotationType().getName().startsWith("jakarta.validation."))
                .map(TypeUse::text)
                .sorted()
                .map(annotation -> annotation + " ")
                .collect(Collectors.joining());
        String inside = raw.isArray()
                ? element(path).signature(path)
                : IntStream.range(0, arguments())
                        .mapToObj(i -> argument(i, path).signature(path))
                        .collect(Collectors.joining(","));
        return annotations
                + (nullable ? "nullable " : "")
                + raw.getTypeName()
                + (inside.isEmpty() ? "" : "<" + inside + ">");
    }

    /** The annotation as Java source names it; before JDK 19, its own text has the binary name of a nested class. */
    private static String text(Annotation annotation) {
        String text = annotation.toString();
        return "@" + annotation.annotationType().getCanonicalName() + text.substring(text.indexOf('('));
    }

    /**
     * What it adds to the name of a generic record: {@code Order}, {@code List_Order}, {@code Nullable_Order},
     * {@code BigDecimal_12_2}. Everything that changes the schema counts, so that a name means the same in every schema.
     */
    String nameInNames(String path) {
        return (nullable ? "Nullable_" : "") + presentName(path) + parameters();
    }

    private String presentName(String path) {
        Class<?> raw = raw(path);
        if (raw.isArray()) {
            return element(path).nameInNames(path) + "Array";
        }
        String own = raw.isRecord() || raw.isEnum() ? Names.fullName(raw, path) : raw.getSimpleName();
        StringBuilder name = new StringBuilder(Names.simple(own));
        for (int i = 0; i < arguments(); i++) {
            name.append('_').append(argument(i, path).nameInNames(path));
        }
        return name.toString();
    }

    private String parameters() {
        StringBuilder name = new StringBuilder();
        Decimal decimal = type.getAnnotation(Decimal.class);
        if (decimal != null) {
            name.append('_').append(decimal.precision()).append('_').append(decimal.scale());
        }
        Timestamp timestamp = type.getAnnotation(Timestamp.class);
        if (timestamp != null) {
            name.append('_').append(timestamp.value());
        }
        DurationUnit unit = type.getAnnotation(DurationUnit.class);
        if (unit != null) {
            name.append('_').append(unit.value());
        }
        return type.isAnnotationPresent(Fixed.class) ? name.append("_Fixed").toString() : name.toString();
    }

    /** Any annotation called Nullable counts: JSpecify's, Jakarta's, or a team's own. */
    static boolean isNullable(@Nullable AnnotatedElement element) {
        return element != null
                && Arrays.stream(element.getAnnotations())
                        .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
    }

    /**
     * As {@link #isNullable}, for what is declared. Annotations that may stand on fields or methods alone, such as those
     * of many frameworks, aren't kept with the component itself, but with the field and the accessor it stands for.
     */
    static boolean isDeclaredNullable(AnnotatedElement declaration) {
        return isNullable(declaration)
                || (declaration instanceof RecordComponent component
                        && (isNullable(component.getAccessor()) || isNullable(field(component))));
    }

    private static Field field(RecordComponent component) {
        try {
            return component.getDeclaringRecord().getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new LinkageError("a record has a field for each component", e);
        }
    }

    private static SchemaException indefinite(Type type, String path) {
        return new SchemaException(
                path + ": " + type.getTypeName() + " is not a definite type: name the class it holds");
    }
}
