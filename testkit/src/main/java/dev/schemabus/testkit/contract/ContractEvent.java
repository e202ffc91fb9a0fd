package dev.schemabus.testkit.contract;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Timestamp;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the contracts send. Never change a component: a shared registry keeps the schemas of earlier runs. */
sealed interface ContractEvent {

    /** The key of all of them. */
    record OrderKey(String orderId, int shard) {}

    record Placed(
            String orderId,
            Instant at,
            List<Line> lines,
            @Decimal(precision = 12, scale = 2) BigDecimal total,
            Map<String, String> attributes,
            Optional<String> coupon)
            implements ContractEvent {}

    record Line(
            String title,
            int quantity,
            @Decimal(precision = 10, scale = 2) BigDecimal unitPrice) {}

    record Paid(
            String orderId,
            @Timestamp(Timestamp.Unit.MICROS) Instant at,
            Method method,
            double rate,
            long cents,
            boolean partial)
            implements ContractEvent {}

    enum Method {
        CARD,
        INVOICE
    }

    /** An order with text that isn't ASCII. */
    static Placed placed(String orderId) {
        return new Placed(
                orderId,
                Instant.parse("2026-03-01T10:15:30.123Z"),
                List.of(
                        new Line("Zürcher Käse 🧀", 2, new BigDecimal("12.50")),
                        new Line("", 0, new BigDecimal("0.00"))),
                new BigDecimal("25.00"),
                Map.of("canal", "móvil"),
                Optional.of("SPRING"));
    }

    static Paid paid(String orderId) {
        return new Paid(
                orderId,
                Instant.parse("2026-03-01T10:15:31.123456Z"),
                Method.INVOICE,
                0.1,
                -9_007_199_254_740_993L,
                true);
    }
}
