package dev.schemabus.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Reads the text of {@link Default} as a value of the component's type. */
final class Defaults {

    private Defaults() {}

    static Object parse(String text, Shape shape, String path) {
        try {
            if (shape instanceof Shape.OfScalar scalar) {
                return scalar(text, scalar.scalar());
            }
            if (shape instanceof Shape.OfLogical logical) {
                Representation<?, ?> form = logical.forms().json();
                return form.fromScalar(scalar(text, form.scalar()));
            }
            if (shape instanceof Shape.OfEnum enumeration) {
                return enumeration.symbols().keySet().stream()
                        .filter(constant -> constant.name().equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("write one of "
                                + enumeration.symbols().keySet().stream()
                                        .map(Enum::name)
                                        .toList()));
            }
            if (shape instanceof Shape.OfList && text.equals("[]")) {
                return List.of();
            }
            if (shape instanceof Shape.OfMap && text.equals("{}")) {
                return Map.of();
            }
        } catch (RuntimeException e) {
            throw new SchemaException(
                    path + ": @Default(\"" + text + "\") is no value of "
                            + shape.javaType().getSimpleName() + ": " + e.getMessage(),
                    e);
        }
        if (shape instanceof Shape.OfOptional) {
            throw new SchemaException(path + ": an optional component is absent by default: drop @Default, or make the"
                    + " component required");
        }
        throw new SchemaException(path + ": @Default(\"" + text + "\") can't be given for "
                + shape.javaType().getSimpleName() + ": plain values and enums take one, a list \"[]\", a map \"{}\"");
    }

    private static BigInteger whole(String text, long min, long max) {
        String remedy = "write a whole number from " + min + " to " + max;
        BigInteger number;
        try {
            number = new BigInteger(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(remedy, e);
        }
        if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new IllegalArgumentException(remedy);
        }
        return number;
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("write a number such as 12.5", e);
        }
    }

    private static <N extends Number> N finite(N number) {
        if (!Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("the number is too large for the type");
        }
        return number;
    }

    private static Object scalar(String text, Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN ->
                switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException("write true or false");
                };
            case INT -> whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE).intValueExact();
            case LONG -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE).longValueExact();
            case FLOAT -> finite(number(text).floatValue());
            case DOUBLE -> finite(number(text).doubleValue());
            case STRING -> text;
            case NUMBER -> number(text);
            case BYTES -> {
                if (!text.isEmpty()) {
                    throw new IllegalArgumentException("bytes take only the empty text as default");
                }
                yield new byte[0];
            }
        };
    }
}
