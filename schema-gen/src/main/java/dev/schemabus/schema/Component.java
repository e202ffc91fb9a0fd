package dev.schemabus.schema;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Internal: one component of a record.
 *
 * @param javaName its name in Java
 * @param name its name in schemas
 * @param doc what it means
 * @param aliases its earlier names in schemas
 * @param shape its type
 * @param defaultValue the Java value for readers of data without it; empty if it has none. (An optional component needs
 *     none: absence is its default.)
 * @param keyText the text that it gives the Kafka key by; empty if it is no part of the key
 * @param accessor reads it from a record, as {@code (Object)Object}
 */
public record Component(
        String javaName,
        String name,
        Optional<String> doc,
        List<String> aliases,
        Shape shape,
        Optional<Object> defaultValue,
        Optional<Representation<?, String>> keyText,
        MethodHandle accessor) {

    /** Whether it gives the Kafka key, or a part of it. */
    public boolean key() {
        return keyText.isPresent();
    }

    /** Whether readers can do without it. */
    public boolean hasDefault() {
        return defaultValue.isPresent() || shape instanceof Shape.OfOptional;
    }

    /** The component's value in a record. */
    public @Nullable Object get(Object record) {
        return Members.get(accessor, record);
    }
}
