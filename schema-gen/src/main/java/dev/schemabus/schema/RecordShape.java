package dev.schemabus.schema;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Internal: the shape of a record. A class of its own, because a record may contain itself: its components are known
 * only after it is. Two shapes are equal only if they are the same: a generic record has one for each list of type
 * arguments.
 */
public final class RecordShape implements Shape {

    private final Class<?> javaType;
    private final String fullName;
    private final Optional<String> doc;
    private final List<String> aliases;
    private final MethodHandle constructor;
    private List<Component> components = List.of();

    RecordShape(
            Class<?> javaType, String fullName, Optional<String> doc, List<String> aliases, MethodHandle constructor) {
        this.javaType = javaType;
        this.fullName = fullName;
        this.doc = doc;
        this.aliases = aliases;
        this.constructor = constructor;
    }

    void complete(List<Component> all) {
        components = List.copyOf(all);
    }

    @Override
    public Class<?> javaType() {
        return javaType;
    }

    /** The full name in schemas. */
    public String fullName() {
        return fullName;
    }

    /** What the record means. */
    public Optional<String> doc() {
        return doc;
    }

    /** Its earlier names, as full names. */
    public List<String> aliases() {
        return aliases;
    }

    /** The components in the order of the canonical constructor. */
    public List<Component> components() {
        return components;
    }

    /** The components that give the Kafka key, those marked with {@link Key}, in order; empty for none. */
    public List<Component> keys() {
        return components.stream().filter(Component::key).toList();
    }

    /**
     * Calls the canonical constructor.
     *
     * @param values one per component, in order
     * @throws RuntimeException what the constructor throws
     */
    public Object create(@Nullable Object[] values) {
        return Members.create(constructor, values);
    }

    @Override
    public String toString() {
        return "RecordShape[" + fullName + "]";
    }
}
