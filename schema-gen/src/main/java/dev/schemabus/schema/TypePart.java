package dev.schemabus.schema;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a component's type as it is declared, such as the {@code @Size(max = 3) String} in
 * {@code List<@Size(max = 3) String>}.
 *
 * @param path where it stands, such as {@code Order.tags[]}
 * @param type the type as written; null where the declaration says no more (inside a type variable)
 * @param annotated what bears its annotations
 */
record TypePart(String path, @Nullable AnnotatedType type, List<AnnotatedElement> annotated) {

    /** The type of a component; constraints without {@code TYPE_USE} stand on its field. */
    static TypePart of(RecordShape record, Component component, Field field) {
        AnnotatedType type = field.getAnnotatedType();
        return new TypePart(Shape.OfUnion.branchName(record) + '.' + component.javaName(), type, List.of(field, type));
    }

    /**
     * The element of a list. An array's elements have no annotations of their own here: {@code @Size(max = 3) String[]}
     * is one annotation, which the language puts on the component and on its elements, and which means the component.
     */
    TypePart element() {
        return type instanceof AnnotatedArrayType array
                ? new TypePart(path + "[]", array.getAnnotatedGenericComponentType(), List.of())
                : argument(0, "[]");
    }

    TypePart key() {
        return argument(0, "{key}");
    }

    TypePart value() {
        return argument(1, "{}");
    }

    /** The value inside an Optional. Where the type names none (an OptionalInt, or null for absent), the type itself. */
    TypePart present(Shape.OfOptional optional) {
        return optional.javaType() == Optional.class ? argument(0, "") : this;
    }

    /** The one component of a value record. */
    TypePart held(RecordComponent only) {
        AnnotatedType held = only.getAnnotatedType();
        return new TypePart(path + '.' + only.getName(), held, List.of(only.getAccessor(), held));
    }

    private TypePart argument(int index, String step) {
        if (type instanceof AnnotatedParameterizedType parameterized) {
            AnnotatedType argument = parameterized.getAnnotatedActualTypeArguments()[index];
            return new TypePart(path + step, argument, List.of(argument));
        }
        return new TypePart(path + step, null, List.of());
    }
}
