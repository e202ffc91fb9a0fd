package dev.schemabus.codec;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every codec does with Java values. */
final class Values {

    private Values() {}

    static Object required(@Nullable Object value) {
        if (value == null) {
            throw new PathException("is null, and required: set it, or declare it Optional or @Nullable");
        }
        return value;
    }

    /** The value, if it is one of the class: generics can be tricked, for instance by a raw list. */
    static <V> V required(Class<V> type, @Nullable Object value) {
        Object present = required(value);
        if (!type.isInstance(present)) {
            throw new PathException("is a " + present.getClass().getName() + ", not a " + type.getName());
        }
        return type.cast(present);
    }

    /** A string that UTF-8 can carry: half a surrogate pair would arrive as a question mark. */
    static String text(@Nullable Object value) {
        String text = required(String.class, value);
        Utf8.requirePairs(text);
        return text;
    }

    /** The value in a component that may be absent; null if it is. */
    static @Nullable Object open(Shape.OfOptional shape, @Nullable Object value) {
        if (shape.wrapped()) {
            if (value == null) {
                throw new PathException("is null: an Optional component must be Optional.empty() or hold a value");
            }
            required(shape.javaType(), value);
        }
        return shape.open(value);
    }

    /** The elements of a list, set or array. */
    static Collection<?> elements(Shape.OfList shape, @Nullable Object value) {
        return shape.elements(required(shape.javaType(), value));
    }

    /** Whether a map's keys are texts in Java, too. */
    static boolean isText(Shape key) {
        return key instanceof Shape.OfScalar scalar && scalar.scalar() == Scalar.STRING;
    }

    /** A map's key as text. */
    static String keyText(Shape.OfMap shape, @Nullable Object key) {
        Object present = required(shape.key().javaType(), key);
        try {
            return text(shape.keyText().toScalar(present));
        } catch (PathException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PathException("has a key that can't be written: " + e.getMessage(), e);
        }
    }

    /** Adds an entry. Two texts may stand for one key, such as a UUID in small and in capital letters. */
    static void put(Map<Object, @Nullable Object> entries, Shape.OfMap shape, String text, @Nullable Object value) {
        Object key = key(shape, text);
        if (entries.containsKey(key)) {
            throw new PathException(
                    "has the key '" + text + "' twice" + (isText(shape.key()) ? "" : ", perhaps in two spellings"));
        }
        entries.put(key, value);
    }

    /** A map's key from its text. */
    private static Object key(Shape.OfMap shape, String text) {
        try {
            return shape.keyText().fromScalar(text);
        } catch (RuntimeException e) {
            throw new PathException(
                    "has the key '" + text + "', which is no "
                            + shape.key().javaType().getSimpleName() + ": " + e.getMessage(),
                    e);
        }
    }

    /** A component's default for one more record: who changes an array in there must not change it for all others. */
    static Object fresh(Shape shape, Object value) {
        if (shape instanceof Shape.OfList list) {
            return list.of(list.elements(value).stream()
                    .map(element -> fresh(list.element(), required(element)))
                    .toList());
        }
        if (shape instanceof Shape.OfMap map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, held) -> entries.put(required(key), fresh(map.value(), required(held))));
            return Collections.unmodifiableMap(entries);
        }
        if (shape instanceof Shape.OfLogical logical) {
            Representation<?, ?> form = logical.forms().json();
            return form.fromScalar(form.toScalar(value)); // a user's class may be mutable
        }
        return value;
    }

    /** A record's component, as its accessor gives it. */
    static @Nullable Object component(Component component, Object record) {
        try {
            return component.get(record);
        } catch (RuntimeException e) {
            throw new PathException("its accessor throws " + e.getClass().getSimpleName(), e);
        }
    }

    /** Calls the canonical constructor, whose own checks may refuse the values. */
    static Object create(RecordShape shape, @Nullable Object[] values) {
        try {
            return shape.create(values);
        } catch (RuntimeException e) {
            throw new PathException(
                    "the constructor of " + shape.javaType().getSimpleName() + " refuses the values ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }
}
