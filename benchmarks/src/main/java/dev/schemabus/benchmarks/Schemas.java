package dev.schemabus.benchmarks;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * The payloads' schemas: their own, and older ones, in which components are missing, stand in another order, have smaller types,
 * and which have fields that the records don't know any more.
 */
final class Schemas {

    private Schemas() {}

    static EventSchema own(Class<?> type, SchemaFormat format) {
        return SchemaGenerator.standard().generate(type, format).inlined();
    }

    static EventSchema older(Class<?> type) {
        String file = "/older/" + type.getSimpleName().toLowerCase(Locale.ROOT) + ".avsc";
        try (InputStream in = Objects.requireNonNull(Schemas.class.getResourceAsStream(file), file)) {
            return EventSchema.of(SchemaFormat.AVRO, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the class path", e);
        }
    }

    static Schema avro(EventSchema schema) {
        return new Schema.Parser().parse(schema.text());
    }
}
