package dev.schemabus.schema;

import java.util.Optional;

/**
 * A change that compatibility levels accept although data is read as something else than it was written as, or although
 * somebody will miss what was there.
 *
 * @param kind what has changed, one of a closed set
 * @param path where: a JSON pointer into the newer schema, such as {@code /fields/3/type}; empty for the root. Avro's
 *     named types count as written out where they are first used
 * @param component the Java component as {@code Record.component} with the record's simple name, where the schema tells it
 * @param reason one sentence that says what happens to data
 * @param remedy one sentence that says what to do instead
 */
public record SemanticWarning(Kind kind, String path, Optional<String> component, String reason, String remedy) {

    /** The kinds of change, over both formats. */
    public enum Kind {
        /** A decimal's scale: the decimal point of old data moves. */
        SCALE_CHANGED(true),
        /** A decimal has fewer digits than it had. */
        PRECISION_NARROWED(false),
        /** The unit in which a number counts, such as that of a timestamp, a time of day or a duration. */
        UNIT_CHANGED(true),
        /** A logical type (in JSON: {@code format}) was replaced by one of another meaning. */
        LOGICAL_TYPE_CHANGED(true),
        /** A plain type was given a logical type: what old data meant, nobody has said. */
        LOGICAL_TYPE_ADDED(false),
        /** A logical type is gone: new readers see plain numbers or texts. */
        LOGICAL_TYPE_DROPPED(false),
        /** JSON's {@code contentEncoding} or {@code contentMediaType}: the same text stands for other bytes. */
        ENCODING_CHANGED(true),
        /** Another attribute that says what values mean: those of users' logical types, JSON's {@code x-…}. */
        ATTRIBUTE_CHANGED(true),
        /** Text read as bytes or bytes as text. */
        TEXT_AND_BYTES(false),
        /** A number read into a type that can't hold all of its digits. */
        DIGITS_LOST(false),
        /** A component's default: data from before the component is read differently. */
        DEFAULT_CHANGED(false),
        /** What an enum's unknown symbols are read as. */
        ENUM_DEFAULT_CHANGED(false),
        /** An enum's symbols change and readers have no default for those that they don't know. */
        ENUM_DEFAULT_MISSING(false),
        /** An enum's symbol is gone: old data that holds it is read as the enum's default. */
        ENUM_SYMBOL_REMOVED(false),
        /** A component is gone and one of the same type is new: a rename loses the old data. */
        RENAMED_WITHOUT_ALIAS(false),
        /** An alias is also the name of something that is there still: old data of the one is read as the other. */
        ALIAS_AMBIGUOUS(true),
        /** A name that led to one component leads to another. */
        ALIAS_MOVED(false),
        /** An alias is gone: data from before the rename can't be read any more. */
        ALIAS_DROPPED(false),
        /** A type's full name, where compatibility overlooks it: consumers that go by the name don't. */
        NAME_CHANGED(false);

        private final boolean reinterprets;

        Kind(boolean reinterprets) {
            this.reinterprets = reinterprets;
        }

        /**
         * Whether values that were written surely mean something else to who reads them. Such data shouldn't be read at
         * all; the other kinds lose something, or leave open what was meant.
         */
        public boolean reinterprets() {
            return reinterprets;
        }
    }

    /** The component where known, the reason and the remedy in one line. */
    @Override
    public String toString() {
        return component.map(c -> c + ": ").orElse(path.isEmpty() ? "" : path + ": ") + reason + ' ' + remedy;
    }
}
