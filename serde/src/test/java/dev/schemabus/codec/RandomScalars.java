package dev.schemabus.codec;

import dev.schemabus.schema.Representation;
import dev.schemabus.schema.Scalar;
import dev.schemabus.schema.Shape;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * Makes plain values, and through them the values of logical types: any scalar that the Avro form takes, made to fit
 * what the schema says about it. So a logical type that nobody here knows is served, too.
 */
final class RandomScalars {

    private static final int TRIES = 1_000;
    private static final long DAY = 86_400_000L;
    private static final List<String> ZONES = List.of("Europe/Paris", "America/St_Johns", "Asia/Tokyo", "UTC");

    private final Random random;

    RandomScalars(Random random) {
        this.random = random;
    }

    Object of(Shape.OfLogical shape) {
        Representation<?, ?> avro = shape.forms().avro();
        for (int left = TRIES; left > 0; left--) {
            Object plain = avro.fixedType()
                    .<Object>map(fixed -> fixed(fixed.size(), avro.attributes()))
                    .orElseGet(() -> of(avro.scalar(), avro.attributes()));
            Optional<Object> value = taken(plain, shape);
            if (value.isPresent()) {
                return value.get();
            }
        }
        throw new AssertionError("nothing that was tried is a " + shape.javaType());
    }

    /** The value that a scalar stands for, if it is one that every format can write. */
    private static Optional<Object> taken(Object plain, Shape.OfLogical shape) {
        try {
            Object value = shape.forms().avro().fromScalar(plain);
            shape.forms().json().toScalar(value);
            return Optional.of(value);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    Object of(Scalar scalar, Map<String, Object> attributes) {
        String logicalType = String.valueOf(attributes.get("logicalType"));
        return switch (scalar) {
            case BOOLEAN -> random.nextBoolean();
            case INT ->
                switch (logicalType) {
                    case "date" -> (int) (millis() / DAY);
                    case "time-millis" -> random.nextInt((int) DAY);
                    default -> random.nextInt() >> random.nextInt(32);
                };
            case LONG -> number(logicalType);
            case FLOAT -> finite(Float.intBitsToFloat(random.nextInt()), random.nextFloat());
            case DOUBLE -> finite(Double.longBitsToDouble(random.nextLong()), random.nextDouble());
            case STRING -> logicalType.equals("uuid") || random.nextInt(8) > 0 ? text(logicalType) : like();
            case BYTES ->
                logicalType.equals("decimal") ? unscaled(attributes).toByteArray() : bytes(random.nextInt(20));
            case FIXED, NUMBER -> throw new IllegalArgumentException("no Java type is a " + scalar + " by itself");
        };
    }

    private long number(String logicalType) {
        return switch (logicalType) {
            case "timestamp-millis", "local-timestamp-millis" -> millis();
            case "timestamp-micros", "local-timestamp-micros" -> millis() * 1_000 + random.nextInt(1_000);
            case "time-micros" -> random.nextLong(DAY * 1_000);
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    /** In the years 1 to 9999. */
    private long millis() {
        return random.nextLong(-62_135_596_800_000L, 253_402_300_800_000L);
    }

    private byte[] fixed(int size, Map<String, Object> attributes) {
        if (!"decimal".equals(attributes.get("logicalType"))) {
            return bytes(size);
        }
        byte[] digits = unscaled(attributes).toByteArray();
        byte[] padded = new byte[size];
        Arrays.fill(padded, (byte) (digits[0] < 0 ? -1 : 0));
        System.arraycopy(digits, 0, padded, size - digits.length, digits.length);
        return padded;
    }

    private BigInteger unscaled(Map<String, Object> attributes) {
        BigInteger limit = BigInteger.TEN.pow((int) Objects.requireNonNull(attributes.get("precision")));
        BigInteger digits = new BigInteger(limit.bitLength(), random).mod(limit);
        return random.nextBoolean() ? digits : digits.negate();
    }

    private static <N extends Number> N finite(N wanted, N otherwise) {
        return Double.isFinite(wanted.doubleValue()) ? wanted : otherwise;
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text(String logicalType) {
        if (logicalType.equals("uuid")) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
        int[] points = random.ints(random.nextInt(8), 0, Character.MAX_CODE_POINT + 1)
                .map(point -> random.nextBoolean() ? point % 128 : point)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .toArray();
        String text = new String(points, 0, points.length);
        // Of some lengths codecs know something, such as how many bytes the length takes.
        return random.nextInt(8) > 0 ? text : text.concat("a").repeat(1 + random.nextInt(40));
    }

    /** A text like those of the types that are written as text in Avro. */
    private String like() {
        Instant at = Instant.ofEpochMilli(millis()).plusNanos(random.nextInt(1_000_000));
        return switch (random.nextInt(8)) {
            case 0 -> new UUID(random.nextLong(), random.nextLong()).toString();
            case 1 -> "https://example.com/" + random.nextInt() + "?q=%20#" + random.nextInt(9);
            case 2 -> List.of("de-CH", "en", "und", "zh-Hant-TW", "sr-Latn-RS").get(random.nextInt(5));
            case 3 -> List.of("EUR", "USD", "JPY", "CHF").get(random.nextInt(4));
            case 4 -> YearMonth.from(at.atOffset(ZoneOffset.UTC)).toString();
            case 5 ->
                at.atOffset(ZoneOffset.ofHoursMinutes(random.nextInt(12), random.nextInt(60)))
                        .toString();
            case 6 ->
                at.atZone(ZoneId.of(ZONES.get(random.nextInt(ZONES.size())))).toString();
            default -> String.valueOf((char) ('a' + random.nextInt(26))).toUpperCase(Locale.ROOT);
        };
    }
}
