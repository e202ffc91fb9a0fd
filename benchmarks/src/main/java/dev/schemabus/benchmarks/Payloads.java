package dev.schemabus.benchmarks;

import dev.schemabus.schema.Decimal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * The two payloads that every comparison shares: an order of about 330 bytes in Avro, a tick of about 30. Many different
 * values of each, always the same ones: a loop over one value measures a branch predictor that has learnt it by heart.
 */
public final class Payloads {

    private static final String[] CITIES = {"Springfield", "Amsterdam", "Reykjavik", "Porto", "Gdansk", "Lucerne"};
    private static final String[] STREETS = {"Long Street", "Upper Harbour Road", "Old Mill Lane", "Station Avenue"};
    private static final String[] COUNTRIES = {"US", "NL", "IS", "PT", "PL", "CH"};
    private static final String[] CHANNELS = {"web", "phone", "marketplace"};
    private static final String[] NOTES = {
        "gift wrapping, no invoice", "deliver to the neighbour", "no substitute, please", "fragile"
    };

    private Payloads() {}

    /** A stock exchange tick; the time is in microseconds. */
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

    /** Ticks that differ; the same ones on every call. */
    public static List<Tick> ticks(int count) {
        Random random = new Random(2);
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ticks.add(new Tick(
                    "X" + (char) ('A' + random.nextInt(26)) + ":" + (1_000 + random.nextInt(90_000)),
                    1 + random.nextInt(100_000) / 100.0,
                    1 + random.nextInt(2_000_000),
                    1_760_000_000_000_000L + random.nextInt(1_000_000_000)));
        }
        return List.copyOf(ticks);
    }

    /** Orders that differ; the same ones on every call. */
    public static List<Order> orders(int count) {
        Random random = new Random(1);
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            orders.add(order(random));
        }
        return List.copyOf(orders);
    }

    private static Order order(Random random) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lines.add(new Line(
                    "sku-" + (100_000 + random.nextInt(900_000)),
                    1 + random.nextInt(100),
                    99 + random.nextInt(200_000),
                    maybe(random, NOTES)));
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("channel", one(random, CHANNELS));
        attributes.put("campaign", "spring-" + random.nextInt(100));
        attributes.put("device", random.nextBoolean() ? "phone" : "desktop");
        return new Order(
                new UUID(random.nextLong(), random.nextLong()).toString(),
                new UUID(random.nextLong(), random.nextLong()).toString(),
                Instant.ofEpochMilli(1_760_000_000_000L + random.nextInt(1_000_000_000)),
                Status.values()[random.nextInt(3)],
                BigDecimal.valueOf(random.nextInt(100_000_000), 2),
                random.nextInt(3) == 0 ? Optional.of("WELCOME-" + random.nextInt(1_000)) : Optional.empty(),
                List.copyOf(lines),
                attributes,
                new Address(
                        1 + random.nextInt(300) + " " + one(random, STREETS),
                        one(random, CITIES),
                        String.valueOf(10_000 + random.nextInt(80_000)),
                        one(random, COUNTRIES)));
    }

    private static Optional<String> maybe(Random random, String[] texts) {
        return random.nextInt(2) == 0 ? Optional.of(one(random, texts)) : Optional.empty();
    }

    private static String one(Random random, String[] texts) {
        return texts[random.nextInt(texts.length)];
    }
}
