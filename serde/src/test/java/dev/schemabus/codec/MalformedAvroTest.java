package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes: a value, or a MalformedPayloadException. Never another error, never a long wait. */
@Timeout(60)
class MalformedAvroTest {

    private final Codec<Shop.Everything> everything = Codecs.own(Shop.Everything.class, SchemaFormat.AVRO);

    @Test
    void everyTruncationIsMalformed() {
        byte[] payload = everything.encode(new RandomValues(3).next(Shop.Everything.class), 0);
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> Codecs.decode(everything, cut))
                    .as("%d of %d bytes", length, payload.length)
                    .isInstanceOf(MalformedPayloadException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void everyChangedByteGivesAValueOrIsMalformed(long seed) {
        byte[] payload = everything.encode(new RandomValues(seed).next(Shop.Everything.class), 0);
        List<String> values = new ArrayList<>();
        for (int at = 0; at < payload.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = payload.clone();
                changed[at] = (byte) value;
                try {
                    values.add(Codecs.decode(everything, changed).text());
                } catch (MalformedPayloadException expected) {
                    assertThat(expected).hasMessageStartingWith("Everything");
                }
            }
        }
        assertThat(values).as("some changes leave a value").hasSizeGreaterThan(payload.length);
    }

    @Test
    void trailingBytesAreMalformed() {
        Codec<Shop.OrderPlaced> codec = Codecs.own(Shop.OrderPlaced.class, SchemaFormat.AVRO);
        byte[] payload = codec.encode(Shop.order(), 0);

        assertThatThrownBy(() -> Codecs.decode(codec, Arrays.copyOf(payload, payload.length + 3)))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessage("OrderPlaced: 3 bytes follow the value. Was it written with another schema? (at byte "
                        + payload.length + " of a payload of " + (payload.length + 3) + ")");
    }

    record Text(String text) {}

    record Texts(List<String> texts) {}

    record Nothings(List<Shop.Empty> nothings) {}

    record Tables(List<List<Shop.Empty>> rows) {}

    @ParameterizedTest
    @CsvSource({
        "feffffff0f, a string of 2 GB",
        "feffffffffffffffff01, a string of 2^63 bytes",
        "01, a string of -1 bytes",
        "80808080808080808080808001, a number without end"
    })
    void aTextsLengthIsNotTrusted(String hex) {
        assertMalformed(Text.class, hex);
    }

    @ParameterizedTest
    @CsvSource({
        "feffffff0f, 2^31 - 1 items",
        "feffffffffffffffff01, 2^63 - 1 items",
        "ffffffffffffffffff01, -2^63 items",
        "0101, a block of -1 bytes",
        "01feffffffffffffffff01, a block of 2^63 - 1 bytes"
    })
    void aListsLengthIsNotTrusted(String hex) {
        assertMalformed(Texts.class, hex);
        assertMalformed(Nothings.class, hex);
        assertMalformed(Tables.class, hex);
    }

    @Test
    void listsOfItemsWithoutBytesAreBoundedTogether() {
        // each row claims 50,000 items and takes 4 bytes
        String rows = "d08c06" + "a08d0600".repeat(50_000) + "00";

        assertMalformed(Tables.class, rows);
    }

    @Name("dev.schemabus.codec.MalformedAvroTest.Nothings")
    record NothingLeft() {}

    @ParameterizedTest
    @ValueSource(strings = {"feffffff0f", "feffffffffffffffff01", "0101", "01feffffffffffffffff01", "0104"})
    void aListThatIsPassedOverIsNotTrustedEither(String hex) {
        Decoder<NothingLeft> codec = Codecs.under(Nothings.class, NothingLeft.class, SchemaFormat.AVRO);

        assertThatThrownBy(() -> Codecs.decode(codec, HexFormat.of().parseHex(hex)))
                .isInstanceOf(MalformedPayloadException.class);
    }

    @Test
    void fewItemsWithoutBytesAreFine() {
        Codec<Nothings> codec = Codecs.own(Nothings.class, SchemaFormat.AVRO);
        Nothings value = new Nothings(Collections.nCopies(10_000, new Shop.Empty()));

        assertThat(Codecs.decode(codec, codec.encode(value, 0))).isEqualTo(value);
    }

    record Chain(@Nullable Chain next) {}

    @Test
    void aPayloadNestedWithoutEndIsMalformed() {
        assertMalformed(Chain.class, "02".repeat(1_000_000) + "00");
    }

    record Endless(List<Endless> more) {}

    @Test
    void soAreListsWithinLists() {
        assertMalformed(Endless.class, "02".repeat(1_000_000) + "00");
    }

    record Even(int number) {
        Even {
            if (number % 2 != 0) {
                throw new IllegalArgumentException("odd");
            }
        }
    }

    record Evens(List<Even> numbers) {}

    @Test
    void aConstructorMayRefuse() {
        assertThatThrownBy(() -> Codecs.decode(
                        Codecs.own(Evens.class, SchemaFormat.AVRO),
                        HexFormat.of().parseHex("04040200")))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessage("Evens.numbers[1]: the constructor of Even refuses the values (IllegalArgumentException)"
                        + " (at byte 3 of a payload of 4)")
                .hasRootCauseMessage("odd");
    }

    private static void assertMalformed(Class<?> type, String hex) {
        Codec<?> codec = Codecs.own(type, SchemaFormat.AVRO);
        assertThatThrownBy(() -> Codecs.decode(codec, HexFormat.of().parseHex(hex)))
                .isInstanceOf(MalformedPayloadException.class);
    }

    record Flag(boolean set) {}

    @Test
    void thePlaceIsWithinThePayload() {
        assertThatThrownBy(() -> Codecs.decode(Codecs.own(Flag.class, SchemaFormat.AVRO), new byte[0]))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessage("Flag.set: it ends too early (at byte 0 of a payload of 0)");
    }

    record TextsAndNothings(List<String> texts, List<Shop.Empty> nothings) {}

    @Test
    void countsDoNotOverflowWhereThereIsAsGoodAsNoLimit() {
        Limits most = Limits.standard().withItems(Integer.MAX_VALUE).withNodes(Integer.MAX_VALUE);
        Codec<TextsAndNothings> codec = new CodecFactory(SchemaGenerator.standard())
                .withMode(Codecs.MODE)
                .withLimits(most)
                .codec(TextsAndNothings.class, Codecs.schema(TextsAndNothings.class, SchemaFormat.AVRO));

        assertThatThrownBy(() -> Codecs.decode(codec, HexFormat.of().parseHex("020000feffffff0f00")))
                .isInstanceOf(MalformedPayloadException.class);
    }
}
