package dev.schemabus.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * Finds where the same bytes mean one thing to their writer and another to a type. Avro's schema resolution looks at
 * {@code long} and {@code bytes} alone: microseconds would be read as milliseconds, and 12.3456 as 1234.56. (For decimals
 * the specification, "Decimal", asks for equal scales.)
 */
final class AvroMeaning {

    private static final String LOGICAL_TYPE = "logicalType";

    private final IdentityHashMap<Schema, Set<Schema>> compared = new IdentityHashMap<>();
    private final List<String> changes = new ArrayList<>();

    private AvroMeaning() {}

    /** What reading would change, one sentence for each place, with its path. Empty if nothing. */
    static List<String> changes(String path, Schema reader, Schema writer) {
        AvroMeaning meaning = new AvroMeaning();
        meaning.compare(path, reader, writer);
        return meaning.changes;
    }

    private void compare(String path, Schema reader, Schema writer) {
        Set<Schema> known = compared.computeIfAbsent(reader, r -> Collections.newSetFromMap(new IdentityHashMap<>()));
        if (!known.add(writer)) {
            return;
        }
        if (reader.isUnion() || writer.isUnion()) {
            for (Schema wanted : branches(reader)) {
                branches(writer).forEach(written -> compare(path, wanted, written));
            }
            return;
        }
        if (reader.getType() == writer.getType()) {
            switch (reader.getType()) {
                case RECORD -> fields(path, reader, writer);
                case ARRAY -> compare(path + "[]", reader.getElementType(), writer.getElementType());
                case MAP -> compare(path + "{}", reader.getValueType(), writer.getValueType());
                default -> {}
            }
        }
        attributes(path, reader, writer);
    }

    private static List<Schema> branches(Schema schema) {
        return schema.isUnion() ? schema.getTypes() : List.of(schema);
    }

    private void fields(String path, Schema reader, Schema writer) {
        // In a union, records of other names are other branches.
        if (!SchemaCompatibility.schemaNameEquals(reader, writer)) {
            return;
        }
        for (Schema.Field field : reader.getFields()) {
            Schema.Field written = SchemaCompatibility.lookupWriterField(writer, field);
            if (written != null) {
                compare(path + "." + field.name(), field.schema(), written.schema());
            }
        }
    }

    /** Data without a logical type claims no meaning of its own, so the type's counts. */
    private void attributes(String path, Schema reader, Schema writer) {
        if (reader.getProp(LOGICAL_TYPE) == null || writer.getProp(LOGICAL_TYPE) == null) {
            return;
        }
        reader.getObjectProps().forEach((attribute, wanted) -> {
            Object written = writer.getObjectProp(attribute);
            if (written == null && attribute.equals("scale")) {
                written = 0; // the specification's default
            }
            // A precision says how large numbers get, not what they mean.
            if (!wanted.equals(written) && !attribute.equals("precision")) {
                changes.add(path + ": the writer schema says " + attribute + " " + written + ", the type " + wanted
                        + ": reading would change the meaning");
            }
        });
    }
}
