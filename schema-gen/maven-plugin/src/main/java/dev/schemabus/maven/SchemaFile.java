package dev.schemabus.maven;

import dev.schemabus.maven.docs.PrettyJson;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a file that holds the schema of one event, and the layout of its text.
 *
 * @param event the event's full name
 * @param format the schema's language
 */
record SchemaFile(String event, SchemaFormat format) {

    /** The schema file that a file name means; empty if it means none. */
    static Optional<SchemaFile> named(String fileName) {
        for (SchemaFormat format : SchemaFormat.values()) {
            if (fileName.endsWith(suffix(format))) {
                String event =
                        fileName.substring(0, fileName.length() - suffix(format).length());
                return Optional.of(new SchemaFile(event, format));
            }
        }
        return Optional.empty();
    }

    private static String suffix(SchemaFormat format) {
        return switch (format) {
            case AVRO -> ".avsc";
            case JSON -> ".schema.json";
        };
    }

    /** Such as {@code com.acme.shop.OrderPlaced.avsc}. */
    String fileName() {
        return event + suffix(format);
    }

    /** Such as {@code com.acme.shop.OrderPlaced (avro)}. */
    String label() {
        return event + " (" + format.name().toLowerCase(Locale.ROOT) + ")";
    }

    /** The text to write for a schema: complete in itself, whatever the schema refers to. */
    static String text(EventSchema schema) {
        return PrettyJson.of(schema.inlined().text()) + "\n";
    }
}
