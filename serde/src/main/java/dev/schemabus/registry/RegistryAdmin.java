package dev.schemabus.registry;

import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import java.util.List;
import java.util.Optional;

/**
 * The operator's verbs on a schema registry. Nothing here is cached.
 *
 * <p>Every method throws a {@link RegistryException}, whose type says what to do about it.
 */
public interface RegistryAdmin {

    /** All subjects, sorted by name. */
    List<Subject> subjects();

    /**
     * The version numbers of a subject, ascending.
     *
     * @throws SchemaNotFoundException if the subject doesn't exist
     */
    List<Integer> versions(Subject subject);

    /**
     * One version of a subject.
     *
     * @throws SchemaNotFoundException if the subject or the version doesn't exist
     */
    RegisteredSchema version(Subject subject, int version);

    /**
     * Asks the registry whether a schema may become the next version of a subject, at the subject's level.
     *
     * @return the registry's reasons against it, empty if it may
     */
    List<String> incompatibilities(Subject subject, EventSchema schema);

    /** The level of subjects that have none of their own. */
    CompatibilityLevel compatibility();

    /** Sets the level of subjects that have none of their own. */
    void setCompatibility(CompatibilityLevel level);

    /** A subject's own level; empty if it follows the global one. */
    Optional<CompatibilityLevel> compatibility(Subject subject);

    /** Sets a subject's own level. The subject need not exist yet. */
    void setCompatibility(Subject subject, CompatibilityLevel level);

    /** The mode of subjects that have none of their own. */
    RegistryMode mode();

    /** Sets the mode of subjects that have none of their own. */
    void setMode(RegistryMode mode);

    /** A subject's own mode; empty if it follows the global one. */
    Optional<RegistryMode> mode(Subject subject);

    /** Sets a subject's own mode. */
    void setMode(Subject subject, RegistryMode mode);
}
