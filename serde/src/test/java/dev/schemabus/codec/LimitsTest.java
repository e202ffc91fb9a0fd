package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each limit, to the last byte, in both directions and formats: what is at the limit passes, and one more doesn't. */
class LimitsTest {

    private static final Limits ALL = Limits.standard();
    private static final int TEN = 10;

    record Text(String text) {}

    record Raw(@SuppressWarnings("ArrayRecordComponent") byte[] raw) {} // compared by its bytes

    record Texts(List<String> texts) {}

    record Keys(Map<String, Integer> keys) {}

    record Numbers(List<Integer> numbers) {}

    record Distinct(Set<Integer> numbers) {}

    record Plain(@SuppressWarnings("ArrayRecordComponent") long[] numbers) {} // compared by its bytes

    record Rows(List<List<Integer>> rows) {}

    record Chain(@Nullable Chain next) {}

    record Nothings(List<Shop.Empty> nothings) {}

    record Price(@Decimal(precision = 18, scale = 0) BigDecimal price) {}

    /**
     * A limit of ten.
     *
     * @param fits is at the limit
     * @param exceeds is beyond it by one
     */
    private record Case(String name, String setting, Limits limits, Object fits, Object exceeds) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Case> cases() {
        Limits strings = ALL.withStringBytes(TEN);
        Limits items = ALL.withItems(TEN);
        Limits nodes = ALL.withNodes(TEN);
        Limits depth = ALL.withDepth(TEN);
        return List.of(
                new Case("letters", "string.bytes", strings, new Text("a".repeat(10)), new Text("a".repeat(11))),
                new Case("few letters", "string.bytes", ALL.withStringBytes(2), new Text("ab"), new Text("abc")),
                new Case("no letters", "string.bytes", ALL.withStringBytes(0), new Text(""), new Text("a")),
                new Case("70 letters", "string.bytes", ALL.withStringBytes(70), text(70), text(71)),
                new Case(
                        "wide letters",
                        "string.bytes",
                        strings,
                        new Text("é".repeat(5)),
                        new Text("é".repeat(5) + "a")),
                new Case(
                        "wider letters",
                        "string.bytes",
                        strings,
                        new Text("😀😀éa".substring(0, 5)),
                        new Text("😀😀éa")),
                new Case("a text in a list", "string.bytes", strings, texts(10), texts(11)),
                new Case("a key", "string.bytes", strings, key(10), key(11)),
                new Case("a list", "items", items, new Numbers(numbers(10)), new Numbers(numbers(11))),
                new Case(
                        "a set",
                        "items",
                        items,
                        new Distinct(Set.copyOf(numbers(10))),
                        new Distinct(Set.copyOf(numbers(11)))),
                new Case("an array", "items", items, new Plain(new long[10]), new Plain(new long[11])),
                new Case("a map", "items", items, keys(10), keys(11)),
                new Case("empty records", "items", items, nothings(10), nothings(11)),
                new Case("rows", "nodes", nodes, rows(2, 4), rows(2, 5)),
                new Case("lists of nothing", "nodes", nodes, rows(10, 0), rows(11, 0)),
                new Case("empty records in all", "nodes", nodes, nothings(10), nothings(11)),
                new Case("a chain", "depth", depth, chain(10), chain(11)),
                new Case("lists in a record", "depth", ALL.withDepth(3), rows(1, 1), chain(4)),
                new Case("a list in a record", "depth", ALL.withDepth(2), new Numbers(numbers(3)), rows(1, 1)));
    }

    static Stream<Arguments> casesInBothFormats() {
        return Stream.of(SchemaFormat.values())
                .flatMap(format -> cases().stream().map(one -> Arguments.of(format, one)));
    }

    private static <T> Codec<T> codec(Class<T> type, SchemaFormat format, Limits limits) {
        EventSchema schema = Codecs.schema(type, format);
        return new CodecFactory(SchemaGenerator.standard())
                .withMode(Codecs.MODE)
                .withLimits(limits)
                .codec(type, schema);
    }

    @SuppressWarnings("unchecked") // of the value's own class
    private static Codec<Object> codecOf(Object value, SchemaFormat format, Limits limits) {
        return (Codec<Object>) codec(value.getClass(), format, limits);
    }

    @ParameterizedTest
    @MethodSource("casesInBothFormats")
    void whatIsAtTheLimitPasses(SchemaFormat format, Case one) {
        Codec<Object> codec = codecOf(one.fits(), format, one.limits());

        byte[] payload = codec.encode(one.fits(), 0);

        assertThat(Codecs.decode(codec, payload)).usingRecursiveComparison().isEqualTo(one.fits());
    }

    @ParameterizedTest
    @MethodSource("casesInBothFormats")
    void oneMoreIsNotWritten(SchemaFormat format, Case one) {
        Codec<Object> codec = codecOf(one.exceeds(), format, one.limits());

        assertThatThrownBy(() -> codec.encode(one.exceeds(), 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessageContaining("(schemabus.limits." + one.setting() + ")");
    }

    @ParameterizedTest
    @MethodSource("casesInBothFormats")
    void oneMoreIsNotRead(SchemaFormat format, Case one) {
        byte[] payload = codecOf(one.exceeds(), format, ALL).encode(one.exceeds(), 0);
        Codec<Object> codec = codecOf(one.exceeds(), format, one.limits());

        assertThatThrownBy(() -> Codecs.decode(codec, payload))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("(schemabus.limits." + one.setting() + ")");
    }

    static Stream<Arguments> values() {
        return Stream.of(SchemaFormat.values())
                .flatMap(format -> Stream.of(
                                text(5), text(500), text(5_000), texts(10), new Numbers(numbers(2_000)), keys(300))
                        .map(value -> Arguments.of(format, value)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aPayloadMayBeAsLongAsTheLimitAndNotAByteLonger(SchemaFormat format, Object value) {
        byte[] payload = codecOf(value, format, ALL).encode(value, 0);
        Codec<Object> exact = codecOf(value, format, ALL.withValueBytes(payload.length));
        Codec<Object> less = codecOf(value, format, ALL.withValueBytes(payload.length - 1));
        Codec<Object> few = codecOf(value, format, ALL.withValueBytes(1));

        assertThat(Codecs.decode(exact, exact.encode(value, 0))).isEqualTo(value);
        assertThat(exact.encode(value, 7)).hasSize(payload.length + 7);
        for (Codec<Object> tooSmall : List.of(less, few)) {
            assertThatThrownBy(() -> tooSmall.encode(value, 7))
                    .isInstanceOf(MismatchedValueException.class)
                    .hasMessageContaining("(schemabus.limits.value.bytes)");
            assertThatThrownBy(() -> Codecs.decode(tooSmall, payload))
                    .isInstanceOf(MalformedPayloadException.class)
                    .hasMessageContaining("(schemabus.limits.value.bytes)");
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void thereMayBeAsGoodAsNoLimit(SchemaFormat format, Object value) {
        int most = Integer.MAX_VALUE;
        Codec<Object> codec = codecOf(value, format, new Limits(most, most, most, most, most));

        assertThat(Codecs.decode(codec, codec.encode(value, 0))).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void headroomIsNoPartOfTheValueHoweverMuch(SchemaFormat format, Object value) {
        byte[] payload = codecOf(value, format, ALL).encode(value, 0);
        Codec<Object> exact = codecOf(value, format, ALL.withValueBytes(payload.length));

        for (int headroom : new int[] {1, 1_000, 1_023, 1_024, 5_000, 100_000}) {
            assertThat(exact.encode(value, headroom))
                    .hasSize(headroom + payload.length)
                    .endsWith(payload);
        }
    }

    @Test
    void aLimitOfStringsIsNoneOfBlocks() {
        Codec<Texts> codec = codec(Texts.class, SchemaFormat.AVRO, ALL.withStringBytes(TEN));
        // a block of 10 strings and 30 bytes
        byte[] payload = HexFormat.of().parseHex("133c" + "046162".repeat(10) + "00");

        assertThat(Codecs.decode(codec, payload)).isEqualTo(new Texts(Collections.nCopies(10, "ab")));
    }

    @Test
    void itemsOfAllBlocksCountTogether() {
        Codec<Numbers> codec = codec(Numbers.class, SchemaFormat.AVRO, ALL.withItems(TEN));

        assertThat(Codecs.decode(codec, HexFormat.of().parseHex("0202".repeat(10) + "00"))
                        .numbers())
                .hasSize(10);
        assertThatThrownBy(() -> Codecs.decode(codec, HexFormat.of().parseHex("0202".repeat(11) + "00")))
                .hasMessageContaining("(schemabus.limits.items)");
    }

    @Test
    void bytesHaveTheLimitOfStrings() {
        Codec<Raw> codec = codec(Raw.class, SchemaFormat.AVRO, ALL.withStringBytes(TEN));

        assertThat(Codecs.decode(codec, codec.encode(new Raw(new byte[10]), 0)).raw())
                .hasSize(10);
        assertThatThrownBy(() -> codec.encode(new Raw(new byte[11]), 0))
                .hasMessageContaining("(schemabus.limits.string.bytes)");
    }

    @Test
    void whatIsWrittenCanBeReadBackDecimalsIncluded() {
        Codec<Price> codec = codec(Price.class, SchemaFormat.AVRO, ALL.withStringBytes(2));

        assertThat(Codecs.decode(codec, codec.encode(new Price(BigDecimal.TEN), 0)))
                .isEqualTo(new Price(BigDecimal.TEN));
        assertThatThrownBy(() -> codec.encode(new Price(new BigDecimal("123456789")), 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessageContaining("(schemabus.limits.string.bytes)");
    }

    private static Text text(int letters) {
        return new Text("a".repeat(letters));
    }

    private static Texts texts(int letters) {
        return new Texts(List.of("", "a".repeat(letters)));
    }

    private static Keys key(int letters) {
        return new Keys(Map.of("a".repeat(letters), 1));
    }

    private static Keys keys(int count) {
        return new Keys(numbers(count).stream().collect(Collectors.toMap(number -> "k" + number, number -> number)));
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static Nothings nothings(int count) {
        return new Nothings(Collections.nCopies(count, new Shop.Empty()));
    }

    private static Rows rows(int count, int cells) {
        return new Rows(Collections.nCopies(count, numbers(cells)));
    }

    private static Chain chain(int length) {
        Chain chain = new Chain(null);
        for (int i = 1; i < length; i++) {
            chain = new Chain(chain);
        }
        return chain;
    }
}
