package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every plain type is written as, at its limits; what it refuses is in {@link PlainTypesRefusalTest}. */
class PlainTypesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void avroGivesTheValueBack(String component, Object value, Object scalar) {
        Representation<?, ?> form = PlainTypes.avro(component);

        assertThat(form.toScalar(value)).isEqualTo(scalar);
        assertThat(form.fromScalar(scalar)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("samples")
    void jsonGivesTheValueBackAndIsValid(String component, Object value, Object ignored) throws IOException {
        Representation<?, ?> form = PlainTypes.json(component);
        Object scalar = form.toScalar(value);

        assertThat(form.fromScalar(scalar)).isEqualTo(value);
        assertThat(problems(component, JSON.valueToTree(scalar))).isEmpty();
    }

    /** Component, value, and what it is in Avro. */
    static Stream<Arguments> samples() {
        return Stream.of(numbers(), texts(), bytes(), times(), calendar()).flatMap(samples -> samples);
    }

    private static Stream<Arguments> numbers() {
        return Stream.of(
                arguments("smallest", Byte.MIN_VALUE, -128),
                arguments("smallest", Byte.MAX_VALUE, 127),
                arguments("smallestWrapped", (byte) -1, -1),
                arguments("small", Short.MIN_VALUE, -32768),
                arguments("small", Short.MAX_VALUE, 32767),
                arguments("smallWrapped", (short) 0, 0),
                arguments("price", new BigDecimal("-9999.99"), hex("f0bdc1")),
                arguments("fixedPrice", new BigDecimal("9999.99"), hex("0f423f")),
                arguments("fixedPrice", new BigDecimal("-9999.99"), hex("f0bdc1")),
                arguments("fixedPrice", new BigDecimal("-0.01"), hex("ffffff")),
                arguments("fixedPrice", new BigDecimal("0.00"), hex("000000")),
                arguments("whole", new BigInteger("99999999999999999999"), hex("056bc75e2d630fffff")),
                arguments("whole", BigInteger.ZERO, hex("00")),
                arguments("fixedWhole", new BigInteger("-99999999999999999999"), hex("fa9438a1d29cf00001")),
                arguments("fixedWhole", BigInteger.ONE, hex("000000000000000001")));
    }

    private static Stream<Arguments> texts() {
        return Stream.of(
                arguments("letter", 'x', "x"),
                arguments("letter", '\0', "\0"),
                arguments("letterWrapped", '\uffff', "\uffff"),
                arguments("text", "", ""),
                arguments("text", "Gr\u00fc\u00dfe \ud83d\ude00", "Gr\u00fc\u00dfe \ud83d\ude00"),
                arguments("id", UUID.fromString("00000000-0000-0000-0000-000000000000"), new UUID(0, 0).toString()),
                arguments("uri", URI.create(""), ""),
                arguments("uri", URI.create("/orders/1?all#last"), "/orders/1?all#last"),
                arguments("uri", URI.create("urn:isbn:096139210x"), "urn:isbn:096139210x"),
                arguments("uri", URI.create("https://[2001:db8::7]:8443/a%20b"), "https://[2001:db8::7]:8443/a%20b"),
                arguments("locale", Locale.ROOT, "und"),
                arguments("locale", Locale.GERMANY, "de-DE"),
                arguments("locale", Locale.forLanguageTag("sr-Latn-RS"), "sr-Latn-RS"),
                arguments("locale", Locale.forLanguageTag("ca-ES-valencia"), "ca-ES-valencia"),
                arguments("locale", Locale.forLanguageTag("de-u-co-phonebk-x-own"), "de-u-co-phonebk-x-own"),
                arguments("currency", Currency.getInstance("EUR"), "EUR"),
                arguments("currency", Currency.getInstance("XTS"), "XTS"));
    }

    private static Stream<Arguments> bytes() {
        return Stream.of(
                arguments("buffer", ByteBuffer.wrap(hex("")), hex("")),
                arguments("buffer", ByteBuffer.wrap(hex("00ff7f80")), hex("00ff7f80")),
                arguments(
                        "fixedId",
                        UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210"),
                        hex("0123456789abcdeffedcba9876543210")));
    }

    private static Stream<Arguments> times() {
        return Stream.of(
                arguments("at", Instant.parse("0000-01-01T00:00:00Z"), -62167219200000L),
                arguments("at", Instant.parse("9999-12-31T23:59:59.999Z"), 253402300799999L),
                arguments("atMicros", Instant.parse("1969-12-31T23:59:59.999999Z"), -1L),
                arguments("atMicros", Instant.parse("0001-01-01T00:00:00.000001Z"), -62135596799999999L),
                arguments("atNanos", Instant.parse("1970-01-01T00:00:00.000000001Z"), 1L),
                arguments("atNanos", Instant.parse("1677-09-21T00:12:43.145224192Z"), Long.MIN_VALUE),
                arguments("atNanos", Instant.parse("2262-04-11T23:47:16.854775807Z"), Long.MAX_VALUE),
                arguments("time", LocalTime.MIDNIGHT, 0),
                arguments("time", LocalTime.parse("23:59:59.999"), 86_399_999),
                arguments("timeMicros", LocalTime.parse("23:59:59.999999"), 86_399_999_999L),
                arguments("timeMicros", LocalTime.NOON, 43_200_000_000L),
                arguments("local", LocalDateTime.parse("0000-01-01T00:00"), -62167219200000L),
                arguments("local", LocalDateTime.parse("-9999-01-01T00:00"), -377705116800000L),
                arguments("local", LocalDateTime.parse("+99999-12-31T23:59:59.999"), 3093527980799999L),
                arguments("localMicros", LocalDateTime.parse("1969-12-31T23:59:59.999999"), -1L),
                arguments("localNanos", LocalDateTime.parse("2026-03-29T02:30:00.123456789"), 1774751400123456789L),
                arguments("span", Duration.ZERO, 0L),
                arguments("span", Duration.ofMillis(Long.MAX_VALUE), Long.MAX_VALUE),
                arguments("span", Duration.ofMillis(Long.MIN_VALUE), Long.MIN_VALUE),
                arguments("span", Duration.ofMillis(-1), -1L),
                arguments("spanSeconds", Duration.ofSeconds(Long.MAX_VALUE), Long.MAX_VALUE),
                arguments("spanSeconds", Duration.ofDays(-400), -34_560_000L),
                arguments("spanMicros", Duration.ofNanos(-1000), -1L),
                arguments("spanNanos", Duration.ofNanos(Long.MIN_VALUE), Long.MIN_VALUE),
                arguments("spanNanos", Duration.ofNanos(Long.MAX_VALUE), Long.MAX_VALUE));
    }

    private static Stream<Arguments> calendar() {
        ZonedDateTime summer = ZonedDateTime.of(LocalDateTime.parse("2026-10-25T02:30:00"), PARIS);
        return Stream.of(
                arguments("day", LocalDate.parse("0000-01-01"), -719528),
                arguments("day", LocalDate.parse("9999-12-31"), 2932896),
                arguments("year", Year.of(0), 0),
                arguments("year", Year.of(Year.MIN_VALUE), -999_999_999),
                arguments("year", Year.of(Year.MAX_VALUE), 999_999_999),
                arguments("month", YearMonth.of(0, 1), "0000-01"),
                arguments("month", YearMonth.of(2026, 12), "2026-12"),
                arguments("month", YearMonth.of(-44, 3), "-0044-03"),
                arguments("month", YearMonth.of(10000, 1), "+10000-01"),
                arguments("month", YearMonth.of(Year.MIN_VALUE, 12), "-999999999-12"),
                arguments("month", YearMonth.of(Year.MAX_VALUE, 12), "+999999999-12"),
                arguments("offset", OffsetDateTime.parse("2026-01-31T10:15:00+05:45"), "2026-01-31T10:15:00+05:45"),
                arguments("offset", OffsetDateTime.parse("0000-01-01T00:00:00-18:00"), "0000-01-01T00:00:00-18:00"),
                arguments(
                        "offset",
                        OffsetDateTime.parse("9999-12-31T23:59:59.999999999Z"),
                        "9999-12-31T23:59:59.999999999Z"),
                arguments("zoned", summer, "2026-10-25T02:30:00+02:00[Europe/Paris]"),
                arguments("zoned", summer.withLaterOffsetAtOverlap(), "2026-10-25T02:30:00+01:00[Europe/Paris]"),
                arguments(
                        "zoned",
                        ZonedDateTime.of(LocalDateTime.parse("1890-01-01T00:00:00"), PARIS),
                        "1890-01-01T00:00:00+00:09:21[Europe/Paris]"),
                arguments(
                        "zoned",
                        LocalDateTime.parse("+10000-01-01T00:00:00").atZone(ZoneOffset.UTC),
                        "+10000-01-01T00:00:00Z"),
                arguments(
                        "zoned",
                        LocalDateTime.parse("2026-01-01T00:00:00.5").atZone(ZoneId.of("UTC+01:00")),
                        "2026-01-01T00:00:00.5+01:00[UTC+01:00]"));
    }

    @Test
    void everyComponentHasASample() {
        Set<Object> sampled = new HashSet<>(samples().map(a -> a.get()[0]).toList());

        assertThat(Arrays.stream(PlainTypes.class.getRecordComponents()).map(c -> (Object) c.getName()))
                .allSatisfy(name -> assertThat(sampled).contains(name));
    }

    @Test
    void jsonKeepsWhatIsFinerThanTheUnit() {
        assertThat(PlainTypes.json("at").toScalar(Instant.ofEpochSecond(0, 1)))
                .isEqualTo("1970-01-01T00:00:00.000000001Z");
        assertThat(PlainTypes.json("time").toScalar(LocalTime.MAX)).isEqualTo("23:59:59.999999999");
        assertThat(PlainTypes.json("local").toScalar(LocalDateTime.parse("2026-01-31T10:15")))
                .isEqualTo("2026-01-31T10:15:00");
        assertThat(PlainTypes.json("spanSeconds").toScalar(Duration.ofNanos(-1)))
                .isEqualTo("-PT0.000000001S");
    }

    @Test
    void avroCutsOffWhatIsFinerThanTheUnitTowardsThePast() {
        assertThat(PlainTypes.avro("at").toScalar(Instant.ofEpochSecond(0, -1))).isEqualTo(-1L);
        assertThat(PlainTypes.avro("time").toScalar(LocalTime.MAX)).isEqualTo(86_399_999);
        assertThat(PlainTypes.avro("timeMicros").toScalar(LocalTime.MAX)).isEqualTo(86_399_999_999L);
        assertThat(PlainTypes.avro("localMicros").toScalar(LocalDateTime.parse("1969-12-31T23:59:59.999999999")))
                .isEqualTo(-1L);
        assertThat(PlainTypes.avro("span").toScalar(Duration.ofNanos(1))).isEqualTo(0L);
        assertThat(PlainTypes.avro("span").toScalar(Duration.ofNanos(-1))).isEqualTo(-1L);
        assertThat(PlainTypes.avro("spanSeconds").toScalar(Duration.ofSeconds(Long.MIN_VALUE, 999_999_999)))
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aBufferStaysAsItIsAndComesBackFresh() {
        ByteBuffer buffer = ByteBuffer.wrap(hex("0011223344")).position(1).limit(3);

        byte[] written = (byte[]) PlainTypes.avro("buffer").toScalar(buffer);

        assertThat(written).isEqualTo(hex("1122"));
        assertThat(buffer.position()).isEqualTo(1);
        assertThat(buffer.limit()).isEqualTo(3);
        assertThat(PlainTypes.avro("buffer").toScalar(buffer.asReadOnlyBuffer()))
                .isEqualTo(hex("1122"));
        assertThat(((ByteBuffer) PlainTypes.avro("buffer").fromScalar(written)).isReadOnly())
                .isFalse();
    }

    @Test
    void charactersOfAnyKindAreReadAsAString() {
        assertThat(PlainTypes.avro("text").toScalar(CharBuffer.wrap("built"))).isEqualTo("built");
    }

    private static Set<Object> problems(String component, JsonNode value) throws IOException {
        String text = SchemaGenerator.standard()
                .generate(PlainTypes.class, SchemaFormat.JSON)
                .text();
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(JSON.readTree(text).at("/properties/" + component).toString());
        return new HashSet<>(schema.validate(
                value.toString(),
                InputFormat.JSON,
                run -> run.executionConfig(config -> config.formatAssertionsEnabled(true))));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
