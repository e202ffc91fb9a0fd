package dev.schemabus.server;

import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.Incompatibility.Direction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A {@code .proto} schema that was understood.
 *
 * @param canonical the text without comments, a declaration on each line, those of one kind together
 * @param file what the rules see
 * @param references what it imports, by path
 */
record ProtobufSchema(String canonical, ProtobufFile file, Map<String, StoredSchema> references)
        implements ParsedSchema {

    /**
     * Reads a schema and links it with what it imports.
     *
     * @param text a {@code .proto} text, or a {@code FileDescriptorProto} in Base64
     * @param references by import path; the files of Protocol Buffers itself need none
     * @throws SchemaRefusedException 42201 with the line and the reason if it can't be read or linked, 42209 if it is too
     *     large
     */
    static ProtobufSchema parse(String text, Map<String, StoredSchema> references) {
        return read(text, references, true);
    }

    /**
     * Reads a schema that other rules let pass: without its options, which may name what isn't there, and without imports
     * that aren't there.
     *
     * @throws SchemaRefusedException 42201 or 42209 if even that can't be read
     */
    static ProtobufSchema parseWithoutOptions(String text, Map<String, StoredSchema> references) {
        return read(text, references, false);
    }

    private static ProtobufSchema read(String text, Map<String, StoredSchema> references, boolean strict) {
        ProtobufTokens tokens = tokens(text);
        ProtobufFile file = ProtobufLinking.link(linked(tokens, strict), imports(references, strict), strict);
        ProtobufStatement statements = ProtobufStatement.file(tokens.all());
        return new ProtobufSchema(ProtobufOrder.grouped(statements).text(), file, references);
    }

    private static Map<String, String> imports(Map<String, StoredSchema> references, boolean strict) {
        Map<String, String> imports = new LinkedHashMap<>();
        references.forEach((path, schema) -> imports.put(path, linked(tokens(schema.text()), strict)));
        return imports;
    }

    private static ProtobufTokens tokens(String sent) {
        ProtobufLimits.checkText(sent);
        String text = ProtobufDescriptor.asText(sent).orElse(sent);
        ProtobufTokens tokens = ProtobufTokens.of(text);
        ProtobufLimits.checkDefinitions(tokens.definitions());
        return tokens;
    }

    private static String linked(ProtobufTokens tokens, boolean strict) {
        return strict
                ? tokens.uncommented()
                : ProtobufOptions.without(ProtobufStatement.file(tokens.all())).text();
    }

    @Override
    public ProtobufSchema normalized() {
        List<String> tokens = ProtobufTokens.of(canonical).all();
        return new ProtobufSchema(
                ProtobufOrder.normalized(ProtobufStatement.file(tokens)).text(), file, references);
    }

    /** The canonical text: what a {@code .proto} file imports can't be written into it, it has one package. */
    @Override
    public String resolved() {
        return canonical;
    }

    /**
     * Also {@code serialized}: a {@code FileDescriptorProto} in Base64, for clients that have no parser. The library
     * leaves out what is reserved, and other names in JSON.
     */
    @Override
    public String formatted(String format) {
        return format.equals("serialized")
                ? ProtobufLinking.serialized(canonical, imports(references, true))
                : ParsedSchema.super.formatted(format);
    }

    @Override
    public List<String> incompatibilities(CompatibilityLevel level, ParsedSchema older) {
        ProtobufFile earlier = ((ProtobufSchema) older).file();
        Stream<String> backward =
                level.backward() ? ProtobufRules.read(file, earlier, Direction.BACKWARD).stream() : Stream.of();
        Stream<String> forward =
                level.forward() ? ProtobufRules.read(earlier, file, Direction.FORWARD).stream() : Stream.of();
        return Stream.concat(backward, forward).distinct().toList();
    }
}
