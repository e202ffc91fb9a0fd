package dev.schemabus.server;

import com.squareup.wire.schema.CoreLoader;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that every schema may import without a reference, as in the reference registry: those of Protocol Buffers
 * itself, and those with which existing schemas say what they mean. What the library doesn't bring is a resource here.
 */
final class ProtobufWellKnown {

    private static final String PROTOBUF = "google/protobuf/";

    private static final Set<String> OF_THE_LIBRARY = Set.of(
            PROTOBUF + "any.proto",
            PROTOBUF + "descriptor.proto",
            PROTOBUF + "duration.proto",
            PROTOBUF + "empty.proto",
            PROTOBUF + "struct.proto",
            PROTOBUF + "timestamp.proto",
            PROTOBUF + "wrappers.proto",
            "wire/extensions.proto");

    private static final Set<String> OURS = Set.of(
            PROTOBUF + "api.proto",
            PROTOBUF + "field_mask.proto",
            PROTOBUF + "source_context.proto",
            PROTOBUF + "type.proto",
            "confluent/meta.proto",
            "confluent/type/decimal.proto");

    /** Parsed once. Linking changes what is made of them, not these. */
    private static final Map<String, ProtoFileElement> PARSED = new ConcurrentHashMap<>();

    private ProtobufWellKnown() {}

    /** A file that is fresh for linking; empty if there is none under this path. */
    static Optional<ProtoFile> file(String path) {
        if (!OF_THE_LIBRARY.contains(path) && !OURS.contains(path)) {
            return Optional.empty();
        }
        ProtoFileElement parsed = PARSED.computeIfAbsent(path, ProtobufWellKnown::parse);
        return Optional.of(ProtoFile.Companion.get(parsed));
    }

    private static ProtoFileElement parse(String path) {
        return OURS.contains(path)
                ? ProtoParser.Companion.parse(Location.get(path), resource(path))
                : CoreLoader.INSTANCE.load(path).toElement();
    }

    private static String resource(String path) {
        try (InputStream file = ProtobufWellKnown.class.getResourceAsStream("protobuf/" + path)) {
            if (file == null) {
                throw new IllegalStateException("The registry's jar lacks protobuf/" + path);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
