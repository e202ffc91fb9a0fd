package dev.schemabus.schema.golden;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.Fixed;
import dev.schemabus.schema.Key;
import dev.schemabus.schema.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records with one component that are written as that component. */
@SuppressWarnings("ArrayRecordComponent") // schemas don't compare values
public final class ValueRecords {

    private ValueRecords() {}

    @Value
    record Sku(String code) {}

    @Value
    record Amount(@Decimal(precision = 12, scale = 2) BigDecimal euros) {}

    @Value
    record Grams(int value) {}

    @Value
    record CustomerId(@Fixed UUID id) {}

    @Value
    record CreatedAt(Instant instant) {}

    @Value
    record Flag(boolean set) {}

    @Value
    record Token(byte[] bytes) {}

    /** A value record of a value record. */
    @Value
    record MainSku(Sku sku) {}

    /** The same for any type. */
    @Value
    record Tagged<T>(T value) {}

    @Golden
    record Values(
            @Key Sku sku,
            Amount amount,
            Grams grams,
            CustomerId customer,
            CreatedAt created,
            Flag flag,
            Token token,
            MainSku main,
            Tagged<String> text,
            Tagged<Long> number) {}

    @Golden
    record ValuePositions(
            Optional<Sku> optional,
            @Nullable Amount nullable,
            List<Sku> list,
            Set<Grams> set,
            Sku[] array,
            Map<String, Amount> byName,
            Map<Sku, Integer> bySku,
            Map<Grams, Sku> byGrams,
            Map<CustomerId, Sku> byCustomer,
            Map<Flag, Sku> byFlag) {}

    @Golden
    record ValueDefaults(
            @Default("none") Sku sku,
            @Default("0.00") Amount amount,
            @Default("1000") Grams grams,
            @Default("00000000-0000-0000-0000-000000000001") CustomerId customer,
            @Default("1970-01-01T00:00:00Z") CreatedAt created,
            @Default("true") Flag flag,
            @Default("[\"a\", \"b\"]") List<Sku> list) {}
}
