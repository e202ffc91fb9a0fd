package dev.schemabus.server;

import dev.schemabus.registry.RegistryMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something that happened to a registry, already judged and allowed. Applied in order, changes rebuild its state. They
 * are those of the reference's log, one to one, but for {@link IdsUsed}, which the reference doesn't know, and {@link VersionReserved}, which is never appended.
 *
 * <p>A subject is its qualified name: {@code :.context:subject}, and in the default context the subject alone. Settings
 * without a subject are the registry's, those of {@code :.context:} a context's.
 */
sealed interface Change {

    /**
     * A version was put: a new one, or one in place of itself.
     *
     * @param id the schema's id in the subject's context
     * @param deleted whether the version is deleted softly
     */
    record SchemaStored(String subject, int version, int id, StoredSchema schema, boolean deleted) implements Change {}

    /**
     * A version is there that this process can't read. Nobody else may have its numbers.
     *
     * @param id empty if that can't be read either
     */
    record VersionReserved(String subject, int version, OptionalInt id) implements Change {}

    /** A version was deleted for good. */
    record SchemaRemoved(String subject, int version) implements Change {}

    /**
     * The versions of a subject were deleted softly.
     *
     * @param version the highest that is meant
     */
    record SubjectDeleted(String subject, int version) implements Change {}

    /**
     * What is deleted softly in a subject was dropped; without a name in it ({@code :.context:}), in all subjects of the
     * context.
     *
     * @param subject empty for the default context
     */
    record SubjectCleared(Optional<String> subject) implements Change {}

    /**
     * There is a context: its first schema comes next.
     *
     * @param context begins with a dot; never the default one
     */
    record ContextStored(String context) implements Change {}

    /** Settings were put in place of those there were. */
    record ConfigStored(Optional<String> subject, Config config) implements Change {}

    /** Settings were taken back. */
    record ConfigRemoved(Optional<String> subject) implements Change {}

    /** A mode was set. */
    record ModeStored(Optional<String> subject, RegistryMode mode) implements Change {}

    /** A mode was taken back. */
    record ModeRemoved(Optional<String> subject) implements Change {}

    /**
     * Ids up to these were given out once, whatever has become of them.
     *
     * @param highest by context
     */
    record IdsUsed(Map<String, Integer> highest) implements Change {

        public IdsUsed {
            highest = Map.copyOf(highest);
        }
    }

    /** Nothing: a marker in a log. */
    record Noop() implements Change {}
}
