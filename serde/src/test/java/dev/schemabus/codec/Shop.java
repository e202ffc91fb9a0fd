package dev.schemabus.codec;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.EnumDefault;
import dev.schemabus.schema.Name;
import dev.schemabus.schema.Timestamp;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records that codecs are tested with. */
final class Shop {

    private Shop() {}

    record Line(
            String sku,
            int quantity,
            @Decimal(precision = 12, scale = 2) BigDecimal price) {}

    record OrderPlaced(String id, List<Line> lines, Optional<String> note, Map<String, Line> gifts) {}

    static OrderPlaced order() {
        return new OrderPlaced(
                "o-1",
                List.of(new Line("tea", 2, new BigDecimal("3.50")), new Line("cup", 1, new BigDecimal("12.00"))),
                Optional.of("Grüße ☕"),
                Map.of("sister", new Line("bow", 1, new BigDecimal("0.10"))));
    }

    enum Colour {
        RED,
        @Name("TURQUOISE")
        CYAN,
        @EnumDefault
        OTHER
    }

    sealed interface Payment permits Cash, Card {}

    record Cash(int tendered) implements Payment {}

    record Card(String lastDigits, Optional<Payment> fallback) implements Payment {}

    record Tree(String name, @Nullable Tree first, List<Tree> others) {}

    record Empty() {}

    @SuppressWarnings("ArrayRecordComponent") // compared by their components
    record Everything(
            boolean flag,
            int count,
            long total,
            float ratio,
            double mean,
            String text,
            byte[] raw,
            @Nullable Boolean boxedFlag,
            @Nullable Integer boxedCount,
            Long boxedTotal,
            @Nullable Float boxedRatio,
            Optional<Double> boxedMean,
            Colour colour,
            Optional<Colour> second,
            @Decimal(precision = 20, scale = 4) BigDecimal price,
            Instant millis,
            @Timestamp(Timestamp.Unit.MICROS) Instant micros,
            LocalDate day,
            UUID uuid,
            List<List<String>> table,
            Map<String, Optional<Integer>> counts,
            List<@Nullable Long> gaps,
            Payment payment,
            Optional<Payment> refund,
            List<Payment> parts,
            @Nullable Tree tree,
            Optional<byte[]> picture,
            Empty empty,
            List<Empty> nothings) {}
}
