package dev.schemabus.schema;

import java.math.BigDecimal;
import java.util.function.Function;

/**
 * Internal: a decimal as its unscaled number, two's complement, most significant byte first (Avro specification, "Decimal").
 * Public, and a type of its own, because codecs write those that fit a long without it.
 *
 * @param precision how many digits at most
 * @param scale how many of them after the point
 */
public record UnscaledDecimal(int precision, int scale) implements Function<BigDecimal, byte[]> {

    /** So many digits always fit a long. */
    public static final int LONG_PRECISION = 18;

    @Override
    public byte[] apply(BigDecimal value) {
        return fitted(value, precision, scale).unscaledValue().toByteArray();
    }

    /** The same number at the declared scale; rounding is the business of whoever knows the rules. */
    static BigDecimal fitted(BigDecimal value, int precision, int scale) {
        if (value.scale() == scale && value.precision() <= precision) {
            return value;
        }
        if (value.signum() == 0) {
            return BigDecimal.ZERO.setScale(scale);
        }
        if (value.scale() > scale && value.stripTrailingZeros().scale() > scale) {
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
}
