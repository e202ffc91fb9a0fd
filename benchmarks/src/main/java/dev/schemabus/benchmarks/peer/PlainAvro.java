package dev.schemabus.benchmarks.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;

/** Avro alone, without a serde around it: its writer, encoder, reader and decoder, all of them used again and again. */
public final class PlainAvro {

    /** What a thread uses again. */
    private static final class Buffers {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 10);
        private @Nullable BinaryEncoder encoder;
        private @Nullable BinaryDecoder decoder;
    }

    private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(Buffers::new);
    private final DatumWriter<IndexedRecord> writer;
    private final DatumReader<IndexedRecord> reader;

    private PlainAvro(DatumWriter<IndexedRecord> writer, DatumReader<IndexedRecord> reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** Lets Avro make instances of its generated classes, which it does only of classes that somebody names. */
    public static void trust(Class<?>... types) {
        ClassSecurityValidator.Builder trusted = ClassSecurityValidator.builder();
        for (Class<?> type : types) {
            trusted.add(type);
        }
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), trusted.build()));
    }

    /** With the classes that Avro's plugin generates. */
    public static PlainAvro specific(Class<?> type, Schema writerSchema) {
        SpecificData model = SpecificData.getForClass(type);
        Schema own = model.getSchema(type);
        return new PlainAvro(
                new SpecificDatumWriter<>(own, model), new SpecificDatumReader<>(writerSchema, own, model));
    }

    /** With generic records. */
    public static PlainAvro generic(Schema schema, Schema writerSchema) {
        return new PlainAvro(
                new GenericDatumWriter<>(schema, GenericData.get()), new GenericDatumReader<>(writerSchema, schema));
    }

    /** From record to bytes. */
    public byte[] write(IndexedRecord value) throws IOException {
        Buffers mine = buffers.get();
        mine.out.reset();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(mine.out, mine.encoder);
        mine.encoder = encoder;
        writer.write(value, encoder);
        encoder.flush();
        return mine.out.toByteArray();
    }

    /** From bytes to record. */
    public IndexedRecord read(byte[] bytes) throws IOException {
        Buffers mine = buffers.get();
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, mine.decoder);
        mine.decoder = decoder;
        return reader.read(null, decoder);
    }

    /** From bytes to record, where it can fail only by mistake. */
    public IndexedRecord readWhole(byte[] bytes) {
        try {
            return read(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Avro doesn't read what was written", e);
        }
    }
}
