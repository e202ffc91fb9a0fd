package dev.schemabus.codec;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Bytes that were found to be a value of their schema, for Avro's own readers. */
final class CheckedBytes {

    private CheckedBytes() {}

    /**
     * Avro's decoder, behind a stream that doesn't tell how many bytes remain. Where it knows, version 1.12.2 compares that with the
     * least size of the elements under the <em>reader's</em> schema, and refuses valid lists whose elements gained a field or were
     * promoted.
     */
    static BinaryDecoder of(byte[] bytes, int offset, int length) {
        return DecoderFactory.get()
                .directBinaryDecoder(new FilterInputStream(new ByteArrayInputStream(bytes, offset, length)) {}, null);
    }
}
