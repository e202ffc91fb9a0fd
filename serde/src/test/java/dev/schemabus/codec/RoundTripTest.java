package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.SchemaFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both formats promise for the same values. */
class RoundTripTest {

    private static final int VALUES = 300;

    @ParameterizedTest
    @EnumSource
    void everyShapeComesBackAsItWas(SchemaFormat format) {
        long firstSeed = Long.getLong("test.seed", new Random().nextLong());
        Codec<Shop.Everything> codec = Codecs.own(Shop.Everything.class, format);
        for (long seed = firstSeed; seed < firstSeed + VALUES; seed++) {
            Shop.Everything value = new RandomValues(seed).next(Shop.Everything.class);

            Shop.Everything back = Codecs.decode(codec, codec.encode(value, 0));

            assertThat(back)
                    .as("run with -Dtest.seed=%d", seed)
                    .usingRecursiveComparison()
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHeadroomIsLeftFree(SchemaFormat format) {
        Codec<Shop.OrderPlaced> codec = Codecs.own(Shop.OrderPlaced.class, format);

        byte[] plain = codec.encode(Shop.order(), 0);
        byte[] framed = codec.encode(Shop.order(), 7);

        assertThat(framed).startsWith(0, 0, 0, 0, 0, 0, 0).endsWith(plain).hasSize(plain.length + 7);
    }

    @ParameterizedTest
    @EnumSource
    void anyKindOfBufferIsRead(SchemaFormat format) {
        Codec<Shop.OrderPlaced> codec = Codecs.own(Shop.OrderPlaced.class, format);
        byte[] framed = codec.encode(Shop.order(), 5);
        ByteBuffer slice = ByteBuffer.wrap(framed, 5, framed.length - 5).slice();
        ByteBuffer direct = ByteBuffer.allocateDirect(framed.length).put(framed).position(5);

        for (ByteBuffer payload : List.of(slice, direct, slice.asReadOnlyBuffer())) {
            assertThat(codec.decode(payload)).isEqualTo(Shop.order());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRecordWithoutComponentsComesBack(SchemaFormat format) {
        Codec<Shop.Empty> codec = Codecs.own(Shop.Empty.class, format);

        byte[] payload = codec.encode(new Shop.Empty(), 0);

        assertThat(Codecs.decode(codec, payload)).isEqualTo(new Shop.Empty());
        assertThat(payload).hasSize(format == SchemaFormat.AVRO ? 0 : 2);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasReadCannotBeChanged(SchemaFormat format) {
        Codec<Shop.OrderPlaced> codec = Codecs.own(Shop.OrderPlaced.class, format);
        Shop.OrderPlaced back = Codecs.decode(codec, codec.encode(Shop.order(), 0));

        List<Shop.Line> lines = back.lines();
        Map<String, Shop.Line> gifts = back.gifts();

        assertThatThrownBy(() -> lines.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> gifts.remove("sister")).isInstanceOf(UnsupportedOperationException.class);
    }
}
