package dev.schemabus.server;

import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.CompatibilityLevel;
import java.util.Optional;

/** Something that happened to a registry, already judged and allowed. Applied in order, changes rebuild its state. */
sealed interface Change {

    /** A subject got a new version. */
    record Registered(RegisteredSchema registration) implements Change {}

    /**
     * A compatibility level was set or, when empty, taken back.
     *
     * @param subject whose level; empty for the global one
     */
    record LevelSet(Optional<Subject> subject, Optional<CompatibilityLevel> level) implements Change {}

    /**
     * A mode was set or, when empty, taken back.
     *
     * @param subject whose mode; empty for the global one
     */
    record ModeSet(Optional<Subject> subject, Optional<RegistryMode> mode) implements Change {}
}
