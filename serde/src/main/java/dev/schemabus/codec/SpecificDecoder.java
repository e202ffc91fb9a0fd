package dev.schemabus.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Records of classes that Avro's compiler made. Their making is left to Avro's own reader, which knows their conventions; it
 * gets the bytes after {@link GenericDecoder} has read them once and found them right and within the limits.
 */
final class SpecificDecoder<T> implements Decoder<T> {

    private final Class<T> type;
    private final GenericDecoder check;
    private final Schema writer;
    private final Schema own;
    private final KnownClasses classes;

    SpecificDecoder(Class<T> type, Schema writer, Schema own, KnownClasses classes, Limits limits) {
        this.type = type;
        this.check = new GenericDecoder(writer, limits);
        this.writer = writer;
        this.own = own;
        this.classes = classes;
    }

    @Override
    public T decode(byte[] bytes, int offset, int length) {
        check.decode(bytes, offset, length);
        try {
            SpecificDatumReader<Object> reader = new SpecificDatumReader<>(writer, own, classes);
            return type.cast(reader.read(null, new PayloadDecoder(ByteBuffer.wrap(bytes, offset, length))));
        } catch (IOException | RuntimeException e) {
            throw new MalformedPayloadException(
                    type.getSimpleName() + ": the payload of " + length
                            + " bytes is a value of its schema, and can't be read" + " as this class: "
                            + e.getMessage(),
                    e);
        }
    }
}
