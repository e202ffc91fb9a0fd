package dev.schemabus.codec;

import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes values of any type that has a shape. The same seed makes the same values. */
final class RandomValues {

    private static final int DEPTH = 6;

    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    <T> T next(Class<T> type) {
        return type.cast(Objects.requireNonNull(value(SchemaGenerator.standard().shape(type), 0)));
    }

    private @Nullable Object value(Shape shape, int depth) {
        if (shape instanceof Shape.OfScalar scalar) {
            return scalar(scalar);
        }
        if (shape instanceof Shape.OfLogical logical) {
            return logical(logical);
        }
        if (shape instanceof Shape.OfEnum enumeration) {
            return oneOf(List.copyOf(enumeration.symbols().keySet()));
        }
        if (shape instanceof Shape.OfList list) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int left = size(depth); left > 0; left--) {
                values.add(value(list.element(), depth + 1));
            }
            return values;
        }
        if (shape instanceof Shape.OfMap map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int left = size(depth); left > 0; left--) {
                values.put(text(), value(map.value(), depth + 1));
            }
            return values;
        }
        if (shape instanceof Shape.OfOptional optional) {
            Object present = depth > DEPTH || random.nextInt(3) == 0 ? null : value(optional.value(), depth + 1);
            return optional.wrapped() ? Optional.ofNullable(present) : present;
        }
        if (shape instanceof Shape.OfUnion union) {
            return value(oneOf(union.branches()), depth + 1);
        }
        RecordShape record = (RecordShape) shape;
        return record.create(record.components().stream()
                .map(component -> value(component.shape(), depth + 1))
                .toArray());
    }

    private Object scalar(Shape.OfScalar shape) {
        return switch (shape.scalar()) {
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> finite(Float.intBitsToFloat(random.nextInt()), random.nextFloat());
            case DOUBLE -> finite(Double.longBitsToDouble(random.nextLong()), random.nextDouble());
            case STRING -> text();
            case BYTES -> bytes();
            case FIXED, NUMBER -> throw new IllegalArgumentException("no Java type is one by itself");
        };
    }

    private Object logical(Shape.OfLogical shape) {
        if (shape.javaType() == BigDecimal.class) {
            Map<String, Object> decimal = shape.forms().avro().attributes();
            int bits = random.nextInt(3 * (int) Objects.requireNonNull(decimal.get("precision")));
            return new BigDecimal(
                    new BigInteger(bits, random).multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1)),
                    (int) Objects.requireNonNull(decimal.get("scale")));
        }
        long millis = random.nextLong(-62_135_596_800_000L, 253_402_300_800_000L); // the years 1 to 9999
        if (shape.javaType() == Instant.class) {
            return Instant.ofEpochMilli(millis);
        }
        if (shape.javaType() == LocalDate.class) {
            return LocalDate.ofEpochDay(millis / 86_400_000);
        }
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static <N extends Number> N finite(N wanted, N otherwise) {
        return Double.isFinite(wanted.doubleValue()) ? wanted : otherwise;
    }

    private String text() {
        int[] points = random.ints(random.nextInt(8), 0, Character.MAX_CODE_POINT + 1)
                .map(point -> random.nextBoolean() ? point % 128 : point)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .toArray();
        return new String(points, 0, points.length);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private int size(int depth) {
        return depth > DEPTH ? 0 : random.nextInt(4);
    }

    private <V> V oneOf(List<V> values) {
        return values.get(random.nextInt(values.size()));
    }
}
