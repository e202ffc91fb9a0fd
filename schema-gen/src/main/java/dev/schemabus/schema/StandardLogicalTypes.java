package dev.schemabus.schema;

import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The logical types that come with Schemabus. Their Avro forms are those of the Avro specification, "Logical Types". */
final class StandardLogicalTypes {

    private StandardLogicalTypes() {}

    static LogicalTypes all() {
        return LogicalTypes.none()
                .plus(of(BigDecimal.class, StandardLogicalTypes::decimal))
                .plus(of(Instant.class, StandardLogicalTypes::instant))
                .plus(of(
                        LocalDate.class,
                        use -> new LogicalType.Forms<>(
                                new Representation<>(
                                        Scalar.INT,
                                        Map.of("logicalType", "date"),
                                        StandardLogicalTypes::daysSinceEpoch,
                                        (Integer day) -> LocalDate.ofEpochDay(day)),
                                text("date", "2026-01-31", LocalDate::toString, LocalDate::parse))))
                .plus(of(
                        UUID.class,
                        use -> new LogicalType.Forms<>(
                                new Representation<>(
                                        Scalar.STRING, Map.of("logicalType", "uuid"), UUID::toString, UUID::fromString),
                                text(
                                        "uuid",
                                        "123e4567-e89b-12d3-a456-426614174000",
                                        UUID::toString,
                                        UUID::fromString))));
    }

    private static LogicalType.Forms<BigDecimal> decimal(AnnotatedElement use) {
        Decimal decimal = use.getAnnotation(Decimal.class);
        if (decimal == null) {
            throw new SchemaException("BigDecimal needs @Decimal(precision, scale) in front of it, such as"
                    + " @Decimal(precision = 12, scale = 2) BigDecimal");
        }
        int precision = decimal.precision();
        int scale = decimal.scale();
        if (precision < 1 || scale < 0 || scale > precision) {
            throw new SchemaException("@Decimal(precision = " + precision + ", scale = " + scale
                    + ") is impossible: the precision is at least 1, the scale from 0 to the precision");
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("logicalType", "decimal");
        attributes.put("precision", precision);
        attributes.put("scale", scale);
        return new LogicalType.Forms<>(
                new Representation<>(
                        Scalar.BYTES,
                        attributes,
                        (BigDecimal value) ->
                                fitted(value, precision, scale).unscaledValue().toByteArray(),
                        (byte[] unscaled) -> new BigDecimal(new BigInteger(unscaled), scale)),
                new Representation<>(
                        Scalar.NUMBER,
                        Map.of(),
                        (BigDecimal value) -> fitted(value, precision, scale),
                        (BigDecimal number) -> fitted(number, precision, scale)));
    }

    /** The same number at the declared scale; rounding is the business of whoever knows the rules. */
    private static BigDecimal fitted(BigDecimal value, int precision, int scale) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO.setScale(scale);
        }
        if (value.stripTrailingZeros().scale() > scale) {
            throw new IllegalArgumentException("the number has more than the " + scale
                    + " digits after the point that @Decimal allows: round it first");
        }
        // Counted before they are written out: 1E+999999999 has a billion of them.
        if ((long) value.precision() - value.scale() + scale > precision) {
            throw new IllegalArgumentException("the number has more than the " + precision
                    + " digits that @Decimal allows, " + scale + " of them after the point: raise the precision");
        }
        return value.setScale(scale);
    }

    private static LogicalType.Forms<Instant> instant(AnnotatedElement use) {
        Timestamp timestamp = use.getAnnotation(Timestamp.class);
        boolean micros = timestamp != null && timestamp.value() == Timestamp.Unit.MICROS;
        return new LogicalType.Forms<>(
                micros
                        ? new Representation<>(
                                Scalar.LONG,
                                Map.of("logicalType", "timestamp-micros"),
                                StandardLogicalTypes::microsSinceEpoch,
                                (Long sinceEpoch) -> Instant.EPOCH.plus(sinceEpoch, ChronoUnit.MICROS))
                        : new Representation<>(
                                Scalar.LONG,
                                Map.of("logicalType", "timestamp-millis"),
                                StandardLogicalTypes::millisSinceEpoch,
                                Instant::ofEpochMilli),
                text("date-time", "2026-01-31T10:15:30Z", Instant::toString, Instant::parse));
    }

    private static int daysSinceEpoch(LocalDate date) {
        try {
            return Math.toIntExact(date.toEpochDay());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the date is too far from 1970 for 32 bits of days", e);
        }
    }

    private static long millisSinceEpoch(Instant at) {
        try {
            return at.toEpochMilli();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the instant is too far from 1970 for 64 bits of milliseconds", e);
        }
    }

    /** What is smaller than a microsecond is cut off towards the past, as {@link Instant#toEpochMilli} does. */
    private static long microsSinceEpoch(Instant at) {
        // Not ChronoUnit.MICROS.between: up to Java 22 it counts in nanoseconds and ends in the year 2262.
        try {
            return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the instant is too far from 1970 for 64 bits of microseconds", e);
        }
    }

    private static <T> Representation<T, String> text(
            String format, String example, Function<T, String> print, Function<String, T> parse) {
        return new Representation<>(Scalar.STRING, Map.of("format", format), print, text -> {
            try {
                return parse.apply(text);
            } catch (DateTimeException | IllegalArgumentException e) {
                throw new IllegalArgumentException("write it like " + example, e);
            }
        });
    }

    private static <T> LogicalType<T> of(Class<T> javaType, Function<AnnotatedElement, LogicalType.Forms<T>> forms) {
        return new LogicalType<>() {
            @Override
            public Class<T> javaType() {
                return javaType;
            }

            @Override
            public Forms<T> forms(AnnotatedElement use) {
                return forms.apply(use);
            }
        };
    }
}
