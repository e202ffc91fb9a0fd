package dev.schemabus.schema;

import java.util.Locale;

/** The language a schema is written in. The constants' names are the registry's {@code schemaType} values. */
public enum SchemaFormat {
    /** Apache Avro: binary payloads. The registry's default when {@code schemaType} is absent. */
    AVRO,
    /** JSON Schema: JSON text payloads. */
    JSON;

    /**
     * Reads a format from configuration or from a registry's answer, ignoring case.
     *
     * @throws IllegalArgumentException if the text names none; the message lists the choices
     */
    public static SchemaFormat parse(String text) {
        return switch (text.trim().toUpperCase(Locale.ROOT)) {
            case "AVRO" -> AVRO;
            case "JSON" -> JSON;
            default -> throw new IllegalArgumentException("Unknown schema format '" + text + "': use AVRO or JSON");
        };
    }
}
