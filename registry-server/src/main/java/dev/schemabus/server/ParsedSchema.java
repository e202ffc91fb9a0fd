package dev.schemabus.server;

import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.CompatibilityLevel;
import java.util.List;

/** A schema that was understood, with what it refers to. Safe for many threads. */
interface ParsedSchema {

    /** The text that the registry keeps and compares: the author's, in one spelling of white space. */
    String canonical();

    /** The same schema in the one spelling that {@code normalize=true} asks for. */
    ParsedSchema normalized();

    /** The text as {@code format=resolved} asks for it: what it refers to is written out. */
    String resolved();

    /**
     * The text in one of the forms that {@code format} asks for.
     *
     * @param format {@code resolved}, or a form of the language's own; empty for {@link #canonical}
     * @throws SchemaRefusedException 422 if the language has no such form
     */
    default String formatted(String format) {
        return switch (format) {
            case "" -> canonical();
            case "resolved" -> resolved();
            default ->
                throw new SchemaRefusedException(
                        422, "There is no format '" + format + "' here: use resolved, or none");
        };
    }

    /**
     * What keeps this schema from following an earlier one. Whether a level looks at one earlier version or at all of
     * them is the caller's to know.
     *
     * @param level never NONE
     * @param older a schema of the same dialect
     * @return the reasons, empty if there are none
     * @throws SchemaRefusedException 42201 if the two can't be compared
     */
    List<String> incompatibilities(CompatibilityLevel level, ParsedSchema older);

    /**
     * Whether it can be compared at all. What can't, a draft that the rules don't know, say, may be registered where
     * there is nothing to compare it with; it must not stand in the way of what comes after it.
     */
    default boolean comparable() {
        return true;
    }
}
