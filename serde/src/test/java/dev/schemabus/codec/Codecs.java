package dev.schemabus.codec;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.nio.charset.StandardCharsets;

/** Short ways to codecs and payloads. */
final class Codecs {

    /** The build runs all tests of codecs in both modes. */
    static final CodecMode MODE =
            CodecMode.valueOf(System.getProperty("schemabus.test.codec", CodecMode.GENERATED.name()));

    private static final CodecFactory FACTORY = new CodecFactory(SchemaGenerator.standard()).withMode(MODE);

    private Codecs() {}

    static EventSchema schema(Class<?> type, SchemaFormat format) {
        return SchemaGenerator.standard().generate(type, format);
    }

    /** Writes and reads a type under its own schema. */
    static <T> Codec<T> own(Class<T> type, SchemaFormat format) {
        return FACTORY.codec(type, schema(type, format));
    }

    /** Reads a type under another's schema. */
    static <T> Decoder<T> under(Class<?> writer, Class<T> type, SchemaFormat format) {
        return FACTORY.decoder(type, schema(writer, format));
    }

    /** Writes a type under another's schema. */
    static <T> Encoder<T> writtenUnder(Class<?> writer, Class<T> type, SchemaFormat format) {
        return FACTORY.encoder(type, schema(writer, format));
    }

    /** Writes one type and reads the payload as another. */
    static <W, R> R rewritten(Class<W> writer, W value, Class<R> reader, SchemaFormat format) {
        byte[] payload = own(writer, format).encode(value, 0);
        return decode(under(writer, reader, format), payload);
    }

    static <T> T decode(Decoder<T> decoder, byte[] payload) {
        return decoder.decode(payload, 0, payload.length);
    }

    static <T> T decode(Decoder<T> decoder, String json) {
        return decode(decoder, json.getBytes(StandardCharsets.UTF_8));
    }
}
