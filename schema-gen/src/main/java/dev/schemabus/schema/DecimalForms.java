package dev.schemabus.schema;

import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decimals: an unscaled number in Avro (specification, "Decimal"), a number in JSON. */
final class DecimalForms {

    private DecimalForms() {}

    static LogicalType.Forms<BigDecimal> ofBigDecimal(AnnotatedElement use) {
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
        Representation<BigDecimal, byte[]> avro =
                use.isAnnotationPresent(Fixed.class) ? fixed(precision, scale) : bytes(precision, scale);
        return new LogicalType.Forms<>(
                avro.with("logicalType", "decimal").with("precision", precision).with("scale", scale),
                number(precision, scale));
    }

    static LogicalType.Forms<BigInteger> ofBigInteger(AnnotatedElement use) {
        @Nullable Decimal decimal = use.getAnnotation(Decimal.class);
        if (decimal == null) {
            throw new SchemaException("BigInteger needs @Decimal(precision) in front of it, such as"
                    + " @Decimal(precision = 20) BigInteger");
        }
        if (decimal.scale() != 0) {
            throw new SchemaException("@Decimal(precision = " + decimal.precision() + ", scale = " + decimal.scale()
                    + ") stands in front of a BigInteger, which has no digits after the point: leave the scale out");
        }
        LogicalType.Forms<BigDecimal> forms = ofBigDecimal(use);
        return new LogicalType.Forms<>(
                forms.avro().as(BigDecimal::new, BigDecimal::toBigIntegerExact),
                forms.json().as(BigDecimal::new, BigDecimal::toBigIntegerExact));
    }

    private static Representation<BigDecimal, byte[]> bytes(int precision, int scale) {
        return Representation.ofBytes(
                new UnscaledDecimal(precision, scale), unscaled -> new BigDecimal(new BigInteger(unscaled), scale));
    }

    private static Representation<BigDecimal, byte[]> fixed(int precision, int scale) {
        // The largest number, and a sign bit.
        int size = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE).bitLength() / 8 + 1;
        return Representation.ofFixed(
                new Representation.FixedType("dev.schemabus.fixed.Decimal_" + precision + "_" + scale, size),
                value -> padded(UnscaledDecimal.fitted(value, precision, scale).unscaledValue(), size),
                unscaled -> new BigDecimal(new BigInteger(unscaled), scale));
    }

    private static byte[] padded(BigInteger number, int size) {
        byte[] digits = number.toByteArray();
        byte[] all = new byte[size];
        Arrays.fill(all, (byte) (number.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, all, size - digits.length, digits.length);
        return all;
    }

    private static Representation<BigDecimal, BigDecimal> number(int precision, int scale) {
        return Representation.ofNumber(
                value -> UnscaledDecimal.fitted(value, precision, scale),
                number -> UnscaledDecimal.fitted(number, precision, scale));
    }
}
