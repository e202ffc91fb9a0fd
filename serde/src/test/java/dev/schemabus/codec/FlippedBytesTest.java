package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.GoldenRecords;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every change of a byte and every truncation of a payload of every golden record, and random bytes: a value, or one of our
 * exceptions. What is generated and what is interpreted agree.
 */
@DisabledIfSystemProperty(named = "schemabus.test.codec", matches = "INTERPRETED", disabledReason = "compares both")
@Timeout(600)
class FlippedBytesTest {

    /** Whether bytes are changed to every other value, which takes minutes, or each of their bits is. */
    private static final boolean ALL_VALUES = Boolean.getBoolean("test.all.values");

    private static final long INPUTS = Long.getLong("test.inputs", 300_000);

    private static final long SEED = Long.getLong("test.seed", new Random().nextLong());

    static Stream<Class<?>> all() {
        return Stream.concat(GoldenRecords.all().stream(), Stream.of(Shop.Everything.class));
    }

    /** Three readers of the same, which must say the same. */
    private record Readers<T>(
            Class<T> type, Decoder<T> generated, Decoder<T> interpreted, ReadStep plan, GeneratedReader raw) {

        static <T> Readers<T> of(Class<T> type) {
            EventSchema schema = Codecs.schema(type, SchemaFormat.AVRO);
            Shape shape = SchemaGenerator.standard().shape(type);
            Schema own = new Schema.Parser().parse(schema.inlined().text());
            ReadStep plan = AvroReadPlan.of(shape, own, own);
            CodecFactory factory = new CodecFactory(SchemaGenerator.standard());
            return new Readers<>(
                    type,
                    factory.withMode(CodecMode.GENERATED).decoder(type, schema),
                    factory.withMode(CodecMode.INTERPRETED).decoder(type, schema),
                    plan,
                    ReaderClass.of(plan, Limits.standard()));
        }

        /** @return whether it is a value */
        boolean agreeOn(byte[] payload) {
            String verdict = verdict(interpreted, payload);
            if (accepts(payload) != verdict.isEmpty()
                    || !verdict(generated, payload).equals(verdict)) {
                throw new AssertionError("-Dtest.seed=" + SEED + " " + type + " " + Arrays.toString(payload)
                        + "\ninterpreted: " + verdict + "\ngenerated: " + verdict(generated, payload)
                        + "\nby itself it gives a value: " + accepts(payload));
            }
            return verdict.isEmpty();
        }

        private static String verdict(Decoder<?> decoder, byte[] payload) {
            try {
                Codecs.decode(decoder, payload);
                return "";
            } catch (MalformedPayloadException e) {
                return e.offset() + " " + e.getMessage();
            }
        }

        /** Without the plan, which stands in when generated code fails. */
        private boolean accepts(byte[] payload) {
            try {
                AvroInput in = new AvroInput(payload, 0, payload.length, Limits.standard());
                raw.read(in);
                return in.unread() == 0;
            } catch (RuntimeException e) {
                return false;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void everyChangedByteGivesAValueOrIsMalformed(Class<T> type) {
        Readers<T> readers = Readers.of(type);
        byte[] payload = Codecs.own(type, SchemaFormat.AVRO).encode(new RandomValues(SEED).next(type), 0);
        for (int at = 0; at < payload.length; at++) {
            byte[] changed = payload.clone();
            for (int mask = 1; mask < 256; mask = ALL_VALUES ? mask + 1 : mask * 2) {
                changed[at] = (byte) (payload[at] ^ mask);
                readers.agreeOn(changed);
            }
        }
        assertThat(readers.agreeOn(payload)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void everyTruncationIsMalformed(Class<T> type) {
        Readers<T> readers = Readers.of(type);
        byte[] payload = Codecs.own(type, SchemaFormat.AVRO).encode(new RandomValues(SEED).next(type), 0);
        for (int length = 0; length < payload.length; length++) {
            assertThat(readers.agreeOn(Arrays.copyOf(payload, length)))
                    .as("%d of %d bytes, -Dtest.seed=%d", length, payload.length, SEED)
                    .isFalse();
        }
    }

    @Test
    void randomBytesGiveAValueOrAreMalformed() {
        List<Readers<?>> readers = all().<Readers<?>>map(Readers::of).toList();
        Random random = new Random(SEED);
        long values = 0;
        for (long i = 0; i < INPUTS; i++) {
            values += readers.get((int) (i % readers.size())).agreeOn(bytes(random)) ? 1 : 0;
        }
        System.out.printf("%d random inputs, %d of them values; -Dtest.seed=%d%n", INPUTS, values, SEED);
        assertThat(values).isBetween(INPUTS / 10_000, INPUTS / 2);
    }

    /** Small numbers more often than great ones, so that lists and strings begin to make sense. */
    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(random.nextInt(4) == 0 ? 200 : 24)];
        int bits = 1 + random.nextInt(7);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(1 << (random.nextInt(8) == 0 ? 8 : bits));
        }
        return bytes;
    }
}
