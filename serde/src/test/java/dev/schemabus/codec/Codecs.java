package dev.schemabus.codec;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Short ways to codecs and payloads. */
final class Codecs {

    private static final CodecFactory FACTORY = new CodecFactory(SchemaGenerator.standard());

    private Codecs() {}

    static EventSchema schema(Class<?> type, SchemaFormat format) {
        return SchemaGenerator.standard().generate(type, format);
    }

    /** Writes and reads a type under its own schema. */
    static <T> Codec<T> own(Class<T> type, SchemaFormat format) {
        return FACTORY.codec(type, schema(type, format));
    }

    /** Writes and reads a type under another's schema. */
    static <T> Codec<T> under(Class<?> writer, Class<T> type, SchemaFormat format) {
        return FACTORY.codec(type, schema(writer, format));
    }

    /** Writes one type and reads the payload as another. */
    static <W, R> R rewritten(Class<W> writer, W value, Class<R> reader, SchemaFormat format) {
        byte[] payload = own(writer, format).encode(value, 0);
        return under(writer, reader, format).decode(ByteBuffer.wrap(payload));
    }

    static <T> T decode(Codec<T> codec, byte[] payload) {
        return codec.decode(ByteBuffer.wrap(payload));
    }

    static <T> T decode(Codec<T> codec, String json) {
        return decode(codec, json.getBytes(StandardCharsets.UTF_8));
    }
}
