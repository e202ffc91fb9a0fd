package dev.schemabus.server;

import dev.schemabus.registry.SchemaRefusedException;
import java.util.Map;

/**
 * Protocol Buffers, proto2 and proto3. What reads and links {@code .proto} texts is a library that is loaded with the
 * first schema of this language: nothing here may name its types.
 */
final class ProtobufDialect implements SchemaDialect {

    @Override
    public String type() {
        return "PROTOBUF";
    }

    @Override
    public ParsedSchema parse(StoredSchema schema, Map<String, StoredSchema> references) {
        return ProtobufSchema.parse(schema.text(), references);
    }

    @Override
    public ParsedSchema read(StoredSchema schema, Map<String, StoredSchema> references) {
        try {
            return ProtobufSchema.parse(schema.text(), references);
        } catch (SchemaRefusedException e) {
            return ProtobufSchema.parseWithoutOptions(schema.text(), references);
        }
    }
}
