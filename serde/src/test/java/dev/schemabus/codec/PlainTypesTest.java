package dev.schemabus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.DurationUnit;
import dev.schemabus.schema.Fixed;
import dev.schemabus.schema.LogicalType;
import dev.schemabus.schema.LogicalTypes;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.Representation;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Timestamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every plain type through real bytes; that each value is written right is shown beside the types in schema-gen. */
class PlainTypesTest {

    record Plain(
            byte smallest,
            Short small,
            char letter,
            CharSequence text,
            ByteBuffer buffer,
            @Decimal(precision = 30) BigInteger whole,
            @Decimal(precision = 6, scale = 2) @Fixed BigDecimal price,
            UUID id,
            @Timestamp(Timestamp.Unit.NANOS) Instant at,
            LocalTime time,
            @Timestamp(Timestamp.Unit.MICROS) LocalDateTime local,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            @DurationUnit(DurationUnit.Unit.SECONDS) Duration span,
            Year year,
            YearMonth month,
            URI uri,
            Locale locale,
            Currency currency) {}

    private static Plain plain() {
        return new Plain(
                Byte.MIN_VALUE,
                Short.MAX_VALUE,
                '\u20ac',
                "text",
                ByteBuffer.wrap(new byte[] {0, -1}),
                BigInteger.TEN.pow(29).negate(),
                new BigDecimal("-0.01"),
                new UUID(1, 2),
                Instant.ofEpochSecond(0, -1),
                LocalTime.parse("23:59:59.999"),
                LocalDateTime.parse("2026-03-29T02:30:00.000001"),
                OffsetDateTime.parse("2026-01-31T10:15:30.5-03:30"),
                ZonedDateTime.parse("2026-10-25T02:30:00+01:00[Europe/Paris]"),
                Duration.ofDays(-1),
                Year.of(0),
                YearMonth.of(2026, 2),
                URI.create("/orders/1"),
                Locale.ROOT,
                Currency.getInstance("JPY"));
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeComesBackAsItWas(SchemaFormat format) {
        Codec<Plain> codec = Codecs.own(Plain.class, format);

        assertThat(Codecs.decode(codec, codec.encode(plain(), 0))).isEqualTo(plain());
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedValueIsNamedWithItsPlace(SchemaFormat format) {
        Codec<Letters> codec = Codecs.own(Letters.class, format);

        assertThatThrownBy(() -> codec.encode(new Letters(List.of('a', '\ud83d')), 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessage("Letters.letters[1]: the char is half a surrogate pair, which is no text: use String");
    }

    record Letters(List<Character> letters) {}

    @Name("com.acme.Ids")
    record Ids(
            @Fixed UUID id,
            List<@Fixed UUID> more,
            Optional<@Fixed UUID> last,
            @Decimal(precision = 6, scale = 2) @Fixed BigDecimal price) {}

    private static Ids ids() {
        return new Ids(
                new UUID(1, 2),
                List.of(new UUID(3, 4), new UUID(5, 6)),
                Optional.of(new UUID(-1, -2)),
                new BigDecimal("-1234.56"));
    }

    @Test
    void avroReadsAndWritesTheFixedTypesWithItsOwnConversions() throws IOException {
        Schema schema = new Schema.Parser()
                .parse(Codecs.schema(Ids.class, SchemaFormat.AVRO).text());
        GenericData data = new GenericData();
        data.addLogicalTypeConversion(new Conversions.UUIDConversion());
        data.addLogicalTypeConversion(new Conversions.DecimalConversion());
        Codec<Ids> codec = Codecs.own(Ids.class, SchemaFormat.AVRO);

        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(codec.encode(ids(), 0), null);
        GenericRecord record = (GenericRecord) new GenericDatumReader<>(schema, schema, data).read(null, decoder);

        assertThat(record.get("id")).isEqualTo(ids().id());
        assertThat(record.get("last")).isEqualTo(ids().last().orElseThrow());
        assertThat(record.get("price")).isEqualTo(ids().price());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(schema, data).write(record, encoder);
        encoder.flush();
        assertThat(Codecs.decode(codec, out.toByteArray())).isEqualTo(ids());
    }

    @Name("com.acme.Ids")
    record TextIds(UUID id) {}

    @Test
    void aFixedIdIsNotReadAsAText() {
        assertThatThrownBy(() -> Codecs.under(Ids.class, TextIds.class, SchemaFormat.AVRO))
                .isInstanceOf(UnreadableSchemaException.class)
                .hasMessageContaining("id");
    }

    record Code(String letters) {}

    record Coded(Code code) {}

    @Test
    void bytesOfAnotherSizeThanTheFixedTypesAreRefused() {
        Representation<Code, byte[]> tooShort = Representation.ofFixed(
                new Representation.FixedType("com.acme.Code", 4), code -> new byte[3], bytes -> new Code(""));
        SchemaGenerator generator = SchemaGenerator.standard()
                .withLogicalTypes(LogicalTypes.standard()
                        .plus(LogicalType.of(Code.class, tooShort, Representation.ofString(Code::letters, Code::new))));
        Codec<Coded> codec =
                new CodecFactory(generator).codec(Coded.class, generator.generate(Coded.class, SchemaFormat.AVRO));

        assertThatThrownBy(() -> codec.encode(new Coded(new Code("abc")), 0))
                .isInstanceOf(MismatchedValueException.class)
                .hasMessage("Coded.code: its logical type gives 3 bytes for a fixed type of 4");
    }

    @Name("com.acme.Older")
    record Before() {}

    @Name("com.acme.Older")
    record After(
            @Default("-7") short small,
            @Default("x") char letter,

            @Default("00000000-0000-0001-0000-000000000002") @Fixed
            UUID id,

            @Default("-0.01") @Decimal(precision = 6, scale = 2) @Fixed
            BigDecimal price,

            @Default("-PT0.5S") Duration span,
            @Default("23:59:59") LocalTime time,
            @Default("2026-02") YearMonth month,
            @Default("und") Locale locale,
            @Default("EUR") Currency currency) {}

    @ParameterizedTest
    @EnumSource
    void aDefaultFillsInWhatOlderDataLacks(SchemaFormat format) {
        assertThat(Codecs.rewritten(Before.class, new Before(), After.class, format))
                .isEqualTo(new After(
                        (short) -7,
                        'x',
                        new UUID(1, 2),
                        new BigDecimal("-0.01"),
                        Duration.ofMillis(-500),
                        LocalTime.parse("23:59:59"),
                        YearMonth.of(2026, 2),
                        Locale.ROOT,
                        Currency.getInstance("EUR")));
    }

    @Name("com.acme.Talk")
    record InMillis(Duration length) {}

    @Name("com.acme.Talk")
    record InSeconds(
            @DurationUnit(DurationUnit.Unit.SECONDS) Duration length) {}

    @Test
    void secondsAreNotReadAsMilliseconds() {
        assertThatThrownBy(() -> Codecs.under(InSeconds.class, InMillis.class, SchemaFormat.AVRO))
                .isInstanceOf(UnreadableSchemaException.class)
                .hasMessageContaining("What was written as duration-seconds is read as duration-millis");
    }
}
