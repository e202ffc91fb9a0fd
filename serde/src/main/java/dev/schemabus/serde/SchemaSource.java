package dev.schemabus.serde;

import dev.schemabus.registry.SchemaIdentifier;
import java.util.Map;

/** Which registered schema a writer writes under. */
public sealed interface SchemaSource {

    /** The type's own schema, registered when it isn't yet ({@code auto.register.schemas=true}, the default). */
    SchemaSource REGISTER = new Register();

    /**
     * The type's own schema, which must be registered already ({@code auto.register.schemas=false}). Also the subject's latest
     * version where that says the same ({@link dev.schemabus.schema.EventSchema#isEquivalentTo}).
     */
    SchemaSource LOOKUP = new Lookup();

    /** The subject's latest version, whatever the type's own schema ({@code use.latest.version=true}). */
    SchemaSource LATEST = new Latest(Map.of());

    /** {@link #REGISTER}. */
    record Register() implements SchemaSource {}

    /** {@link #LOOKUP}. */
    record Lookup() implements SchemaSource {}

    /**
     * The subject's latest version, or the latest of those that were registered with certain metadata
     * ({@code use.latest.with.metadata}).
     *
     * @param metadata the properties that its metadata must have; empty if it may have any
     */
    record Latest(Map<String, String> metadata) implements SchemaSource {
        public Latest {
            metadata = Map.copyOf(metadata);
        }
    }

    /**
     * One schema for whatever is written, under whatever subject it was registered ({@code use.schema.id},
     * {@code use.schema.guid}).
     *
     * @param schema its id, or its GUID if records name their schema by GUID
     */
    record Fixed(SchemaIdentifier schema) implements SchemaSource {}
}
