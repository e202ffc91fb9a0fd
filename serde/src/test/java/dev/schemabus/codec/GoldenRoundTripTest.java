package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.schemabus.schema.GoldenRecords;
import dev.schemabus.schema.SchemaFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random values of every golden record through our codecs, and through libraries that know nothing of ours. */
class GoldenRoundTripTest {

    private static final int VALUES = 25;

    private final long firstSeed = Long.getLong("test.seed", new Random().nextLong());

    static List<Class<?>> all() {
        return GoldenRecords.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void avroReadsOurBytesAndWritesTheSame(Class<T> type) throws IOException {
        Schema schema =
                new Schema.Parser().parse(Codecs.schema(type, SchemaFormat.AVRO).text());
        Codec<T> codec = Codecs.own(type, SchemaFormat.AVRO);
        for (long seed = firstSeed; seed < firstSeed + VALUES; seed++) {
            T value = new RandomValues(seed).next(type);
            byte[] payload = codec.encode(value, 0);

            byte[] rewritten = rewritten(payload, schema);

            assertThat(rewritten).as("run with -Dtest.seed=%d", seed).isEqualTo(payload);
            assertThat(Codecs.decode(codec, rewritten))
                    .as("run with -Dtest.seed=%d", seed)
                    .usingRecursiveComparison()
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void aValidatorTakesOurJsonAndItComesBack(Class<T> type) {
        com.networknt.schema.Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Codecs.schema(type, SchemaFormat.JSON).text());
        Codec<T> codec = Codecs.own(type, SchemaFormat.JSON);
        for (long seed = firstSeed; seed < firstSeed + VALUES; seed++) {
            T value = new RandomValues(seed).next(type);
            byte[] payload = codec.encode(value, 0);

            assertThat(schema.validate(
                            new String(payload, StandardCharsets.UTF_8),
                            InputFormat.JSON,
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                    .as("run with -Dtest.seed=%d", seed)
                    .isEmpty();
            assertThat(Codecs.decode(codec, payload))
                    .as("run with -Dtest.seed=%d", seed)
                    .usingRecursiveComparison()
                    .isEqualTo(value);
        }
    }

    private static byte[] rewritten(byte[] payload, Schema schema) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(payload, null);
        Object generic = new InOrder(schema).read(null, decoder);
        assertThat(decoder.isEnd()).isTrue();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(generic, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** Keeps the entries of maps in the order of their bytes. */
    private static final class InOrder extends GenericDatumReader<Object> {

        InOrder(Schema schema) {
            super(schema, schema, new GenericData());
            getData().setFastReaderEnabled(false); // It makes its maps elsewhere.
        }

        @Override
        protected Object newMap(Object old, int size) {
            return new LinkedHashMap<>();
        }
    }
}
