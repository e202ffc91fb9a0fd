package dev.schemabus.registry;

import java.util.UUID;

/**
 * The name of a schema's content: the same text has the same GUID in every subject and context, and whoever copies
 * records to another cluster need not translate it. Registries of the 8.x line give one; older ones don't.
 *
 * @param value 128 bits, in the order in which they are written to records: most significant first
 */
public record SchemaGuid(UUID value) implements SchemaIdentifier {

    /**
     * Reads the usual text form, such as {@code 6e9a1f0c-1f2b-3c4d-8e5f-001122334455}.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static SchemaGuid parse(String text) {
        try {
            UUID value = UUID.fromString(text);
            // Java also takes groups that are too short, and would then name another schema.
            if (value.toString().equalsIgnoreCase(text)) {
                return new SchemaGuid(value);
            }
        } catch (IllegalArgumentException e) {
            // The message below says more.
        }
        throw new IllegalArgumentException("'" + text + "' is not a schema GUID: it has 32 hexadecimal digits in five"
                + " groups, such as 6e9a1f0c-1f2b-3c4d-8e5f-001122334455");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
