package dev.schemabus.registry;

/**
 * The name under which a registry keeps the versions of one schema, such as {@code orders-value}.
 *
 * <p>A context is part of the name, in the protocol's own form: {@code :.context:subject}.
 *
 * @param name not empty, without control characters
 */
public record Subject(String name) implements Comparable<Subject> {

    /** @throws IllegalArgumentException if the name is empty or has control characters (registry code 42208) */
    public Subject {
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A subject needs a name without control characters, not '"
                    + name.replaceAll("\\p{Cntrl}", "?") + "'");
        }
    }

    @Override
    public int compareTo(Subject other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
