package dev.schemabus.schema;

import java.util.Locale;

/** The types of JSON Schema (JSON Schema Validation, section 6.1.1). Every integer is a number, too. */
enum JsonType {
    NULL,
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    ARRAY,
    OBJECT;

    /** The name in a schema. */
    String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
