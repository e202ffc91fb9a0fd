package dev.schemabus.benchmarks;

import dev.schemabus.schema.Decimal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The two payloads that all benchmarks share: an order of about 330 bytes, a tick of about 30. */
public final class Payloads {

    private Payloads() {}

    /** A stock exchange tick. */
    public record Tick(String symbol, double price, long size, long ts) {}

    /** An order with five lines. */
    public record Order(
            String orderId,
            String customerId,
            Instant placedAt,
            Status status,
            @Decimal(precision = 12, scale = 2) BigDecimal total,
            Optional<String> coupon,
            List<Line> lines,
            Map<String, String> attributes,
            Address shipTo) {}

    /** One article of an order. */
    public record Line(String sku, int quantity, long unitPriceCents, Optional<String> note) {}

    /** Where an order goes. */
    public record Address(String street, String city, String zip, String country) {}

    /** How far an order is. */
    public enum Status {
        PLACED,
        PAID,
        SHIPPED
    }

    static Tick tick() {
        return new Tick("ACME", 123.45, 1_000, 1_760_000_000_000L);
    }

    static Order order() {
        return new Order(
                "order-2026-000123",
                "customer-0042",
                Instant.ofEpochMilli(1_760_000_000_000L),
                Status.PAID,
                new BigDecimal("1234.50"),
                Optional.empty(),
                IntStream.range(0, 5)
                        .mapToObj(i -> new Line("sku-" + (1_000 + i), i + 1, 995L * (i + 1), Optional.empty()))
                        .toList(),
                Map.of("channel", "web", "campaign", "spring", "device", "phone"),
                new Address("12 Long Street", "Springfield", "12345", "US"));
    }
}
