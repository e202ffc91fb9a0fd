package dev.schemabus.maven.docs;

import dev.schemabus.codec.Codec;
import dev.schemabus.codec.CodecFactory;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.wire.WireFormat;
import dev.schemabus.wire.WireFormats;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * One value of an event as it goes over the wire, written by the codecs that write it in production.
 *
 * @param bytes by format: the five bytes of the frame, then the payload
 */
record Example(Map<SchemaFormat, byte[]> bytes) {

    /** Stands where the registry's id will be. */
    static final SchemaId PLACEHOLDER = new SchemaId(1);

    private static final WireFormat FRAME = WireFormats.PREFIX_ID;

    /**
     * Makes one: the example message is read as JSON, so the record's constructor sees it, and then written in both formats.
     *
     * @throws Refused if the record takes no such value
     */
    static Example of(Class<?> type, RecordShape shape, SchemaGenerator generator) throws Refused {
        return typed(type, shape, generator);
    }

    private static <T> Example typed(Class<T> type, RecordShape shape, SchemaGenerator generator) throws Refused {
        CodecFactory codecs = new CodecFactory(generator);
        EventSchema json = generator.generate(type, SchemaFormat.JSON);
        String message = new ExampleJson(PrettyJson.tree(json.inlined().text()))
                .of(shape)
                .toString();
        Map<SchemaFormat, byte[]> bytes = new EnumMap<>(SchemaFormat.class);
        try {
            T value = codecs.codec(type, json).decode(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
            for (SchemaFormat format : SchemaFormat.values()) {
                Codec<T> codec = codecs.codec(type, generator.generate(type, format));
                byte[] framed = codec.encode(value, FRAME.headroom());
                FRAME.stamp(framed, PLACEHOLDER);
                bytes.put(format, framed);
            }
        } catch (RuntimeException | LinkageError e) {
            throw new Refused(message, e);
        }
        return new Example(bytes);
    }

    /** The JSON text of the message, as the codec wrote it. */
    String message() {
        byte[] framed = bytesIn(SchemaFormat.JSON);
        return new String(framed, FRAME.headroom(), framed.length - FRAME.headroom(), StandardCharsets.UTF_8);
    }

    byte[] bytesIn(SchemaFormat format) {
        byte[] framed = bytes.get(format);
        if (framed == null) {
            throw new IllegalStateException("no example in " + format);
        }
        return framed;
    }

    /** The record doesn't take the value that was made up. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        /** The message that was refused, as JSON. */
        private final String json;

        Refused(String json, Throwable cause) {
            super(reason(cause), cause);
            this.json = json;
        }

        String json() {
            return json;
        }

        private static String reason(Throwable cause) {
            Throwable root = cause;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String outer = String.valueOf(cause.getMessage());
            String inner = String.valueOf(root.getMessage());
            return outer.contains(inner) ? outer : outer + ": " + inner;
        }
    }
}
