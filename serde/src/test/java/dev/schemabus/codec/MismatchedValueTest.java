package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.SchemaFormat;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that don't fit their type's schema: the message gives the path to the trouble. */
@NullUnmarked // nulls where none belong are what it is about
class MismatchedValueTest {

    private static final Shop.Line TEA = new Shop.Line("tea", 2, new BigDecimal("3.50"));

    private static <T> void assertRefused(Class<T> type, T value, SchemaFormat format, String message) {
        Codec<T> codec = Codecs.own(type, format);
        assertThatThrownBy(() -> codec.encode(value, 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @EnumSource
    void aNullInARequiredComponent(SchemaFormat format) {
        Shop.Line noSku = new Shop.Line(null, 1, new BigDecimal("1.00"));

        assertRefused(
                Shop.OrderPlaced.class,
                new Shop.OrderPlaced("o-1", List.of(TEA, noSku), Optional.empty(), Map.of()),
                format,
                "OrderPlaced.lines[1].sku: is null, and required: set it, or declare it Optional or @Nullable");
        assertRefused(
                Shop.OrderPlaced.class,
                new Shop.OrderPlaced("o-1", List.of(), Optional.empty(), Map.of("sister", noSku)),
                format,
                "OrderPlaced.gifts{}.sku: is null, and required: set it, or declare it Optional or @Nullable");
        assertRefused(
                Shop.OrderPlaced.class,
                new Shop.OrderPlaced("o-1", Arrays.asList(TEA, null), Optional.empty(), Map.of()),
                format,
                "OrderPlaced.lines[1]: is null, and required: set it, or declare it Optional or @Nullable");
        assertRefused(
                Shop.OrderPlaced.class,
                new Shop.OrderPlaced("o-1", null, Optional.empty(), Map.of()),
                format,
                "OrderPlaced.lines: is null, and required: set it, or declare it Optional or @Nullable");
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("NullOptional") // the mistake in question
    void aNullInsteadOfAnEmptyOptional(SchemaFormat format) {
        assertRefused(
                Shop.OrderPlaced.class,
                new Shop.OrderPlaced("o-1", List.of(), null, Map.of()),
                format,
                "OrderPlaced.note: is null: an Optional component must be Optional.empty() or hold a value");
    }

    @ParameterizedTest
    @EnumSource
    void aDecimalWithTooManyDigits(SchemaFormat format) {
        assertRefused(
                Shop.Line.class,
                new Shop.Line("tea", 1, new BigDecimal("0.001")),
                format,
                "Line.price: the number has more than the 2 digits after the point that @Decimal allows: round it first");
        assertRefused(
                Shop.Line.class,
                new Shop.Line("tea", 1, new BigDecimal("12345678901.00")),
                format,
                "Line.price: the number has more than the 12 digits that @Decimal allows, 2 of them after the point:"
                        + " raise the precision");
    }

    record Measured(double value, List<Float> more) {}

    @Test
    void jsonHasNoWordForNotANumber() {
        assertRefused(
                Measured.class,
                new Measured(Double.NaN, List.of()),
                SchemaFormat.JSON,
                "Measured.value: is NaN, which JSON can't write (RFC 8259, section 6)"
                        + ": declare the component Optional, and leave it empty where there is no number");
        assertRefused(
                Measured.class,
                new Measured(1, List.of(1f, Float.NEGATIVE_INFINITY)),
                SchemaFormat.JSON,
                "Measured.more[1]: is -Infinity, which JSON can't write (RFC 8259, section 6)"
                        + ": declare the component Optional, and leave it empty where there is no number");
    }

    @Test
    void avroHasOne() {
        Codec<Measured> codec = Codecs.own(Measured.class, SchemaFormat.AVRO);
        Measured odd = new Measured(Double.NaN, List.of(Float.POSITIVE_INFINITY, -0f));

        assertThat(Codecs.decode(codec, codec.encode(odd, 0))).isEqualTo(odd);
    }

    record Words(List<String> words, Map<String, Integer> counts) {}

    @ParameterizedTest
    @EnumSource
    void halfASurrogatePair(SchemaFormat format) {
        assertRefused(
                Words.class,
                new Words(List.of("fine \uD83D\uDE00", "cut \uD83D"), Map.of()),
                format,
                "Words.words[1]: holds half a surrogate pair at 4, which is no text: UTF-8 can't carry it");
        assertRefused(
                Words.class,
                new Words(List.of(), Map.of("\uDE00", 1)),
                format,
                "Words.counts{}: holds half a surrogate pair at 0, which is no text: UTF-8 can't carry it");
    }

    @ParameterizedTest
    @EnumSource
    void aRawListThatHoldsSomethingElse(SchemaFormat format) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // the trick that generics can't prevent
        List<String> numbers = (List) List.of("one", 2);

        assertRefused(
                Words.class,
                new Words(numbers, Map.of()),
                format,
                "Words.words[1]: is a java.lang.Integer, not a java.lang.String");
    }

    record Touchy(@Decimal(precision = 3) BigDecimal number) {
        @Override
        public BigDecimal number() {
            throw new IllegalStateException("not now");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAccessorThatThrows(SchemaFormat format) {
        assertRefused(
                Touchy.class,
                new Touchy(BigDecimal.ONE),
                format,
                "Touchy.number: its accessor throws IllegalStateException");
    }

    record Listed(List<String> list, Map<String, String> map) {}

    @Test
    void jsonSaysWhichListOrMapThrows() {
        List<String> list = new AbstractList<>() {
            @Override
            public String get(int index) {
                throw new IllegalStateException("not now");
            }

            @Override
            public int size() {
                return 1;
            }
        };
        Map<String, String> map = new AbstractMap<>() {
            @Override
            public Set<Entry<String, String>> entrySet() {
                throw new IllegalStateException("not now");
            }
        };
        assertRefused(
                Listed.class,
                new Listed(list, Map.of()),
                SchemaFormat.JSON,
                "Listed.list: can't be read (IllegalStateException): was it changed meanwhile?");
        assertRefused(
                Listed.class,
                new Listed(List.of(), map),
                SchemaFormat.JSON,
                "Listed.map: can't be read (IllegalStateException): was it changed meanwhile?");
    }

    record Chain(@Nullable Chain next) {}

    private static Chain chain(int length) {
        Chain chain = null;
        for (int i = 0; i < length; i++) {
            chain = new Chain(chain);
        }
        return chain;
    }

    @ParameterizedTest
    @EnumSource
    void aValueWithoutEnd(SchemaFormat format) {
        Codec<Chain> codec = Codecs.own(Chain.class, format);

        assertThatThrownBy(() -> codec.encode(chain(1_000_000), 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessageContaining("Chain");
    }

    @Test
    void jsonWritesAsDeepAsItReadsAndNoDeeper() {
        Codec<Chain> codec = Codecs.own(Chain.class, SchemaFormat.JSON);
        Chain deepest = chain(64);

        assertThat(Codecs.decode(codec, codec.encode(deepest, 0))).isEqualTo(deepest);
        assertThatThrownBy(() -> codec.encode(chain(65), 0)).isInstanceOf(MismatchedValueException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aLongTextComesBack(SchemaFormat format) {
        Codec<Words> codec = Codecs.own(Words.class, format);
        Words longWords = new Words(List.of("x".repeat(8_000_000)), Map.of("k".repeat(60_000), 1));

        assertThat(Codecs.decode(codec, codec.encode(longWords, 0)).equals(longWords))
                .isTrue();
    }

    @Test
    void theCauseIsKept() {
        Codec<Touchy> codec = Codecs.own(Touchy.class, SchemaFormat.AVRO);

        assertThatThrownBy(() -> codec.encode(new Touchy(BigDecimal.ONE), 0))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("not now");
    }

    private static int calls;

    record Counted(String text) {
        @Override
        public String text() {
            calls++;
            throw new IndexOutOfBoundsException("its own");
        }
    }

    @Test
    void anAccessorIsNotTakenForAnArrayThatIsTooSmallForEver() {
        Codec<Counted> codec = Codecs.own(Counted.class, SchemaFormat.AVRO);
        calls = 0;

        assertThatThrownBy(() -> codec.encode(new Counted("a"), 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessage("Counted.text: its accessor throws IndexOutOfBoundsException");
        assertThat(calls).isLessThan(6);
    }
}
