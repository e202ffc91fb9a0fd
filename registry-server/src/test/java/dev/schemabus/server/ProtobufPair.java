package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.CompatibilityLevel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two versions of a Protobuf schema, and what is expected of each reading the other. A row of a table.
 *
 * @param name the change
 * @param backward what stands in the way of the new schema reading old data; empty if nothing does
 * @param forward what stands in the way of the old schema reading new data; empty if nothing does
 */
record ProtobufPair(
        String name, ProtobufSchema older, ProtobufSchema newer, List<String> backward, List<String> forward) {

    static ProtobufPair pair(String name, String older, String newer) {
        return new ProtobufPair(name, schema(older), schema(newer), List.of(), List.of());
    }

    /** A change between two bodies of a proto3 message Order. */
    static ProtobufPair order(String name, String older, String newer) {
        return pair(name, "message Order { " + older + " }", "message Order { " + newer + " }");
    }

    /** A change between two bodies of a proto2 message Order. */
    static ProtobufPair proto2(String name, String older, String newer) {
        return pair(
                name,
                "syntax = 'proto2'; message Order { " + older + " }",
                "syntax = 'proto2'; message Order { " + newer + " }");
    }

    ProtobufPair backward(String... reasons) {
        return new ProtobufPair(name, older, newer, List.of(reasons), forward);
    }

    ProtobufPair forward(String... reasons) {
        return new ProtobufPair(name, older, newer, backward, List.of(reasons));
    }

    /** A schema of one file, in proto3 unless it says otherwise. */
    static ProtobufSchema schema(String text) {
        return schema(text, Map.of());
    }

    static ProtobufSchema schema(String text, Map<String, String> imports) {
        Map<String, StoredSchema> references = new LinkedHashMap<>();
        imports.forEach((path, imported) -> references.put(path, new StoredSchema("PROTOBUF", withSyntax(imported))));
        return ProtobufSchema.parse(withSyntax(text), references);
    }

    private static String withSyntax(String text) {
        return text.startsWith("syntax") ? text : "syntax = 'proto3';\n" + text;
    }

    void verify() {
        List<String> found = newer.incompatibilities(CompatibilityLevel.BACKWARD, older);
        assertThat(found).as("BACKWARD").containsExactlyElementsOf(backward);
        found = newer.incompatibilities(CompatibilityLevel.FORWARD, older);
        assertThat(found).as("FORWARD").containsExactlyElementsOf(forward);
        found = newer.incompatibilities(CompatibilityLevel.FULL, older);
        assertThat(found).as("FULL").containsAll(backward).containsAll(forward);
    }

    @Override
    public String toString() {
        return name;
    }
}
