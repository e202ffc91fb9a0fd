package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.schema.SchemaFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain Avro on one side, our codec on the other. */
class AvroInteropTest {

    private static final Schema SCHEMA = new Schema.Parser()
            .parse(Codecs.schema(Shop.Everything.class, SchemaFormat.AVRO).text());

    private final Codec<Shop.Everything> codec = Codecs.own(Shop.Everything.class, SchemaFormat.AVRO);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void avroReadsWhatWeWriteAndWeReadWhatAvroWrites(long seed) throws IOException {
        Shop.Everything value = new RandomValues(seed).next(Shop.Everything.class);

        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(codec.encode(value, 0), null);
        Object generic = new GenericDatumReader<>(SCHEMA).read(null, decoder);
        assertThat(decoder.isEnd()).isTrue();
        for (boolean blocks : new boolean[] {false, true}) {
            assertThat(Codecs.decode(codec, written(generic, blocks)))
                    .usingRecursiveComparison()
                    .isEqualTo(value);
        }
    }

    /** Avro has two ways to write a list: a count and the items, or blocks that also give their size. */
    private static byte[] written(Object generic, boolean blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = blocks
                ? new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null)
                : EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(SCHEMA).write(generic, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
