package dev.schemabus.schema;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What plain types refuse, and what they say then. */
class PlainTypesRefusalTest {

    private static final String YEARS = "the year is not one of 0 to 9999, which are all that RFC 3339 can write: if it"
            + " stands for no date, declare the component Optional";

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void aValueThatAvroCannotHoldIsRefused(String component, Object value, String message) {
        assertThatThrownBy(() -> PlainTypes.avro(component).toScalar(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> aValueThatAvroCannotHoldIsRefused() {
        return Stream.of(
                arguments("letter", '\ud83d', "the char is half a surrogate pair, which is no text: use String"),
                arguments(
                        "fixedPrice",
                        new BigDecimal("10000"),
                        "the number has more than the 6 digits that @Decimal allows, 2 of them after the point:"
                                + " raise the precision"),
                arguments(
                        "whole",
                        BigInteger.TEN.pow(20),
                        "the number has more than the 20 digits that @Decimal allows, 0 of them after the point:"
                                + " raise the precision"),
                arguments("at", Instant.MAX, "the time is too far from 1970 for 64 bits of milliseconds"),
                arguments(
                        "atNanos",
                        Instant.parse("2262-04-11T23:47:16.854775808Z"),
                        "the time is too far from 1970 for 64 bits of nanoseconds"),
                arguments(
                        "atNanos",
                        Instant.parse("1677-09-21T00:12:43.145224191Z"),
                        "the time is too far from 1970 for 64 bits of nanoseconds"),
                arguments(
                        "localMicros", LocalDateTime.MIN, "the time is too far from 1970 for 64 bits of microseconds"),
                arguments("day", LocalDate.MIN, "the date is too far from 1970 for 32 bits of days"),
                arguments(
                        "span",
                        Duration.ofSeconds(Long.MAX_VALUE),
                        "the duration is too long for 64 bits of milliseconds"),
                arguments(
                        "spanNanos",
                        Duration.ofNanos(Long.MIN_VALUE).minusNanos(1),
                        "the duration is too long for 64 bits of nanoseconds"),
                arguments("offset", OffsetDateTime.MAX, YEARS),
                arguments(
                        "offset",
                        OffsetDateTime.parse("1890-01-01T00:00:00+00:09:21"),
                        "the offset has seconds, which RFC 3339 can't write: use one in whole minutes"),
                arguments(
                        "uri",
                        URI.create("https://example.com/gr\u00fc\u00dfe"),
                        "the URI has letters beyond ASCII, which RFC 3986 doesn't have: use"
                                + " URI.create(uri.toASCIIString())"),
                arguments(
                        "locale",
                        unlasting(),
                        "the locale has parts that BCP 47 doesn't know and would come back as another one: build it"
                                + " with Locale.forLanguageTag"));
    }

    /** As a language tag, the old Nynorsk is another locale. */
    @SuppressWarnings("deprecation") // only a constructor makes such a locale
    private static Locale unlasting() {
        return new Locale("no", "NO", "NY");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void aValueThatJsonCannotHoldIsRefused(String component, Object value, String message) {
        assertThatThrownBy(() -> PlainTypes.json(component).toScalar(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> aValueThatJsonCannotHoldIsRefused() {
        return Stream.of(
                arguments("at", Instant.parse("+10000-01-01T00:00:00Z"), YEARS),
                arguments("at", Instant.parse("-0001-12-31T23:59:59.999999999Z"), YEARS),
                arguments("at", Instant.MIN, YEARS),
                arguments("day", LocalDate.of(-1, 12, 31), YEARS),
                arguments("day", LocalDate.MAX, YEARS),
                arguments(
                        "span", Duration.ofSeconds(Long.MIN_VALUE), "the duration is too long for 64 bits of seconds"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void aScalarThatIsNoValueIsRefused(String component, Object scalar, String message) {
        assertThatThrownBy(() -> PlainTypes.avro(component).fromScalar(scalar))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> aScalarThatIsNoValueIsRefused() {
        return Stream.of(
                arguments("smallest", 128, "write a whole number from -128 to 127"),
                arguments("smallest", -129, "write a whole number from -128 to 127"),
                arguments("smallWrapped", 32768, "write a whole number from -32768 to 32767"),
                arguments("small", Integer.MIN_VALUE, "write a whole number from -32768 to 32767"),
                arguments("letter", "", "a char is exactly one UTF-16 unit, and the text has 0"),
                arguments("letterWrapped", "\ud83d\ude00", "a char is exactly one UTF-16 unit, and the text has 2"),
                arguments("id", "nonsense", "write it like 123e4567-e89b-12d3-a456-426614174000"),
                arguments("time", -1, "write the milliseconds since midnight, from 0 to 86399999"),
                arguments("time", 86_400_000, "write the milliseconds since midnight, from 0 to 86399999"),
                arguments("timeMicros", Long.MAX_VALUE, "write the microseconds since midnight, from 0 to 86399999999"),
                arguments("month", "2026-13", "write it like 2026-01"),
                arguments("offset", "2026-01-31T10:15:30", "write it like 2026-01-31T10:15:30+01:00"),
                arguments("zoned", "2026-01-31", "write it like 2026-01-31T10:15:30+01:00[Europe/Paris]"),
                arguments("uri", "a b", "write it like https://example.com/orders/1 (RFC 3986)"),
                arguments("locale", "de_CH", "write it like de-CH (a BCP 47 tag)"),
                arguments("currency", "euro", "write it like EUR (an ISO 4217 code that this JVM knows)"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void aJsonTextThatIsNoValueIsAnsweredWithAnExample(String component, String message) {
        assertThatThrownBy(() -> PlainTypes.json(component).fromScalar("nonsense"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("write it like " + message);
    }

    static Stream<Arguments> aJsonTextThatIsNoValueIsAnsweredWithAnExample() {
        return Stream.of(
                arguments("at", "2026-01-31T10:15:30Z"),
                arguments("day", "2026-01-31"),
                arguments("time", "10:15:30.5"),
                arguments("local", "2026-01-31T10:15:30"),
                arguments("span", "PT1H30M or -PT0.5S"),
                arguments("fixedId", "123e4567-e89b-12d3-a456-426614174000"));
    }

    record BareBigInteger(BigInteger number) {}

    record ScaledBigInteger(
            @Decimal(precision = 6, scale = 2) BigInteger number) {}

    record FixedText(@Fixed String text) {}

    record FixedTime(@Fixed Instant at) {}

    record FixedBareDecimal(@Fixed BigDecimal price) {}

    record NanosOfDay(@Timestamp(Timestamp.Unit.NANOS) LocalTime time) {}

    record TimestampOnDay(@Timestamp(Timestamp.Unit.MICROS) LocalDate day) {}

    record UnitOnNumber(
            @DurationUnit(DurationUnit.Unit.SECONDS) long seconds) {}

    record LateDefault(@Default("300") byte small) {}

    record DecimalOnId(@Decimal(precision = 6) UUID id) {}

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aDeclarationThatSaysNothingIsRefused(Class<?> type, String message) {
        for (SchemaFormat format : SchemaFormat.values()) {
            assertThatThrownBy(() -> SchemaGenerator.standard().generate(type, format))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage(message);
        }
    }

    static Stream<Arguments> aDeclarationThatSaysNothingIsRefused() {
        String fixed = ": it stands in front of a UUID, BigDecimal or BigInteger, as in Optional<@Fixed UUID>";
        return Stream.of(
                arguments(
                        BareBigInteger.class,
                        "BareBigInteger.number: BigInteger needs @Decimal(precision) in front of it, such as"
                                + " @Decimal(precision = 20) BigInteger"),
                arguments(
                        ScaledBigInteger.class,
                        "ScaledBigInteger.number: @Decimal(precision = 6, scale = 2) stands in front of a BigInteger,"
                                + " which has no digits after the point: leave the scale out"),
                arguments(FixedText.class, "FixedText.text: @Fixed says nothing about java.lang.String" + fixed),
                arguments(FixedTime.class, "FixedTime.at: @Fixed says nothing about java.time.Instant" + fixed),
                arguments(
                        FixedBareDecimal.class,
                        "FixedBareDecimal.price: BigDecimal needs @Decimal(precision, scale) in front of it, such as"
                                + " @Decimal(precision = 12, scale = 2) BigDecimal"),
                arguments(
                        NanosOfDay.class,
                        "NanosOfDay.time: Avro counts the time of day in milliseconds or microseconds (specification,"
                                + " \"Time\"): use @Timestamp(MICROS), or a long of nanoseconds"),
                arguments(
                        TimestampOnDay.class,
                        "TimestampOnDay.day: @Timestamp says nothing about java.time.LocalDate: it stands in front of"
                                + " an Instant, LocalDateTime or LocalTime, as in Optional<@Timestamp(MICROS)"
                                + " Instant>"),
                arguments(
                        UnitOnNumber.class,
                        "UnitOnNumber.seconds: @DurationUnit says nothing about long: it stands in front of a"
                                + " Duration, as in Optional<@DurationUnit(SECONDS) Duration>"),
                arguments(
                        LateDefault.class,
                        "LateDefault.small: @Default(\"300\") is no value of byte: write a whole number from -128 to"
                                + " 127"),
                arguments(
                        DecimalOnId.class,
                        "DecimalOnId.id: @Decimal says nothing about java.util.UUID: it stands in front of a"
                                + " BigDecimal or BigInteger, as in List<@Decimal(precision = 12, scale = 2)"
                                + " BigDecimal>"));
    }
}
