package dev.schemabus.bus;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.SchemaException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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
     * @throws SchemaException if the marked component is null, or holds what can't be written
     */
    byte @Nullable [] of(Object event) {
        return component
                .flatMap(key -> key.keyText().map(text -> text(event, key, text)))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
    }

    private String text(Object event, Component key, Representation<?, String> text) {
        Object value = key.get(event);
        if (value == null) {
            throw new SchemaException(path(key) + " is the key and null: give it a value");
        }
        try {
            return (String) text.toScalar(value);
        } catch (IllegalArgumentException e) {
            throw new SchemaException(path(key) + " is the key: " + e.getMessage(), e);
        }
    }

    private String path(Component key) {
        return shape.javaType().getSimpleName() + "." + key.javaName();
    }
}
