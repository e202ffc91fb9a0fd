package dev.schemabus.codec;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Avro's own resolving reader, which keeps the entries of maps in the order of their bytes here. */
final class AvroReader extends GenericDatumReader<Object> {

    private AvroReader(Schema writer, Schema reader) {
        super(writer, reader, new GenericData());
        getData().setFastReaderEnabled(false); // It makes its maps elsewhere.
    }

    @Override
    protected Object newMap(Object old, int size) {
        return new LinkedHashMap<>();
    }

    static Object read(byte[] payload, Schema writer, Schema reader) throws IOException {
        // Where Avro knows how many bytes are left it refuses lists whose items take more bytes under the reader's
        // schema.
        BinaryDecoder decoder = DecoderFactory.get()
                .directBinaryDecoder(new FilterInputStream(new ByteArrayInputStream(payload)) {}, null);
        Object datum = new AvroReader(writer, reader).read(null, decoder);
        try {
            decoder.readBoolean();
        } catch (EOFException expected) {
            return datum;
        }
        throw new IOException("bytes follow the value");
    }
}
