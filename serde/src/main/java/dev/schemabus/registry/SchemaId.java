package dev.schemabus.registry;

/**
 * The number a registry gives to a schema, and the one that stands in front of every payload.
 *
 * @param value at least 0; registries start at 1
 */
public record SchemaId(int value) implements SchemaIdentifier {

    /** @throws IllegalArgumentException if the value is negative */
    public SchemaId {
        if (value < 0) {
            throw new IllegalArgumentException("A schema id is not negative: " + value);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
