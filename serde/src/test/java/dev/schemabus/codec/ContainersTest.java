package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Default;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.Value;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Collections, arrays, maps, optionals, generic records and value records in both formats. */
class ContainersTest {

    enum Size {
        @Name("small")
        S,
        @Name("large")
        L
    }

    @Value
    record Sku(String value) {
        Sku {
            if (value.isBlank()) {
                throw new IllegalArgumentException("a SKU is not blank");
            }
        }
    }

    @Value
    record Stock(Sku sku) {}

    record Line(Sku sku, int quantity) {}

    record Page<T>(List<T> items, Optional<T> last) {}

    sealed interface Result<T> permits Ok, Failed {}

    record Ok<T>(T value) implements Result<T> {}

    record Failed<T>(String why) implements Result<T> {}

    record Sets(Set<Sku> skus, Collection<Line> lines) {}

    record Optionals(OptionalInt count, OptionalLong sum, OptionalDouble mean, Optional<Sku> sku) {}

    record Maps(
            Map<Size, Integer> bySize,
            Map<UUID, Line> byId,
            Map<LocalDate, Boolean> byDay,
            Map<Integer, String> byNumber,
            Map<Sku, Line> bySku) {}

    record Generics(Page<Line> lines, Page<Sku> skus, Result<Line> result, Result<Size> other, Stock stock) {}

    @SuppressWarnings("ArrayRecordComponent") // arrays are what is tested
    record Arrays(int[] counts, Line[] lines, String[][] words) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Variable(String name, int... counts) {}

    private static final Line LINE = new Line(new Sku("cup"), 2);

    private static <T> void comesBack(Class<T> type, T value, SchemaFormat format) {
        Codec<T> codec = Codecs.own(type, format);
        assertThat(Codecs.decode(codec, codec.encode(value, 0)))
                .usingRecursiveComparison()
                .isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource
    void setsAndCollectionsComeBack(SchemaFormat format) {
        comesBack(Sets.class, new Sets(Set.of(new Sku("cup"), new Sku("pot")), List.of(LINE)), format);
        comesBack(Sets.class, new Sets(Set.of(), List.of()), format);
    }

    @ParameterizedTest
    @EnumSource
    void aComponentOfVariableArityIsAnArray(SchemaFormat format) {
        comesBack(Variable.class, new Variable("none"), format);
        comesBack(Variable.class, new Variable("two", 1, 2), format);
    }

    @ParameterizedTest
    @EnumSource
    void arraysComeBackWithTheirElementTypes(SchemaFormat format) {
        Arrays value =
                new Arrays(new int[] {1, -1, Integer.MAX_VALUE}, new Line[] {LINE}, new String[][] {{}, {"a", "b"}});

        comesBack(Arrays.class, value, format);
    }

    @ParameterizedTest
    @EnumSource
    void optionalsOfPrimitivesComeBack(SchemaFormat format) {
        comesBack(
                Optionals.class,
                new Optionals(
                        OptionalInt.of(7), OptionalLong.of(-7), OptionalDouble.of(0.5), Optional.of(new Sku("cup"))),
                format);
        comesBack(
                Optionals.class,
                new Optionals(OptionalInt.empty(), OptionalLong.empty(), OptionalDouble.empty(), Optional.empty()),
                format);
    }

    @ParameterizedTest
    @EnumSource
    void mapsKeepTheTypeOfTheirKeys(SchemaFormat format) {
        comesBack(
                Maps.class,
                new Maps(
                        Map.of(Size.S, 1, Size.L, 2),
                        Map.of(new UUID(1, 2), LINE),
                        Map.of(LocalDate.of(2026, 1, 31), true),
                        Map.of(-5, "minus five", 0, "zero"),
                        Map.of(new Sku("cup"), LINE)),
                format);
    }

    @ParameterizedTest
    @EnumSource
    void genericRecordsComeBackWithTheirTypeArguments(SchemaFormat format) {
        comesBack(
                Generics.class,
                new Generics(
                        new Page<>(List.of(LINE), Optional.of(LINE)),
                        new Page<>(List.of(new Sku("pot")), Optional.empty()),
                        new Ok<>(LINE),
                        new Failed<>("sold out"),
                        new Stock(new Sku("pan"))),
                format);
    }

    @Test
    void aValueRecordIsWrittenAsWhatItHolds() {
        Codec<Line> codec = Codecs.own(Line.class, SchemaFormat.JSON);

        assertThat(new String(codec.encode(LINE, 0), StandardCharsets.UTF_8))
                .isEqualTo("{\"sku\":\"cup\",\"quantity\":2}");
        assertThatThrownBy(() -> Codecs.decode(codec, "{\"sku\":\" \",\"quantity\":2}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("Line.sku: is no Sku: a SKU is not blank");
    }

    @Test
    void aKeyThatIsNoneIsNamed() {
        Codec<Maps> codec = Codecs.own(Maps.class, SchemaFormat.JSON);

        assertThatThrownBy(() -> Codecs.decode(
                        codec, "{\"bySize\":{\"M\":1},\"byId\":{},\"byDay\":{},\"byNumber\":{},\"bySku\":{}}"))
                .hasMessageStartingWith(
                        "Maps.bySize{}: has the key 'M', which is no Size: write one of [small, large]");
        assertThatThrownBy(() -> Codecs.decode(
                        codec, "{\"bySize\":{},\"byId\":{},\"byDay\":{},\"byNumber\":{\"007\":\"\"},\"bySku\":{}}"))
                .hasMessageStartingWith("Maps.byNumber{}: has the key '007', which is no Integer: write it as 7");
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Preset(
            @Default("[1, 2]") int[] counts,
            @Default("{\"a\": [[3]]}") Map<String, List<int[]>> more) {}

    @Test
    void changingADefaultArrayLeavesThatOfTheNextRecord() {
        Codec<Preset> codec = Codecs.own(Preset.class, SchemaFormat.JSON);
        Preset first = Codecs.decode(codec, "{}");
        first.counts()[0] = 9;
        Objects.requireNonNull(first.more().get("a")).get(0)[0] = 9;

        Preset second = Codecs.decode(codec, "{}");
        assertThat(second.counts()).containsExactly(1, 2);
        assertThat(Objects.requireNonNull(second.more().get("a")).get(0)).containsExactly(3);
    }

    record ById(Map<UUID, Integer> quantities) {}

    record ByText(Map<String, Integer> quantities) {}

    @ParameterizedTest
    @EnumSource
    void twoSpellingsOfAKeyAreRefusedRatherThanOneDropped(SchemaFormat format) {
        String small = "123e4567-e89b-12d3-a456-426614174000";
        Map<String, Integer> twice = Map.of(small, 1, small.toUpperCase(Locale.ROOT), 2);
        byte[] payload = Codecs.own(ByText.class, format).encode(new ByText(twice), 0);
        Codec<ById> codec = Codecs.own(ById.class, format);

        assertThatThrownBy(() -> Codecs.decode(codec, payload))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("ById.quantities{}: has the key '")
                .hasMessageContaining("' twice, perhaps in two spellings");
    }

    @Test
    void aTextThatIsAKeyTwiceHasOneSpelling() {
        Codec<ByText> codec = Codecs.own(ByText.class, SchemaFormat.JSON);

        assertThatThrownBy(() -> Codecs.decode(codec, "{\"quantities\":{\"a\":1,\"a\":2}}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("ByText.quantities{}: has the key 'a' twice (at byte");
    }
}
