package dev.schemabus.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the values of one shape; a part of a {@link JsonPlan}. Throws {@link PathException} for a value that
 * doesn't fit.
 */
abstract class JsonForm {

    abstract void write(@Nullable Object value, JsonOutput out) throws IOException;

    /** Reads the value whose first token is the current one; its last one is then. */
    abstract @Nullable Object read(JsonInput in) throws IOException;

    /** Whether a record leaves out the property that has this value. */
    boolean isAbsent(@Nullable Object value) {
        return false;
    }

    /** Whether {@link #isAbsent} may be true. */
    boolean canBeAbsent() {
        return false;
    }

    /** What a component has whose property is not there; only for those that may be absent. */
    @Nullable
    Object absent() {
        throw new PathException("is missing, and required");
    }
}
