package dev.schemabus.bus;

import dev.schemabus.schema.Component;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.SchemaException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Internal: the key of an event as text. One {@link dev.schemabus.schema.Key} component gives its plain text. Several give
 * theirs in the order of declaration, joined by {@code |}; within each, {@code |} and {@code \} are preceded by
 * {@code \}, so that different values never give the same key. Kafka gets the text in UTF-8.
 */
final class EventKey {

    private final RecordShape shape;
    private final List<Component> components;

    EventKey(RecordShape shape) {
        this.shape = shape;
        this.components = shape.components().stream().filter(Component::key).toList();
    }

    boolean isPresent() {
        return !components.isEmpty();
    }

    /**
     * The key of one event; null if no component is marked.
     *
     * @throws SchemaException if a marked component is null, or holds what can't be written
     */
    @Nullable
    String of(Object event) {
        if (components.size() == 1) {
            Component only = components.get(0);
            return text(only, only.get(event));
        }
        return components.isEmpty()
                ? null
                : joined(components.stream()
                        .map(part -> text(part, part.get(event)))
                        .toList());
    }

    /**
     * The key that an event with these values has.
     *
     * @param values those of the marked components, in the order of declaration
     * @throws SchemaException if they are not those
     */
    String ofValues(List<? extends @Nullable Object> values) {
        if (components.isEmpty() || components.size() != values.size()) {
            throw new SchemaException(
                    shape.javaType().getSimpleName() + " has " + components.size() + " @Key components "
                            + components.stream().map(Component::javaName).toList() + ", and " + values.size()
                            + " values are given: give one for each");
        }
        if (values.size() == 1) {
            return text(components.get(0), values.get(0));
        }
        String[] texts = new String[values.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(components.get(i), values.get(i));
        }
        return joined(List.of(texts));
    }

    static byte @Nullable [] bytes(@Nullable String key) {
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }

    private static String joined(List<String> texts) {
        StringJoiner key = new StringJoiner("|");
        for (String text : texts) {
            key.add(text.replace("\\", "\\\\").replace("|", "\\|"));
        }
        return key.toString();
    }

    private String text(Component part, @Nullable Object value) {
        if (value == null) {
            throw new SchemaException(path(part) + " is the key and null: give it a value");
        }
        Representation<?, String> text = part.keyText().orElseThrow();
        try {
            return (String) text.toScalar(value);
        } catch (IllegalArgumentException e) {
            throw new SchemaException(path(part) + " is the key: " + e.getMessage(), e);
        } catch (ClassCastException e) {
            throw new SchemaException(
                    path(part) + " is the key, and a " + value.getClass().getName() + " is no "
                            + part.shape().javaType().getName(),
                    e);
        }
    }

    private String path(Component part) {
        return shape.javaType().getSimpleName() + "." + part.javaName();
    }
}
