package dev.schemabus.schema;

/**
 * How JSON Schemas are written.
 *
 * @param closed whether objects refuse properties that the schema doesn't name ({@code additionalProperties: false})
 */
record JsonSettings(JsonDialect dialect, boolean closed) {

    static final JsonSettings STANDARD = new JsonSettings(JsonDialect.DRAFT_7, true);

    JsonSettings in(JsonDialect other) {
        return new JsonSettings(other, closed);
    }

    JsonSettings open() {
        return new JsonSettings(dialect, false);
    }
}
