package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is beyond a limit is neither written nor read; what is just within it is both. */
@Timeout(60)
class JsonLimitsTest {

    @SuppressWarnings("ArrayRecordComponent") // bytes have a limit, too
    record Box(List<String> items, Map<String, Integer> counts, byte[] raw, Optional<Box> inner) {}

    private static final Box EMPTY = new Box(List.of(), Map.of(), new byte[0], Optional.empty());

    private static Codec<Box> codec(UnaryOperator<Limits> limits) {
        return new CodecFactory(SchemaGenerator.standard())
                .withMode(Codecs.MODE)
                .withLimits(limits.apply(Limits.standard()))
                .codec(Box.class, Codecs.schema(Box.class, SchemaFormat.JSON));
    }

    private static Box boxes(int depth) {
        Box box = EMPTY;
        for (int i = 1; i < depth; i++) {
            box = new Box(List.of(), Map.of(), new byte[0], Optional.of(box));
        }
        return box;
    }

    private static void assertLimit(UnaryOperator<Limits> limits, Box within, Box beyond, String message) {
        Codec<Box> any = codec(standard -> standard);
        Codec<Box> limited = codec(limits);
        byte[] payload = limited.encode(within, 0);
        assertThat(Codecs.decode(limited, payload)).usingRecursiveComparison().isEqualTo(within);
        assertThatThrownBy(() -> limited.encode(beyond, 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessageContaining(message);
        byte[] tooMuch = any.encode(beyond, 0);
        assertThatThrownBy(() -> Codecs.decode(limited, tooMuch))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining(message);
    }

    private static Box items(String... items) {
        return new Box(List.of(items), Map.of(), new byte[0], Optional.empty());
    }

    @Test
    void itemsOfOneList() {
        assertLimit(
                limits -> limits.withItems(2),
                items("a", "b"),
                items("a", "b", "c"),
                "Box.items: holds more than 2 items, the limit (schemabus.limits.items)");
    }

    @Test
    void entriesOfOneMap() {
        assertLimit(
                limits -> limits.withItems(1),
                new Box(List.of(), Map.of("a", 1), new byte[0], Optional.empty()),
                new Box(List.of(), Map.of("a", 1, "b", 2), new byte[0], Optional.empty()),
                "the limit (schemabus.limits.items)");
    }

    @Test
    void itemsOfAllLists() {
        Box two = items("a", "b");
        assertLimit(
                limits -> limits.withNodes(3),
                new Box(List.of("c"), Map.of(), new byte[0], Optional.of(two)),
                new Box(List.of("c", "d"), Map.of(), new byte[0], Optional.of(two)),
                "the limit (schemabus.limits.nodes)");
    }

    @Test
    void lengthsOfTexts() {
        assertLimit(
                limits -> limits.withStringBytes(8),
                items("ab\u00E9\uD83D\uDE00"),
                items("abc\u00E9\uD83D\uDE00"),
                "the limit (schemabus.limits.string.bytes)");
    }

    @Test
    void lengthsOfKeys() {
        assertLimit(
                limits -> limits.withStringBytes(8),
                new Box(List.of(), Map.of("a".repeat(8), 1), new byte[0], Optional.empty()),
                new Box(List.of(), Map.of("a".repeat(9), 1), new byte[0], Optional.empty()),
                "the limit (schemabus.limits.string.bytes)");
    }

    @Test
    void lengthsOfBytes() {
        assertLimit(
                limits -> limits.withStringBytes(8),
                new Box(List.of(), Map.of(), new byte[6], Optional.empty()),
                new Box(List.of(), Map.of(), new byte[7], Optional.empty()),
                "the limit (schemabus.limits.string.bytes)");
    }

    @Test
    void lengthsOfPayloads() {
        int length = codec(standard -> standard).encode(items("a"), 0).length;
        assertLimit(
                limits -> limits.withValueBytes(length),
                items("a"),
                items("ab"),
                "the limit (schemabus.limits.value.bytes)");
    }

    @Test
    void lengthsOfPayloadsThatTakeSeveralBuffers() {
        int length = codec(standard -> standard).encode(items("a".repeat(50_000)), 0).length;
        assertLimit(
                limits -> limits.withValueBytes(length),
                items("a".repeat(50_000)),
                items("a".repeat(50_001)),
                "the limit (schemabus.limits.value.bytes)");
    }

    @Test
    void depth() {
        assertLimit(limits -> limits.withDepth(5), boxes(4), boxes(5), "depth");
    }

    @Test
    void headroomIsNoPartOfAPayload() {
        int length = codec(standard -> standard).encode(EMPTY, 0).length;
        byte[] bytes = codec(limits -> limits.withValueBytes(length)).encode(EMPTY, 100);

        assertThat(bytes).hasSize(100 + length).startsWith(new byte[100]);
        assertThat(bytes[100]).isEqualTo((byte) '{');
    }

    record Slim(int a) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'a':1,'x':[1,2,3]}       | 2", "{'a':1,'x':{'y':1,'z':2}} | 1", "{'a':1,'x':[[],[[]]]}     | 2"})
    void whatIsSkippedCountsToo(String json, int nodes) {
        Codec<Slim> limited = new CodecFactory(SchemaGenerator.standard())
                .withMode(Codecs.MODE)
                .withLimits(Limits.standard().withNodes(nodes))
                .codec(Slim.class, Codecs.schema(Slim.class, SchemaFormat.JSON));
        byte[] payload = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        assertThat(Codecs.decode(Codecs.own(Slim.class, SchemaFormat.JSON), payload))
                .isEqualTo(new Slim(1));
        assertThatThrownBy(() -> Codecs.decode(limited, payload))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("schemabus.limits.nodes");
    }

    /** A stack that is too small for the depth allowed is no Error either. */
    @Test
    void aDeepValueOnASmallStackIsMalformed() throws InterruptedException {
        Codec<Slim> deep = new CodecFactory(SchemaGenerator.standard())
                .withMode(Codecs.MODE)
                .withLimits(Limits.standard().withDepth(Integer.MAX_VALUE))
                .codec(Slim.class, Codecs.schema(Slim.class, SchemaFormat.JSON));
        byte[] payload = ("{\"a\":1,\"x\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}")
                .getBytes(StandardCharsets.UTF_8);
        Throwable[] thrown = new Throwable[1];
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        Codecs.decode(deep, payload);
                    } catch (Throwable e) {
                        thrown[0] = e;
                    }
                },
                "small stack",
                256 * 1024);
        thread.start();
        thread.join();

        assertThat(thrown[0]).isInstanceOf(MalformedPayloadException.class).hasMessageContaining("nested too deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'a':1,'x':'%s'}", "{'a':1,'x':['%s']}", "{'a':1,'x':{'y':'%s'}}", "{'a':1,'%s':0}"})
    void lengthsOfTextsThatAreSkipped(String json) {
        Codec<Slim> limited = new CodecFactory(SchemaGenerator.standard())
                .withMode(Codecs.MODE)
                .withLimits(Limits.standard().withStringBytes(40))
                .codec(Slim.class, Codecs.schema(Slim.class, SchemaFormat.JSON));

        for (String escape : List.of("", "\\n")) {
            String text = escape + "\u00E9".repeat(19);
            String within = json.replace('\'', '"').replace("%s", text + "x".repeat(2 - escape.length() / 2));
            String beyond = json.replace('\'', '"').replace("%s", text + "xyz");
            assertThat(Codecs.decode(limited, within)).isEqualTo(new Slim(1));
            assertThatThrownBy(() -> Codecs.decode(limited, beyond))
                    .as(beyond)
                    .isInstanceOf(MalformedPayloadException.class)
                    .hasMessageContaining("schemabus.limits.string.bytes");
        }
    }

    record Large(
            @Decimal(precision = 2_000) BigDecimal whole,
            @Decimal(precision = 2_000, scale = 999) BigDecimal part) {}

    @ParameterizedTest
    @CsvSource({
        "1e999, 0, true",
        "-1e999, 0, true",
        "1e1000, 0, false",
        "-1e1500, 0, false",
        "0, 1e-999, true",
        "0, -9, true",
        "0, 10, false"
    })
    void digitsOfNumbers(BigDecimal whole, BigDecimal part, boolean within) {
        Codec<Large> codec = Codecs.own(Large.class, SchemaFormat.JSON);
        String json = "{\"whole\":" + whole.toPlainString() + ",\"part\":"
                + part.setScale(999).toPlainString() + "}";

        if (within) {
            assertThat(Codecs.decode(codec, codec.encode(new Large(whole, part), 0))
                            .whole())
                    .isEqualByComparingTo(whole);
            assertThat(Codecs.decode(codec, json).part()).isEqualByComparingTo(part);
        } else {
            assertThatThrownBy(() -> codec.encode(new Large(whole, part), 0))
                    .isInstanceOf(MismatchedValueException.class)
                    .hasMessageMatching(
                            "Large\\.(whole|part): is a number that has more than 1000 digits, the most that"
                                    + " are read from JSON");
            assertThatThrownBy(() -> Codecs.decode(codec, json))
                    .isInstanceOf(MalformedPayloadException.class)
                    .hasMessageStartingWith(
                            "Large: a number has more than 1000 digits, the most that are read from JSON");
        }
    }

    @Test
    void digitsOfNumbersThatAreSkipped() {
        Codec<Slim> codec = Codecs.own(Slim.class, SchemaFormat.JSON);

        assertThat(Codecs.decode(codec, "{\"a\":1,\"x\":" + "9".repeat(1_000) + "}"))
                .isEqualTo(new Slim(1));
        assertThatThrownBy(() -> Codecs.decode(codec, "{\"a\":1,\"x\":" + "9".repeat(1_001) + "}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("Slim: a number has more than 1000 digits, the most that are read from JSON");
    }
}
