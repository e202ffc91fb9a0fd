package dev.schemabus.schema.bad;

import dev.schemabus.schema.Aliases;
import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.DurationUnit;
import dev.schemabus.schema.Fixed;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.Timestamp;
import dev.schemabus.schema.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Annotations where they say nothing, or that nobody can follow. */
public final class BadAnnotations {

    private BadAnnotations() {}

    @Mistake
    record DecimalOnList(@Decimal(precision = 12, scale = 2) List<BigDecimal> prices) {}

    @Mistake
    record NoPrecision(@Decimal(precision = 0) BigDecimal price) {}

    @Mistake
    record NegativeScale(@Decimal(precision = 4, scale = -2) BigDecimal price) {}

    @Mistake
    record ScaledInteger(@Decimal(precision = 4, scale = 2) BigInteger number) {}

    @Mistake
    record FixedText(@Fixed String text) {}

    @Mistake
    record FixedList(@Fixed List<UUID> ids) {}

    @Mistake
    record FixedWithoutDecimal(@Fixed BigDecimal price) {}

    @Mistake
    record TimestampOnDate(@Timestamp(Timestamp.Unit.MICROS) LocalDate day) {}

    @Mistake
    record TimestampOutside(
            @Timestamp(Timestamp.Unit.MICROS) Optional<Instant> at) {}

    @Mistake
    record NanosOfDay(@Timestamp(Timestamp.Unit.NANOS) LocalTime time) {}

    @Mistake
    record TimestampOnDuration(
            @Timestamp(Timestamp.Unit.MICROS) Duration span) {}

    @Mistake
    record UnitOnLong(
            @DurationUnit(DurationUnit.Unit.SECONDS) long seconds) {}

    @Mistake
    record UnitOnInstant(Map<String, @DurationUnit(DurationUnit.Unit.SECONDS) Instant> times) {}

    @Mistake
    record FixedOnEnum(Thread.@Fixed State state) {}

    @Mistake
    record DecimalOnRecord(@Decimal(precision = 4) Money money) {}

    record Money(long cents) {}

    @Value
    record None() {}

    @Mistake
    record EmptyValue(None none) {}

    @Value
    record Two(int a, int b) {}

    @Mistake
    record WideValue(Two two) {}

    @Value
    record Tags(List<String> tags) {}

    @Mistake
    record ListValue(Tags tags) {}

    @Value
    record Perhaps(@Nullable String text) {}

    @Mistake
    record NullableValue(Perhaps perhaps) {}

    @Value
    record Around(Money money) {}

    @Mistake
    record RecordValue(Around around) {}

    @Value
    record OfEnum(Thread.State state) {}

    @Mistake
    record EnumValue(OfEnum state) {}

    @Value
    record Chicken(Egg egg) {}

    @Value
    record Egg(Chicken chicken) {}

    @Mistake
    record CyclicValue(Chicken chicken) {}

    @Mistake
    @Value
    record RootValue(String text) {}

    @Value
    @Name("com.acme.Sku")
    record NamedSku(String code) {}

    @Mistake
    record NamedValue(NamedSku sku) {}

    @Value
    @Aliases("Article")
    record AliasedSku(String code) {}

    @Mistake
    record AliasedValue(AliasedSku sku) {}

    @Mistake
    sealed interface ValueBranch permits Code {}

    @Value
    record Code(String code) implements ValueBranch {}

    @Value
    record BareAmount(BigDecimal amount) {}

    @Mistake
    record BareDecimalValue(List<BareAmount> amounts) {}
}
