package dev.schemabus.schema;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One component for each row of README's table of types. */
record TypeMapping(
        @Row(java = "`boolean`, `Boolean`") boolean flag,
        @Row(java = "`int`, `Integer`") int count,

        @Row(java = "`byte`, `short`, wrappers", note = "reading refuses what Java's type can't hold")
        short small,

        @Row(java = "`long`, `Long`") long total,
        @Row(java = "`float`, `Float`") float ratio,
        @Row(java = "`double`, `Double`") double mean,

        @Row(java = "`String`, `CharSequence`, `char`", note = "a `char` is one UTF-16 unit")
        String text,

        @Row(java = "`byte[]`, `ByteBuffer`") ByteBuffer bytes,

        @Row(java = "enum", note = "`@EnumDefault` stands for symbols that a reader doesn't know")
        Suit suit,

        @Row(java = "record", note = "nested, recursive; generic: `Page<Order>` is `Page_Order`")
        Part part,

        @Row(java = "sealed interface", note = "over records or more of them; `@type` names the record")
        Payment payment,

        @Row(java = "`@Value` record", note = "is its one component: here `record Sku(String code)`")
        Sku sku,

        @Row(java = "`List`, `Collection`, array") List<String> list,

        @Row(java = "`Set`", note = "keeps the order of the data")
        Set<String> set,

        @Row(java = "`Map<String, V>`") Map<String, Integer> map,

        @Row(java = "`Map<K, V>`", note = "K is written as text: enum, whole number, UUID, date …")
        Map<UUID, Integer> keyed,

        @Row(
                java = "`Optional<T>`, any `@Nullable`, `OptionalInt` …",
                note = "everything else is never null; not required in JSON")
        Optional<String> optional,

        @Row(java = "`@Decimal(precision, scale) BigDecimal`", note = "never rounded")
        @Decimal(precision = 12, scale = 2)
        BigDecimal price,

        @Row(java = "… with `@Fixed`", note = "as few bytes as hold the precision")
        @Decimal(precision = 12, scale = 2)
        @Fixed
        BigDecimal fixedPrice,

        @Row(java = "`@Decimal(precision) BigInteger`") @Decimal(precision = 20)
        BigInteger whole,

        @Row(java = "`UUID`") UUID id,
        @Row(java = "`@Fixed UUID`") @Fixed UUID fixedId,

        @Row(java = "`Instant`", note = "`@Timestamp(MICROS)`, `@Timestamp(NANOS)`; JSON keeps every nanosecond")
        Instant at,

        @Row(java = "`LocalDate`") LocalDate day,

        @Row(java = "`LocalTime`", note = "`@Timestamp(MICROS)`: `long`")
        LocalTime time,

        @Row(java = "`LocalDateTime`", note = "units as `Instant`")
        LocalDateTime local,

        @Row(java = "`OffsetDateTime`", note = "offset in whole minutes")
        OffsetDateTime offset,

        @Row(java = "`ZonedDateTime`", note = "`2026-01-31T10:15:30+01:00[Europe/Paris]`")
        ZonedDateTime zoned,

        @Row(java = "`Duration`", note = "`@DurationUnit(SECONDS)` …; `PT1H30M` in JSON")
        Duration span,

        @Row(java = "`Year`") Year year,
        @Row(java = "`YearMonth`", note = "`2026-01`") YearMonth month,
        @Row(java = "`URI`") URI link,
        @Row(java = "`Locale`", note = "`de-CH` (BCP 47)") Locale language,
        @Row(java = "`Currency`", note = "`EUR` (ISO 4217)") Currency currency) {

    /** The row's words. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Row {
        String java();

        String note() default "";
    }

    enum Suit {
        HEARTS,
        SPADES
    }

    record Part(int number) {}

    sealed interface Payment permits Cash, Wire {}

    record Cash(int cents) implements Payment {}

    record Wire(String iban) implements Payment {}

    @Value
    record Sku(String code) {}
}
