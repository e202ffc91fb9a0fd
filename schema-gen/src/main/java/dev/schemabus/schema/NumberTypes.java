package dev.schemabus.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.function.IntFunction;

/** Numbers that no scalar is, see {@link LogicalTypes#standard}. */
final class NumberTypes {

    private NumberTypes() {}

    static List<LogicalType<?>> all() {
        return List.of(
                small(Byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE, number -> (byte) number),
                small(Short.class, Short.MIN_VALUE, Short.MAX_VALUE, number -> (short) number),
                LogicalType.of(BigDecimal.class, DecimalForms::ofBigDecimal),
                LogicalType.of(BigInteger.class, DecimalForms::ofBigInteger));
    }

    /** A whole number of fewer bits than an Avro int has. */
    private static <N extends Number> LogicalType<N> small(
            Class<N> javaType, int min, int max, IntFunction<N> narrowed) {
        Representation<N, Integer> number = Representation.ofInt(N::intValue, wide -> {
            if (wide < min || wide > max) {
                throw new IllegalArgumentException("write a whole number from " + min + " to " + max);
            }
            return narrowed.apply(wide);
        });
        return LogicalType.of(javaType, number, number.with("minimum", min).with("maximum", max));
    }
}
