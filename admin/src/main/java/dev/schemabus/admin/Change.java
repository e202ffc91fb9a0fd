package dev.schemabus.admin;

import dev.schemabus.registry.Subject;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Incompatibility;
import java.util.List;
import java.util.Optional;

/** One step of a {@link Plan}. */
public sealed interface Change {

    /** Sets the level of subjects without their own. */
    record SetGlobalLevel(CompatibilityLevel from, CompatibilityLevel to) implements Change {}

    /** Sets a subject's own level. */
    record SetSubjectLevel(Subject subject, Optional<CompatibilityLevel> from, CompatibilityLevel to)
            implements Change {}

    /**
     * Registers a schema as the next version.
     *
     * @param obstacles why the registry will refuse it; empty if it won't
     */
    record Register(Subject subject, EventSchema schema, List<Incompatibility> obstacles) implements Change {}
}
