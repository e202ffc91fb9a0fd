package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.EnumDefault;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading what an older or newer declaration wrote. Classes ending in the same digit are one generation. */
class AvroEvolutionTest {

    @Name("shop.Item")
    record Item1(String sku, int count) {}

    @Name("shop.Item")
    record Item2(
            @Default("0.5") double weight,
            @Aliases("count") long quantity,
            @Aliases("code") String sku,
            Optional<String> note,
            @Default("[]") List<String> tags,
            @Default("OTHER") Kind2 kind) {}

    @Name("shop.Kind")
    enum Kind1 {
        BOOK,
        VINYL
    }

    @Name("shop.Kind")
    enum Kind2 {
        @EnumDefault
        OTHER,
        BOOK
    }

    @Name("shop.Basket")
    record Basket1(List<Item1> items, Map<String, Item1> byShelf, List<Kind1> kinds, List<Integer> numbers) {}

    @Name("shop.Basket")
    record Basket2(List<Kind2> kinds, List<Item2> items, Map<String, Item2> byShelf, List<Double> numbers) {}

    private static Item2 second(String sku, int quantity) {
        return new Item2(0.5, quantity, sku, Optional.empty(), List.of(), Kind2.OTHER);
    }

    @Test
    void aNewerTypeReadsOlderData() {
        Item2 read = Codecs.rewritten(Item1.class, new Item1("tea", 3), Item2.class, SchemaFormat.AVRO);

        assertThat(read).isEqualTo(second("tea", 3));
    }

    @Test
    void anOlderTypeReadsNewerData() {
        Sku1 read = Codecs.rewritten(Item2.class, second("tea", 3), Sku1.class, SchemaFormat.AVRO);

        assertThat(read).isEqualTo(new Sku1("tea"));
    }

    @Name("shop.Item")
    record Sku1(String sku) {}

    @Test
    void thatHoldsInsideListsAndMapsToo() {
        Basket1 written = new Basket1(
                List.of(new Item1("tea", 3), new Item1("", 0)),
                Map.of("a", new Item1("cup", 1)),
                List.of(Kind1.BOOK, Kind1.VINYL),
                List.of(1, 2, 3));

        Basket2 read = Codecs.rewritten(Basket1.class, written, Basket2.class, SchemaFormat.AVRO);

        assertThat(read)
                .isEqualTo(new Basket2(
                        List.of(Kind2.BOOK, Kind2.OTHER),
                        List.of(second("tea", 3), second("", 0)),
                        Map.of("a", second("cup", 1)),
                        List.of(1.0, 2.0, 3.0)));
    }

    @Test
    void aTypeIsWrittenUnderAnOtherGenerationsSchema() {
        byte[] payload = Codecs.writtenUnder(Item1Long.class, Item2.class, SchemaFormat.AVRO)
                .encode(second("tea", 3), 0);

        assertThat(Codecs.decode(Codecs.own(Item1Long.class, SchemaFormat.AVRO), payload))
                .isEqualTo(new Item1Long("tea", 3, "unknown"));
        assertThat(Codecs.decode(Codecs.under(Item1Long.class, Item2.class, SchemaFormat.AVRO), payload))
                .isEqualTo(second("tea", 3));
    }

    @Name("shop.Item")
    record Item1Long(
            String sku, long count, @Default("unknown") String origin) {}

    @Test
    void aSchemaThatAsksForMoreThanTheTypeHasIsNotWritten() {
        assertThatThrownBy(() -> Codecs.writtenUnder(Item1.class, Sku1.class, SchemaFormat.AVRO))
                .isInstanceOf(UnreadableSchemaException.class)
                .hasMessage(
                        Sku1.class.getName() + " can't be written under the schema shop.Item: Sku1: the writer schema"
                                + " requires 'count', which the record doesn't have: add the component");
    }

    @Name("shop.Moment")
    record Pair1(int a, @Default("7") int b) {}

    @Name("shop.Moment")
    record Pair2(@Default("7") int b, int a) {}

    @Test
    void theOrderOfComponentsDoesNotMatter() {
        assertThat(Codecs.rewritten(Pair1.class, new Pair1(1, 2), Pair2.class, SchemaFormat.AVRO))
                .isEqualTo(new Pair2(2, 1));
        assertThat(Codecs.decode(
                        Codecs.own(Pair1.class, SchemaFormat.AVRO),
                        Codecs.writtenUnder(Pair1.class, Pair2.class, SchemaFormat.AVRO)
                                .encode(new Pair2(2, 1), 0)))
                .isEqualTo(new Pair1(1, 2));
    }

    @Name("shop.Parcel")
    record Parcel1(int weight, int grams, List<Parcel1> within) {}

    @Name("shop.Parcel")
    record Parcel2(@Aliases("weight") int grams, List<Parcel2> within) {}

    @Test
    void aFieldThatIsWrittenUnderBothItsNamesCountsUnderTheNewOne() {
        Parcel1 both = new Parcel1(1, 1000, List.of(new Parcel1(2, 2000, List.of())));

        assertThat(Codecs.rewritten(Parcel1.class, both, Parcel2.class, SchemaFormat.AVRO))
                .isEqualTo(new Parcel2(1000, List.of(new Parcel2(2000, List.of()))));
    }

    record Tinted(Optional<Color> color) {}

    @Name("shop.Color")
    enum Color {
        UNKNOWN,
        RED
    }

    private static final String SIZE = enumeration("shop.Size", "UNKNOWN", "S");

    private static String enumeration(String name, String... symbols) {
        return "{\"type\":\"enum\",\"name\":\"" + name + "\",\"symbols\":[\"" + String.join("\",\"", symbols) + "\"]}";
    }

    private static EventSchema tinted(String fields) {
        return EventSchema.registered(
                SchemaFormat.AVRO, "{\"type\":\"record\",\"name\":\"shop.Tinted\",\"fields\":[" + fields + "]}");
    }

    private static <T> Encoder<T> encoder(Class<T> type, EventSchema writer) {
        return new CodecFactory(SchemaGenerator.standard())
                .withMode(Codecs.MODE)
                .encoder(type, writer);
    }

    @Test
    void anEnumIsWrittenAsTheBranchOfItsName() {
        String color = enumeration("shop.Color", "UNKNOWN", "RED");
        Encoder<Tinted> encoder =
                encoder(Tinted.class, tinted("{\"name\":\"color\",\"type\":[\"null\"," + SIZE + "," + color + "]}"));

        assertThat(encoder.encode(new Tinted(Optional.of(Color.UNKNOWN)), 0)).containsExactly(4, 0);
        assertThat(encoder.encode(new Tinted(Optional.of(Color.RED)), 0)).containsExactly(4, 2);
    }

    @Test
    void anEnumWithoutACommonSymbolIsNotWritten() {
        EventSchema other = tinted("{\"name\":\"color\",\"type\":[\"null\"," + enumeration("shop.Color", "S") + "]}");

        assertThatThrownBy(() -> encoder(Tinted.class, other))
                .isInstanceOf(UnreadableSchemaException.class)
                .hasMessageEndingWith(
                        "Tinted.color: the writer schema's enum shop.Color knows none of the symbols [UNKNOWN, RED], only [S]");
    }

    record Nothing() {}

    @ParameterizedTest
    @CsvSource({"int, '\"oops\"'", "int, null", "int, 99999999999", "string, 1", "int, 1.5"})
    void aDefaultThatIsNoValueOfItsFieldIsNotWritten(String type, String value) {
        EventSchema writer = tinted("{\"name\":\"gone\",\"type\":\"" + type + "\",\"default\":" + value + "}");

        assertThatThrownBy(() -> encoder(Nothing.class, writer))
                .isInstanceOf(UnreadableSchemaException.class)
                .hasMessageEndingWith(
                        "Nothing: the record doesn't have 'gone', and the writer schema's default for it is no " + type
                                + ": add the component");
    }

    @Name("shop.Wide")
    record Narrow(String last) {}

    @Test
    void aThousandFieldsArePassedOver() {
        int fields = 1_500;
        String schema = "{\"type\":\"record\",\"name\":\"shop.Wide\",\"fields\":["
                + IntStream.range(0, fields)
                        .mapToObj(
                                i -> "{\"name\":\"f" + i + "\",\"type\":\"" + (i % 2 == 0 ? "int" : "string") + "\"},")
                        .collect(Collectors.joining())
                + "{\"name\":\"last\",\"type\":\"string\"}]}";
        Decoder<Narrow> decoder = new CodecFactory(SchemaGenerator.standard())
                .withMode(Codecs.MODE)
                .decoder(Narrow.class, EventSchema.registered(SchemaFormat.AVRO, schema));

        byte[] payload = new byte[fields + 2];
        payload[fields] = 2;
        payload[fields + 1] = 'x';

        assertThat(Codecs.decode(decoder, payload)).isEqualTo(new Narrow("x"));
    }
}
