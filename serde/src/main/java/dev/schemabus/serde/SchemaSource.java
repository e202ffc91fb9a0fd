package dev.schemabus.serde;

/** Which registered schema a writer writes under. */
public enum SchemaSource {
    /** The type's own schema, registered when it isn't yet ({@code auto.register.schemas=true}, the default). */
    REGISTER,
    /**
     * The type's own schema, which must be registered already ({@code auto.register.schemas=false}). Also the subject's latest
     * version where that says the same ({@link dev.schemabus.schema.EventSchema#isEquivalentTo}).
     */
    LOOKUP,
    /** The subject's latest version, whatever the type's own schema ({@code use.latest.version=true}). */
    LATEST
}
