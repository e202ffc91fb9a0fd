package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.GoldenRecords;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random schemas and values: our reader gives what Avro's resolving reader gives, and what we write is what Avro writes. What both
 * give is compared as bytes under the reader's own schema.
 */
@DisabledIfSystemProperty(named = "schemabus.test.codec", matches = "INTERPRETED", disabledReason = "compares both")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentialTest {

    private static final int PAIRS = Integer.getInteger("test.pairs", 210);
    private static final int VALUES = 50;
    private static final CodecFactory FACTORY = new CodecFactory(SchemaGenerator.standard());
    private static final int RECORDS = 80;

    private final long seed = Long.getLong("test.seed", new Random().nextLong());
    private List<Class<?>> types = List.of();
    private int values;
    private int refused;
    private int canonical;
    private int unreadable;
    private int unwritable;

    @BeforeAll
    void compile(@TempDir Path folder) {
        System.out.println("-Dtest.seed=" + seed);
        types = new ArrayList<>(GoldenRecords.all());
        types.add(Shop.Everything.class);
        types.addAll(RandomRecords.load(RECORDS, seed, folder));
    }

    @Test
    void avrosReaderGivesTheSame() throws IOException {
        int pairs = 0;
        for (int attempt = 0; pairs < PAIRS; attempt++) {
            assertThat(attempt).as(report("too few pairs can be read", attempt)).isLessThan(PAIRS * 4);
            Class<?> type = types.get(attempt % types.size());
            pairs += readBoth(type, attempt) ? 1 : 0;
        }
        System.out.println(report("read", pairs));
        assertThat(values).isGreaterThan(PAIRS * VALUES * 4 / 5);
        assertThat(unwritable).as("compared as values").isLessThan(values / 10);
        assertThat(refused).as("refused by both").isBetween(PAIRS / 20, values / 4);
    }

    private String report(String what, int pairs) {
        return "%s: %d pairs, %d values (%d refused by both, %d compared in one spelling, %d as values, %d pairs unreadable); -Dtest.seed=%d"
                .formatted(what, pairs, values, refused, canonical, unwritable, unreadable, seed);
    }

    /** @return whether the pair can be read */
    private <T> boolean readBoth(Class<T> type, int attempt) throws IOException {
        Random random = new Random(seed + attempt);
        Schema own = parsed(Codecs.schema(type, SchemaFormat.AVRO));
        Schema writer = new WriterSchemas(random).of(own);
        EventSchema writerSchema = EventSchema.registered(SchemaFormat.AVRO, writer.toString());
        String pair =
                "run with -Dtest.seed=%d, pair %d: %s from %s".formatted(seed, attempt, type, writerSchema.text());
        Decoder<T> decoder;
        try {
            decoder = FACTORY.decoder(type, writerSchema);
        } catch (UnreadableSchemaException e) {
            assertAvroReadsNothing(writer, own, type, random, pair);
            unreadable++;
            return false;
        }
        ReadStep plan = AvroReadPlan.of(SchemaGenerator.standard().shape(type), parsed(writerSchema), own);
        Decoder<T> interpreted = FACTORY.withMode(CodecMode.INTERPRETED).decoder(type, writerSchema);
        GeneratedReader generated = ReaderClass.of(plan, Limits.standard());
        Codec<T> ownCodec = Codecs.own(type, SchemaFormat.AVRO);
        int made = 0;
        for (long next = random.nextLong(), left = VALUES * 6L; made < VALUES && left > 0; next++, left--) {
            byte @Nullable [] payload = payload(writer, own, type, ownCodec, random, next);
            if (payload == null) {
                continue;
            }
            made++;
            values++;
            compare(type, pair, payload, writer, own, decoder, interpreted, generated, ownCodec);
        }
        return made > 0;
    }

    private <T> void compare(
            Class<T> type,
            String pair,
            byte[] payload,
            Schema writer,
            Schema own,
            Decoder<T> decoder,
            Decoder<T> interpreted,
            GeneratedReader generated,
            Codec<T> ownCodec)
            throws IOException {
        byte @Nullable [] expected = byAvro(payload, writer, own);
        T value;
        try {
            value = Codecs.decode(decoder, payload);
        } catch (MalformedPayloadException e) {
            assertThat(expected).as("%s: %s", pair, e.getMessage()).isNull();
            refused++;
            return;
        }
        assertThat(expected)
                .as("%s: Avro can't read what we read as %s", pair, value)
                .isNotNull();
        byte[] actual;
        try {
            actual = ownCodec.encode(value, 0);
        } catch (MismatchedValueException e) {
            // The writer may have had room for more digits than our own schema has.
            T again = Codecs.decode(ownCodec, Objects.requireNonNull(expected));
            assertThat(value).as(pair).usingRecursiveComparison().isEqualTo(again);
            unwritable++;
            return;
        }
        if (!Arrays.equals(expected, actual)) {
            // A set holds things once, and a text may have more than one spelling.
            assertThat(actual)
                    .as(pair)
                    .isEqualTo(ownCodec.encode(Codecs.decode(ownCodec, Objects.requireNonNull(expected)), 0));
            canonical++;
        }
        // Where generated code fails, the decoder silently asks the plan.
        AvroInput in = new AvroInput(payload, 0, payload.length, Limits.standard());
        assertThat(ownCodec.encode(type.cast(generated.read(in)), 0)).as(pair).isEqualTo(actual);
        assertThat(in.unread()).as(pair).isZero();
        T planned = Codecs.decode(interpreted, payload);
        assertThat(ownCodec.encode(planned, 0)).as(pair).isEqualTo(actual);
    }

    private static <T> byte @Nullable [] payload(
            Schema writer, Schema own, Class<T> type, Codec<T> ownCodec, Random random, long next) throws IOException {
        T value = new RandomValues(next).next(type);
        Object datum = AvroReader.read(ownCodec.encode(value, 0), own, own);
        try {
            return written(new WriterData(random).of(writer, own, datum), writer, random.nextInt(4) == 0);
        } catch (WriterData.NoSuchDataException e) {
            return null;
        }
    }

    private static byte @Nullable [] byAvro(byte[] payload, Schema writer, Schema own) throws IOException {
        try {
            return written(AvroReader.read(payload, writer, own), own, false);
        } catch (AvroRuntimeException e) {
            return null;
        }
    }

    /** We say before the first record what Avro says with each. */
    private static <T> void assertAvroReadsNothing(Schema writer, Schema own, Class<T> type, Random random, String pair)
            throws IOException {
        for (int i = 0; i < VALUES; i++) {
            byte @Nullable [] payload =
                    payload(writer, own, type, Codecs.own(type, SchemaFormat.AVRO), random, random.nextLong());
            if (payload != null) {
                assertThat(byAvro(payload, writer, own)).as(pair).isNull();
            }
        }
    }

    @Test
    void avroWritesTheSame() throws IOException {
        int pairs = 0;
        int attempt = 0;
        long written = 0;
        for (; pairs < PAIRS && attempt < PAIRS * 4; attempt++) {
            long count = writeBoth(types.get(attempt % types.size()), attempt);
            written += count;
            pairs += count > 0 ? 1 : 0;
        }
        System.out.printf("written: %d pairs, %d values; -Dtest.seed=%d%n", pairs, written, seed);
        assertThat(pairs).isGreaterThan(PAIRS / 2);
        assertThat(written).isGreaterThan(PAIRS / 2 * VALUES / 2);
    }

    private <T> long writeBoth(Class<T> type, int attempt) throws IOException {
        Random random = new Random(seed + attempt);
        Schema own = parsed(Codecs.schema(type, SchemaFormat.AVRO));
        Schema writer = attempt % 4 == 0 ? own : new WriterSchemas(random).of(own);
        EventSchema writerSchema = EventSchema.registered(SchemaFormat.AVRO, writer.toString());
        String pair =
                "run with -Dtest.seed=%d, pair %d: %s under %s".formatted(seed, attempt, type, writerSchema.text());
        Encoder<T> encoder;
        try {
            encoder = FACTORY.encoder(type, writerSchema);
        } catch (UnreadableSchemaException e) {
            return 0;
        }
        Codec<T> ownCodec = Codecs.own(type, SchemaFormat.AVRO);
        WriteStep plan = AvroWritePlan.of(SchemaGenerator.standard().shape(type), parsed(writerSchema));
        GeneratedWriter generated = WriterClass.of(plan, Limits.standard());
        return LongStream.range(0, VALUES)
                .filter(i -> write(
                        pair, new RandomValues(seed + i).next(type), encoder, generated, plan, writer, own, ownCodec))
                .count();
    }

    /** @return whether the value could be written under that schema */
    private static <T> boolean write(
            String pair,
            T value,
            Encoder<T> encoder,
            GeneratedWriter generated,
            WriteStep plan,
            Schema writer,
            Schema own,
            Codec<T> ownCodec) {
        byte[] payload;
        try {
            payload = encoder.encode(value, 0);
        } catch (MismatchedValueException e) {
            assertThat(writer).as("%s: %s", pair, e.getMessage()).isNotEqualTo(own);
            return false;
        }
        byte[] to = new byte[payload.length + 1024];
        int end = generated.write(value, new AvroOutput(Limits.standard()), to, 0);
        assertThat(Arrays.copyOf(to, end)).as(pair).isEqualTo(payload);
        end = plan.write(value, new AvroOutput(Limits.standard()), to, 0);
        assertThat(Arrays.copyOf(to, end)).as(pair).isEqualTo(payload);
        try {
            assertThat(written(AvroReader.read(payload, writer, writer), writer, false))
                    .as(pair)
                    .isEqualTo(payload);
            if (writer.equals(own)) {
                assertThat(payload).as(pair).isEqualTo(ownCodec.encode(value, 0));
            }
        } catch (IOException e) {
            throw new AssertionError(pair, e);
        }
        return true;
    }

    private static Schema parsed(EventSchema schema) {
        return new Schema.Parser()
                .setValidateDefaults(false)
                .parse(schema.inlined().text());
    }

    /** Avro has two ways to write a list: a count and the items, or blocks that also give their size. */
    private static byte[] written(@Nullable Object datum, Schema schema, boolean blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = blocks
                ? new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null)
                : EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
