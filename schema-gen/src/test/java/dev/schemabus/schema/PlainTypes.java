package dev.schemabus.schema;

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
import java.util.Locale;
import java.util.UUID;

/** Every plain Java type that has a logical type, in every variant that annotations make. */
record PlainTypes(
        byte smallest,
        Byte smallestWrapped,
        short small,
        Short smallWrapped,
        char letter,
        Character letterWrapped,
        CharSequence text,
        ByteBuffer buffer,
        @Decimal(precision = 6, scale = 2) BigDecimal price,
        @Decimal(precision = 6, scale = 2) @Fixed BigDecimal fixedPrice,
        @Decimal(precision = 20) BigInteger whole,
        @Fixed @Decimal(precision = 20) BigInteger fixedWhole,
        UUID id,
        @Fixed UUID fixedId,
        Instant at,
        @Timestamp(Timestamp.Unit.MICROS) Instant atMicros,
        @Timestamp(Timestamp.Unit.NANOS) Instant atNanos,
        LocalDate day,
        LocalTime time,
        @Timestamp(Timestamp.Unit.MICROS) LocalTime timeMicros,
        LocalDateTime local,
        @Timestamp(Timestamp.Unit.MICROS) LocalDateTime localMicros,
        @Timestamp(Timestamp.Unit.NANOS) LocalDateTime localNanos,
        OffsetDateTime offset,
        ZonedDateTime zoned,
        Duration span,
        @DurationUnit(DurationUnit.Unit.SECONDS) Duration spanSeconds,
        @DurationUnit(DurationUnit.Unit.MICROS) Duration spanMicros,
        @DurationUnit(DurationUnit.Unit.NANOS) Duration spanNanos,
        Year year,
        YearMonth month,
        URI uri,
        Locale locale,
        Currency currency) {

    static Shape.OfLogical shape(String component) {
        return ((RecordShape) SchemaGenerator.standard().shape(PlainTypes.class))
                .components().stream()
                        .filter(c -> c.javaName().equals(component))
                        .map(c -> (Shape.OfLogical) c.shape())
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("PlainTypes has no component " + component));
    }

    static Representation<?, ?> avro(String component) {
        return shape(component).forms().avro();
    }

    static Representation<?, ?> json(String component) {
        return shape(component).forms().json();
    }
}
