package dev.schemabus.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro binary from Avro's own records, written by Avro's own writers. What they write is read once, so that nothing leaves
 * that couldn't be read back, and the limits are those of reading.
 *
 * <p>A record that carries another schema than the one to write under is resolved to that first, as a reader would:
 * Avro's writers take fields by position and would mix them up.
 */
final class GenericEncoder<T> implements Encoder<T> {

    private final Class<T> type;
    private final Schema schema;
    private final Decoder<GenericRecord> check;
    private final Limits limits;

    /** How the records of one schema get there; mostly all are of one. */
    private volatile @Nullable Way last;

    /** @param resolution null if the schemas are the same */
    private record Way(Schema from, @Nullable GenericDatumReader<IndexedRecord> resolution) {}

    GenericEncoder(Class<T> type, Schema schema, Limits limits) {
        this.type = type;
        this.schema = schema;
        this.check = GenericCodecs.generic(schema, limits);
        this.limits = limits;
    }

    @Override
    public byte[] encode(T value, int headroom) {
        IndexedRecord record = (IndexedRecord) value;
        try {
            GenericDatumReader<IndexedRecord> resolution = way(record.getSchema()).resolution;
            byte[] bytes = resolution == null
                    ? write(record, schema, headroom)
                    : write(resolved(record, resolution), schema, headroom);
            check.decode(bytes, headroom, bytes.length - headroom);
            return bytes;
        } catch (MalformedPayloadException e) {
            throw new MismatchedValueException("It couldn't be read back: " + e.getMessage(), e.path(), e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new MismatchedValueException(
                    type.getSimpleName() + " doesn't fit the schema " + schema.getFullName() + ": "
                            + (e instanceof StackOverflowError ? "it is nested too deep" : e.getMessage()),
                    e);
        }
    }

    private Way way(Schema from) {
        Way known = last;
        if (known == null || !known.from.equals(from)) {
            known = new Way(
                    from, from.equals(schema) ? null : new GenericDatumReader<>(from, schema, new GenericData()));
            last = known;
        }
        return known;
    }

    private IndexedRecord resolved(IndexedRecord record, GenericDatumReader<IndexedRecord> resolution)
            throws IOException {
        byte[] own = write(record, record.getSchema(), 0);
        return resolution.read(null, CheckedBytes.of(own, 0, own.length));
    }

    private byte[] write(IndexedRecord record, Schema under, int headroom) throws IOException {
        Output out = new Output(headroom, limits.valueBytes());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        GenericDatumWriter<IndexedRecord> writer = record instanceof SpecificRecord
                ? new SpecificDatumWriter<>(under, SpecificData.getForClass(record.getClass()))
                : new GenericDatumWriter<>(under, new GenericData());
        writer.write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** Java's own takes a lock for each byte, and has no limit. */
    private static final class Output extends OutputStream {
        private final int headroom;
        private final int most;
        private byte[] bytes;
        private int size;

        Output(int headroom, int most) {
            this.headroom = headroom;
            this.most = most;
            this.bytes = new byte[headroom + 256];
            this.size = headroom;
        }

        @Override
        public void write(int value) {
            makeRoom(1);
            bytes[size++] = (byte) value;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            makeRoom(length);
            System.arraycopy(source, offset, bytes, size, length);
            size += length;
        }

        private void makeRoom(int more) {
            long needed = (long) size + more;
            if (needed - headroom > most) {
                throw new UncheckedIOException(new IOException(
                        "it takes more than " + most + " bytes, the limit (schemabus.limits.value.bytes)"));
            }
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(
                        bytes, (int) Math.min(headroom + (long) most, Math.max(needed, 2L * bytes.length)));
            }
        }

        byte[] toByteArray() {
            return Arrays.copyOf(bytes, size);
        }
    }
}
