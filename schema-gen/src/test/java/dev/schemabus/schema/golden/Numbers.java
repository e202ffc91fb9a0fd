package dev.schemabus.schema.golden;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.Fixed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers of every size, in every position. */
@SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
public final class Numbers {

    private Numbers() {}

    @Golden
    record SmallNumbers(byte tiny, short small, Byte boxedTiny, Short boxedSmall) {}

    @Golden
    record AbsentNumbers(
            OptionalInt count,
            OptionalLong total,
            OptionalDouble mean,
            Optional<Byte> tiny,
            Optional<Short> small,
            Optional<Float> ratio,
            Optional<Boolean> flag,
            @Nullable Short rank,
            @Nullable Long sum) {}

    @Golden
    record ManyNumbers(
            List<Byte> tiny,
            List<Short> small,
            Set<Integer> distinct,
            Collection<Long> totals,
            List<Float> ratios,
            Set<Double> means,
            List<Boolean> flags,
            List<@Nullable Integer> gaps,
            List<OptionalInt> optional) {}

    @Golden
    record NumberArrays(
            boolean[] flags,
            short[] small,
            int[] counts,
            long[] totals,
            float[] ratios,
            double[] means,
            Integer[] boxed,
            int[][] matrix) {}

    @Golden
    record NumbersByName(
            Map<String, Byte> tiny,
            Map<String, Long> totals,
            Map<String, Double> means,
            Map<String, Boolean> flags,
            Map<String, OptionalLong> optional) {}

    @Golden
    record NumberDefaults(
            @Default("-128") byte tiny,
            @Default("32767") short small,
            @Default("-2147483648") int count,
            @Default("-9223372036854775808") Long total,
            @Default("3.4028235E38") float ratio,
            @Default("-1.7976931348623157E308") double mean,
            @Default("false") Boolean flag,
            @Default("5") double whole) {}

    @Golden
    record Decimals(
            @Decimal(precision = 1) BigDecimal digit,
            @Decimal(precision = 38, scale = 38) BigDecimal fraction,
            Optional<@Decimal(precision = 12, scale = 2) BigDecimal> discount,
            @Nullable @Decimal(precision = 12, scale = 2) BigDecimal fee,
            List<@Decimal(precision = 12, scale = 2) BigDecimal> prices,
            Set<@Decimal(precision = 5) BigDecimal> steps,
            @Decimal(precision = 9, scale = 3) BigDecimal[] weights,
            Map<String, @Decimal(precision = 9, scale = 3) BigDecimal> byName,

            @Default("-0.50") @Decimal(precision = 6, scale = 2)
            BigDecimal change) {}

    @Golden
    record FixedDecimals(
            @Decimal(precision = 12, scale = 2) @Fixed BigDecimal price,
            @Decimal(precision = 12, scale = 2) @Fixed BigDecimal again,
            @Decimal(precision = 12, scale = 4) @Fixed BigDecimal finer,
            Optional<@Decimal(precision = 1) @Fixed BigDecimal> digit,
            List<@Decimal(precision = 38) @Fixed BigInteger> wide,
            Map<String, @Decimal(precision = 12, scale = 2) @Fixed BigDecimal> byName,

            @Default("1.00") @Decimal(precision = 12, scale = 2) @Fixed
            BigDecimal unit) {}

    @Golden
    record BigIntegers(
            @Decimal(precision = 20) BigInteger serial,
            Optional<@Decimal(precision = 20) BigInteger> previous,
            List<@Decimal(precision = 40) BigInteger> factors,
            @Decimal(precision = 20) BigInteger[] others,
            Map<String, @Decimal(precision = 20) BigInteger> byName,
            @Default("-1") @Decimal(precision = 20) BigInteger none) {}
}
