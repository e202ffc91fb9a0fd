package dev.schemabus.server;

import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Avro and JSON Schema, by the rules of {@code dev.schemabus.schema}. */
final class EventDialect implements SchemaDialect {

    private final SchemaFormat format;

    EventDialect(SchemaFormat format) {
        this.format = format;
    }

    @Override
    public String type() {
        return format.name();
    }

    private interface Reader {
        EventSchema read(SchemaFormat format, String text, List<dev.schemabus.schema.SchemaReference> references);
    }

    @Override
    public ParsedSchema parse(StoredSchema schema, Map<String, StoredSchema> references) {
        SchemaLimits.check(schema.text());
        return parsed(schema, references, EventSchema::of);
    }

    @Override
    public ParsedSchema read(StoredSchema schema, Map<String, StoredSchema> references) {
        return parsed(schema, references, EventSchema::registered);
    }

    private ParsedSchema parsed(StoredSchema schema, Map<String, StoredSchema> references, Reader reader) {
        try {
            Map<String, EventSchema> known = new HashMap<>();
            references.forEach((name, stored) -> known.put(
                    name,
                    EventSchema.registered(SchemaFormat.parse(stored.type()), stored.text(), direct(stored, known))));
            return new ParsedEventSchema(reader.read(format, schema.text(), direct(schema, known)));
        } catch (SchemaException | IllegalArgumentException e) {
            throw new SchemaRefusedException(42201, "Invalid schema: " + e.getMessage(), e);
        }
    }

    private static List<dev.schemabus.schema.SchemaReference> direct(
            StoredSchema schema, Map<String, EventSchema> known) {
        List<dev.schemabus.schema.SchemaReference> direct = new ArrayList<>();
        for (SchemaReference reference : schema.references()) {
            EventSchema referred = known.get(reference.name());
            if (referred == null) {
                throw new IllegalArgumentException("its reference '" + reference.name() + "' leads nowhere");
            }
            direct.add(new dev.schemabus.schema.SchemaReference(reference.name(), referred));
        }
        return direct;
    }
}
