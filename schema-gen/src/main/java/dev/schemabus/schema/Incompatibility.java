package dev.schemabus.schema;

import java.util.Optional;

/**
 * One reason why two schemas don't go together.
 *
 * <p>The remedy speaks to the author of the <em>new</em> schema, whichever of the two does the reading: the earlier
 * versions can't be changed any more.
 *
 * @param kind what is wrong, one of a closed set
 * @param direction which of the two schemas reads
 * @param path where: a JSON pointer into the <em>reading</em> schema, such as {@code /fields/3/type}; empty for the root.
 *     Avro's named types count as written out wherever they are used
 * @param component the Java component as {@code Record.component} with the record's simple name, where the schema tells it
 * @param reason one sentence that says what a reader would stumble over
 * @param remedy one sentence that says what to change
 */
public record Incompatibility(
        Kind kind, Direction direction, String path, Optional<String> component, String reason, String remedy) {

    /** Which of the two schemas reads what the other one wrote. */
    public enum Direction {
        /** The new schema reads what an old one wrote. */
        BACKWARD,
        /** An old schema reads what the new one writes. */
        FORWARD
    }

    /** The kinds of incompatibility, over both formats. */
    public enum Kind {
        /** The reader needs a component that the writer doesn't send and that has no default. */
        COMPONENT_WITHOUT_DEFAULT,
        /** The reader's component could be any of several that the writer sends: it has one's name and another's alias. */
        COMPONENT_AMBIGUOUS,
        /** The types differ and no promotion leads from one to the other. */
        TYPE_CHANGED,
        /** The names of two named types differ. */
        NAME_CHANGED,
        /** The writer may send an enum symbol that the reader doesn't know. */
        ENUM_SYMBOL_MISSING,
        /** The writer may send a branch of a union that the reader doesn't know. */
        UNION_BRANCH_MISSING,
        /** Two fixed types differ in size. */
        FIXED_SIZE_CHANGED,
        /** The writer may send a property that the reader's closed content model refuses. */
        PROPERTY_REFUSED,
        /** The writer's open content model lets a property hold anything, the reader gives it a schema. */
        PROPERTY_NARROWED,
        /** The reader requires a property that the writer may leave out. */
        PROPERTY_REQUIRED,
        /** The reader's limits (length, range, pattern, multiple, items …) are narrower than the writer's. */
        CONSTRAINT_NARROWED,
        /** A combination (allOf, anyOf, oneOf, not) refuses what the writer may send. */
        COMBINATION_NARROWED,
        /** The two schemas are written in different languages. */
        FORMAT_CHANGED
    }

    /** The component where known, the reason and the remedy in one line. */
    @Override
    public String toString() {
        return component.map(c -> c + ": ").orElse(path.isEmpty() ? "" : path + ": ") + reason + ' ' + remedy;
    }
}
