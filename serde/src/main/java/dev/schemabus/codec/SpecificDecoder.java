package dev.schemabus.codec;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Records of classes that Avro's compiler made. Their making is left to Avro's own reader, which knows their conventions; it
 * gets the bytes after they were read once as a generic record, and found right and within the limits. That takes about twice the time
 * of Avro's reader alone, and is meant for a team that moves to records.
 */
final class SpecificDecoder<T> implements Decoder<T> {

    private final Class<T> type;
    private final Decoder<GenericRecord> check;
    private final Schema writer;
    private final Schema own;
    private final KnownClasses classes;

    SpecificDecoder(Class<T> type, Schema writer, Schema own, KnownClasses classes, Limits limits) {
        this.type = type;
        this.check = GenericCodecs.generic(writer, limits);
        this.writer = writer;
        this.own = own;
        this.classes = classes;
    }

    @Override
    public T decode(byte[] bytes, int offset, int length) {
        check.decode(bytes, offset, length);
        try {
            SpecificDatumReader<Object> reader = new SpecificDatumReader<>(writer, own, classes);
            return type.cast(reader.read(null, CheckedBytes.of(bytes, offset, length)));
        } catch (IOException | RuntimeException e) {
            throw new MalformedPayloadException(
                    type.getSimpleName() + ": the payload of " + length
                            + " bytes is a value of its schema, and can't be read" + " as this class: "
                            + e.getMessage(),
                    e);
        }
    }
}
