package dev.schemabus.server;

import java.util.Map;

/** SPI, inside: one schema language, as far as a registry has to understand it. Safe for many threads. */
interface SchemaDialect {

    /** The protocol's name of the language: AVRO, JSON or PROTOBUF. */
    String type();

    /**
     * Reads a schema that somebody wants to register, strictly.
     *
     * @param references by the names that the texts use, everything that the schema needs, directly or not: each after
     *     those it needs itself
     * @throws dev.schemabus.registry.SchemaRefusedException 42201 if it is none of this language; the message says where
     */
    ParsedSchema parse(StoredSchema schema, Map<String, StoredSchema> references);

    /**
     * Reads a schema that the registry holds already: what older rules let pass is taken as it is.
     *
     * @throws dev.schemabus.registry.SchemaRefusedException 42201 if it is none of this language at all
     */
    default ParsedSchema read(StoredSchema schema, Map<String, StoredSchema> references) {
        return parse(schema, references);
    }
}
