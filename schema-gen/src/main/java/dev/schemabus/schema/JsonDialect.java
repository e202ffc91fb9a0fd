package dev.schemabus.schema;

/** The version of the JSON Schema language that generated schemas are written in. */
public enum JsonDialect {
    /**
     * Draft 3, for consumers that know no later one. Needs
     * {@code com.fasterxml.jackson.module:jackson-module-jsonSchema} on the class path. Constraints of Jakarta Validation
     * are left out, and the compatibility rules don't read it.
     */
    DRAFT_3,
    /** Draft 7, which most registries and validators read. The default. */
    DRAFT_7,
    /** Draft 2019-09. */
    DRAFT_2019_09,
    /** Draft 2020-12. */
    DRAFT_2020_12
}
