package dev.schemabus.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.schema.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What a JSON Schema asserts about numbers. */
final class JsonNumberChecks {

    private static final String NUMBER = "is a number";

    /** On either side of the point; no double needs more than 325. */
    private static final int MOST_DIGITS = 1_000;

    private JsonNumberChecks() {}

    /** Takes what is about numbers. */
    static List<JsonCheck> of(JsonKeywords keywords, Scalar scalar) {
        List<JsonCheck> checks = new ArrayList<>();
        bound(checks, keywords, scalar, "minimum", order -> order >= 0);
        bound(checks, keywords, scalar, "exclusiveMinimum", order -> order > 0);
        bound(checks, keywords, scalar, "maximum", order -> order <= 0);
        bound(checks, keywords, scalar, "exclusiveMaximum", order -> order < 0);
        JsonNode multiple = keywords.take("multipleOf");
        if (multiple != null) {
            BigDecimal factor = number("multipleOf", multiple).stripTrailingZeros();
            if (factor.signum() <= 0) {
                throw new UncompilableException("multipleOf that is " + multiple);
            }
            boolean whole = factor.compareTo(BigDecimal.ONE) == 0 && (scalar == Scalar.INT || scalar == Scalar.LONG);
            if (!whole) {
                checks.add(value -> {
                    if (!isMultiple(decimal(value).stripTrailingZeros(), factor)) {
                        throw JsonCheck.broken(NUMBER, "multipleOf", multiple);
                    }
                });
            }
        }
        for (String keyword : List.of("enum", "const")) {
            JsonNode values = keywords.take(keyword);
            if (values != null) {
                Set<BigDecimal> allowed = new TreeSet<>();
                for (JsonNode value : keyword.equals("const") ? List.of(values) : values) {
                    if (value.isNumber()) {
                        allowed.add(value.decimalValue());
                    }
                }
                checks.add(value -> {
                    if (!allowed.contains(decimal(value))) {
                        throw JsonCheck.broken(NUMBER, keyword, values);
                    }
                });
            }
        }
        return checks;
    }

    /** The type integer, which 1.0 is of. */
    static JsonCheck whole() {
        return value -> {
            if (!isMultiple(decimal(value).stripTrailingZeros(), BigDecimal.ONE)) {
                throw JsonCheck.broken(NUMBER, "type", "integer");
            }
        };
    }

    /** Without dividing a number of a billion digits, which a few bytes can ask for. */
    private static boolean isMultiple(BigDecimal value, BigDecimal factor) {
        return value.signum() == 0
                || (value.scale() <= factor.scale()
                        && wholeDigits(value) <= MOST_DIGITS
                        && value.remainder(factor).signum() == 0);
    }

    /** Whether it can be calculated with in no time: a few bytes may stand for a billion digits. */
    static boolean isShort(BigDecimal value) {
        return value.scale() <= MOST_DIGITS && wholeDigits(value) <= MOST_DIGITS;
    }

    private static long wholeDigits(BigDecimal value) {
        return value.precision() - (long) value.scale();
    }

    private static void bound(
            List<JsonCheck> checks, JsonKeywords keywords, Scalar scalar, String keyword, IntPredicate fits) {
        JsonNode value = keywords.take(keyword);
        if (value == null) {
            return;
        }
        BigDecimal bound = number(keyword, value);
        BigDecimal least = least(scalar);
        BigDecimal greatest = greatest(scalar);
        if (least != null
                && greatest != null
                && fits.test(least.compareTo(bound))
                && fits.test(greatest.compareTo(bound))) {
            return; // the type guarantees it
        }
        checks.add(check(scalar, keyword, value, bound, fits));
    }

    private static JsonCheck check(Scalar scalar, String keyword, JsonNode value, BigDecimal bound, IntPredicate fits) {
        double rough = bound.doubleValue();
        boolean whole = (scalar == Scalar.INT || scalar == Scalar.LONG) && isLong(bound);
        long exact = whole ? bound.longValueExact() : 0;
        return number -> {
            int order;
            if (whole) {
                order = Long.compare(((Number) number).longValue(), exact);
            } else if (number instanceof Double many && many != rough) {
                order = Double.compare(many, rough);
            } else {
                order = decimal(number).compareTo(bound);
            }
            if (!fits.test(order)) {
                throw JsonCheck.broken(NUMBER, keyword, value);
            }
        };
    }

    private static boolean isLong(BigDecimal bound) {
        return bound.precision() - bound.scale() <= 18
                && bound.stripTrailingZeros().scale() <= 0;
    }

    private static BigDecimal number(String keyword, JsonNode value) {
        if (!value.isNumber()) {
            throw new UncompilableException(keyword + " that is " + value); // a boolean, in draft 4
        }
        return value.decimalValue();
    }

    /** The number as it is written: a float's digits are fewer than its binary value has. */
    private static BigDecimal decimal(Object number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof Integer || number instanceof Long
                ? BigDecimal.valueOf(((Number) number).longValue())
                : new BigDecimal(number.toString());
    }

    private static @Nullable BigDecimal least(Scalar scalar) {
        return scalar == Scalar.INT
                ? BigDecimal.valueOf(Integer.MIN_VALUE)
                : scalar == Scalar.LONG ? BigDecimal.valueOf(Long.MIN_VALUE) : null;
    }

    private static @Nullable BigDecimal greatest(Scalar scalar) {
        return scalar == Scalar.INT
                ? BigDecimal.valueOf(Integer.MAX_VALUE)
                : scalar == Scalar.LONG ? BigDecimal.valueOf(Long.MAX_VALUE) : null;
    }
}
