package dev.schemabus.schema;

import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.math.BigInteger;
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
                                        (LocalDate date) -> Math.toIntExact(date.toEpochDay()),
                                        (Integer day) -> LocalDate.ofEpochDay(day)),
                                text("date", LocalDate::toString, LocalDate::parse))))
                .plus(of(
                        UUID.class,
                        use -> new LogicalType.Forms<>(
                                new Representation<>(
                                        Scalar.STRING, Map.of("logicalType", "uuid"), UUID::toString, UUID::fromString),
                                text("uuid", UUID::toString, UUID::fromString))));
    }

    private static LogicalType.Forms<BigDecimal> decimal(AnnotatedElement use) {
        Decimal decimal = use.getAnnotation(Decimal.class);
        if (decimal == null) {
            throw new SchemaException(
                    "BigDecimal needs @Decimal(precision, scale), such as" + " @Decimal(precision = 12, scale = 2)");
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
        if (value.stripTrailingZeros().scale() > scale) {
            throw new IllegalArgumentException("the number has more than " + scale
                    + " digits after the point, as @Decimal allows: round it first");
        }
        BigDecimal fitted = value.setScale(scale);
        if (fitted.precision() > precision) {
            throw new IllegalArgumentException(
                    "the number has more than " + precision + " digits, as @Decimal allows: raise the precision");
        }
        return fitted;
    }

    private static LogicalType.Forms<Instant> instant(AnnotatedElement use) {
        Timestamp timestamp = use.getAnnotation(Timestamp.class);
        boolean micros = timestamp != null && timestamp.value() == Timestamp.Unit.MICROS;
        return new LogicalType.Forms<>(
                micros
                        ? new Representation<>(
                                Scalar.LONG,
                                Map.of("logicalType", "timestamp-micros"),
                                (Instant at) -> ChronoUnit.MICROS.between(Instant.EPOCH, at),
                                (Long sinceEpoch) -> Instant.EPOCH.plus(sinceEpoch, ChronoUnit.MICROS))
                        : new Representation<>(
                                Scalar.LONG,
                                Map.of("logicalType", "timestamp-millis"),
                                Instant::toEpochMilli,
                                Instant::ofEpochMilli),
                text("date-time", Instant::toString, Instant::parse));
    }

    private static <T> Representation<T, String> text(
            String format, Function<T, String> print, Function<String, T> parse) {
        return new Representation<>(Scalar.STRING, Map.of("format", format), print, parse);
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
