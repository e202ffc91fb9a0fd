package dev.schemabus.server;

import com.squareup.wire.schema.ErrorCollector;
import com.squareup.wire.schema.Linker;
import com.squareup.wire.schema.Loader;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.SchemaException;
import com.squareup.wire.schema.internal.SchemaEncoder;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import dev.schemabus.registry.SchemaRefusedException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Parses {@code .proto} texts and resolves their names, with the library for that. */
final class ProtobufLinking {

    /** The path of the schema itself, as errors name it. */
    static final String ITSELF = "this schema";

    private ProtobufLinking() {}

    /**
     * Links a schema with everything that it imports.
     *
     * @param text without comments
     * @param imports the texts by import path, without comments
     * @param strict whether to refuse an import that isn't there; else it counts as empty
     * @throws SchemaRefusedException 42201 if anything in it isn't as it should be
     */
    static ProtobufFile link(String text, Map<String, String> imports, boolean strict) {
        ErrorCollector errors = new ErrorCollector();
        try {
            ProtoFile file = parse(ITSELF, text);
            Linker linker = new Linker(new Imports(imports, strict), errors, true, true);
            Schema schema = linker.link(List.of(file));
            return new ProtobufModel(schema).file(ITSELF);
        } catch (SchemaRefusedException e) {
            throw e;
        } catch (SchemaException e) {
            throw ProtobufErrors.refused(errors.getErrors());
        } catch (RuntimeException e) { // the library has no type of its own for what it can't parse
            throw ProtobufErrors.refused(e);
        }
    }

    /** A schema that was linked before as a {@code FileDescriptorProto} in Base64, its imports by name. */
    static String serialized(String text, Map<String, String> imports) {
        ProtoFile file = parse("default", text);
        Schema schema = new Linker(new Imports(imports, true), new ErrorCollector(), true, true).link(List.of(file));
        return new SchemaEncoder(schema)
                .encode(Objects.requireNonNull(schema.protoFile("default")))
                .base64();
    }

    private static ProtoFile parse(String path, String text) {
        return ProtoFile.Companion.get(ProtoParser.Companion.parse(Location.get(path), text));
    }

    private record Imports(Map<String, String> texts, boolean strict) implements Loader {

        @Override
        public ProtoFile load(String path) {
            String text = texts.get(path);
            return text == null ? ProtobufWellKnown.file(path).orElseGet(() -> missing(path)) : parse(path, text);
        }

        private ProtoFile missing(String path) {
            if (strict) {
                throw ProtobufLimits.refused("it imports '" + path
                        + "', for which it has no reference: register that file, and refer to it" + " under this name");
            }
            return parse(path, "");
        }

        @Override
        public Loader withErrors(ErrorCollector errors) {
            return this;
        }
    }
}
