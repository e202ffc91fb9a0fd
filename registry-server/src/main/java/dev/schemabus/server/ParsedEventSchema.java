package dev.schemabus.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.Compatibility;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Incompatibility;
import dev.schemabus.schema.SchemaException;
import java.util.List;

/** An Avro or a JSON Schema. */
record ParsedEventSchema(EventSchema schema) implements ParsedSchema {

    @Override
    public String canonical() {
        return schema.text();
    }

    @Override
    public ParsedSchema normalized() {
        return new ParsedEventSchema(NormalForm.of(schema));
    }

    @Override
    public String resolved() {
        try {
            return schema.inlined().text();
        } catch (SchemaException e) {
            throw new SchemaRefusedException(42201, "The references can't be written out: " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> incompatibilities(CompatibilityLevel level, ParsedSchema older) {
        EventSchema earlier = ((ParsedEventSchema) older).schema();
        try {
            return Compatibility.check(level, schema, List.of(earlier)).stream()
                    .map(Incompatibility::toString)
                    .toList();
        } catch (SchemaException e) {
            throw new SchemaRefusedException(42201, "The schema can't be compared: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean comparable() {
        if (!(Json.read(schema.text()) instanceof ObjectNode root)) {
            return true;
        }
        // Equal schemas are never compared: an attribute without meaning makes a copy that is.
        String copy = root.put("schemabus.copy", true).toString();
        try {
            EventSchema other = EventSchema.registered(schema.format(), copy, schema.references());
            Compatibility.check(CompatibilityLevel.BACKWARD, other, List.of(schema));
            return true;
        } catch (SchemaException e) {
            return false;
        }
    }
}
