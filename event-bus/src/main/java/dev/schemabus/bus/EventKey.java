package dev.schemabus.bus;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Internal: the key bytes of an event, the UTF-8 text of its {@link dev.schemabus.schema.Key} component. */
final class EventKey {

    private final RecordShape shape;
    private final Optional<Component> component;

    EventKey(RecordShape shape) {
        this.shape = shape;
        this.component = shape.key();
    }

    /**
     * The key of one event; null if no component is marked.
     *
     * @throws SchemaException if the marked component is null, or its type has no plain text
     */
    byte @Nullable [] of(Object event) {
        return component.isEmpty() ? null : text(event, component.get()).getBytes(StandardCharsets.UTF_8);
    }

    private String text(Object event, Component key) {
        Class<?> type = key.shape().javaType();
        if (!plain(type)) {
            throw new SchemaException(path(key) + ": @Key on " + type.getSimpleName()
                    + ": a key is a String, an int, a long, a UUID, a BigDecimal or an enum; or publish with"
                    + " With.key(…)");
        }
        Object value = key.get(event);
        if (value == null) {
            throw new SchemaException(path(key) + " is the key and null: give it a value, or publish with With.key(…)");
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static boolean plain(Class<?> type) {
        return type == String.class
                || type == UUID.class
                || type == BigDecimal.class
                || type == int.class
                || type == long.class
                || type == Integer.class
                || type == Long.class
                || type.isEnum();
    }

    private String path(Component key) {
        return shape.javaType().getSimpleName() + "." + key.javaName();
    }
}
