package dev.schemabus.server;

import com.squareup.wire.schema.EnumType;
import com.squareup.wire.schema.ErrorCollector;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.Linker;
import com.squareup.wire.schema.Loader;
import com.squareup.wire.schema.MessageType;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.ProtoType;
import com.squareup.wire.schema.Schema;
import dev.schemabus.server.ProtobufDescriptor.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Decodes descriptors, and writes the options in them as text. Options that Protocol Buffers doesn't know by itself
 * aren't written: a descriptor has but numbers for them.
 */
final class ProtobufDescriptorOptions {

    /** Descriptors of descriptors; loaded with the first schema that is sent as one. */
    private static final class Linked {
        private static final Schema SCHEMA = new Linker(new WellKnown(), new ErrorCollector(), true, true)
                .link(List.of(ProtobufWellKnown.file("google/protobuf/descriptor.proto")
                        .orElseThrow()));
    }

    private static final class WellKnown implements Loader {
        @Override
        public ProtoFile load(String path) {
            return ProtobufWellKnown.file(path).orElseThrow();
        }

        @Override
        public Loader withErrors(ErrorCollector errors) {
            return this;
        }
    }

    /** @throws IOException if the bytes are no FileDescriptorProto */
    static Node decoded(byte[] descriptor) throws IOException {
        Object file = Linked.SCHEMA
                .protoAdapter("google.protobuf.FileDescriptorProto", false)
                .decode(descriptor);
        return new Node((Map<?, ?>) file);
    }

    /**
     * The options as {@code name = value}.
     *
     * @param type the simple name of the message in descriptor.proto that they are
     */
    List<String> written(String type, Node options) {
        List<String> written = new ArrayList<>();
        options.fields().forEach((name, value) -> {
            Optional<ProtoType> valueType = field("google.protobuf." + type, String.valueOf(name))
                    .map(field -> Objects.requireNonNull(field.getType()));
            if (valueType.isPresent() && !name.equals("uninterpreted_option")) {
                for (Object one : value instanceof List<?> list ? list : List.of(value)) {
                    written.add(name + " = " + written(valueType.get(), one));
                }
            }
        });
        return written;
    }

    private static Optional<Field> field(String type, String name) {
        return Linked.SCHEMA.getType(type) instanceof MessageType message
                ? Optional.ofNullable(message.field(name))
                : Optional.empty();
    }

    private static String written(ProtoType type, Object value) {
        if (value instanceof Map<?, ?> fields) {
            List<String> members = new ArrayList<>();
            fields.forEach((name, inner) -> field(type.toString(), String.valueOf(name))
                    .ifPresent(field -> {
                        for (Object one : inner instanceof List<?> list ? list : List.of(inner)) {
                            members.add(name + ": " + written(Objects.requireNonNull(field.getType()), one));
                        }
                    }));
            return "{" + String.join(", ", members) + "}";
        }
        boolean bare =
                type.isScalar() ? !type.equals(ProtoType.STRING) : Linked.SCHEMA.getType(type) instanceof EnumType;
        return bare ? String.valueOf(value) : quoted(String.valueOf(value));
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
