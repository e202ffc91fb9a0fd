package dev.schemabus.samples.shop;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes {@code samples/data/shop-events.jsonl}: the same seed gives the same file. Run it with the file's path, the number
 * of orders and the seed.
 */
public final class ShopData {

    private static final List<String> STREETS =
            List.of("Lindenstraße", "Rue de l’Église", "Calle Mayor", "Ulica Długa", "Gül Sokak", "桜通り", "High Street");
    private static final List<String> CITIES =
            List.of("München", "Orléans", "Cádiz", "Łódź", "İzmir", "京都市", "Leeds", "Tromsø");
    private static final List<String> COUNTRIES = List.of("DE", "FR", "ES", "PL", "TR", "JP", "GB", "NO");
    private static final List<String> ARTICLES = List.of(
            "Espresso cup, white", "Café crème, 500 g", "Tee „Grüner Berg“", "ほうじ茶 100g", "Żurek spoon", "Notebook A5");
    private static final List<String> CARRIERS = List.of("blue-van", "night-train", "cargo-bike");

    private final Random random;
    private Instant clock = Instant.parse("2026-03-01T08:00:00Z");

    private ShopData(long seed) {
        this.random = new Random(seed);
    }

    /** Arguments: file, number of orders, seed. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("Usage: ShopData <file> <orders> <seed>");
            System.exit(2);
        }
        List<OrderEvent> events = new ShopData(Long.parseLong(arguments[2])).events(Integer.parseInt(arguments[1]));
        Files.write(Path.of(arguments[0]), events.stream().map(EventLines::line).toList());
        System.out.println(events.size() + " events written");
    }

    /** The events of some orders, in the order of their time: the histories are interleaved. */
    private List<OrderEvent> events(int orders) {
        List<OrderEvent> events = new ArrayList<>();
        for (int number = 1; number <= orders; number++) {
            clock = clock.plusMillis(1_000 + random.nextInt(90_000));
            OrderPlaced placed = placed("order-%06d".formatted(number));
            events.add(placed);
            if (random.nextInt(20) != 0) {
                OrderPaid paid = paid(placed);
                events.add(paid);
                if (random.nextInt(20) != 0) {
                    events.add(shipped(placed, paid.at()));
                }
            }
        }
        events.sort(Comparator.comparing(OrderEvent::at));
        return events;
    }

    private OrderPlaced placed(String orderId) {
        List<OrderPlaced.Line> lines = IntStream.rangeClosed(1, 1 + random.nextInt(6))
                .mapToObj(i -> line())
                .toList();
        BigDecimal total = lines.stream()
                .map(line -> line.unitPrice().multiply(BigDecimal.valueOf(line.quantity())))
                .reduce(new BigDecimal("0.00"), BigDecimal::add);
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("channel", pick(List.of("web", "app", "phone")));
        attributes.put("campaign", pick(List.of("frühling", "none", "été")));
        if (random.nextBoolean()) {
            attributes.put("gift", "yes");
        }
        return new OrderPlaced(
                orderId,
                "customer-%05d".formatted(random.nextInt(4_000)),
                clock,
                address(),
                lines,
                total,
                attributes,
                random.nextInt(5) == 0 ? Optional.of("SAVE-" + random.nextInt(50)) : Optional.empty());
    }

    private OrderPlaced.Address address() {
        int city = random.nextInt(CITIES.size());
        return new OrderPlaced.Address(
                pick(STREETS) + " " + (1 + random.nextInt(180)),
                CITIES.get(city),
                "%05d".formatted(random.nextInt(100_000)),
                COUNTRIES.get(city),
                random.nextInt(4) == 0 ? Optional.of("2. Etage, links") : Optional.empty());
    }

    private OrderPlaced.Line line() {
        return new OrderPlaced.Line(
                "sku-%04d".formatted(random.nextInt(2_000)),
                pick(ARTICLES),
                1 + random.nextInt(5),
                BigDecimal.valueOf(99 + random.nextInt(12_000), 2),
                random.nextInt(12) == 0 ? Optional.of("für dich ♥") : Optional.empty());
    }

    private OrderPaid paid(OrderPlaced placed) {
        Instant at = placed.at()
                .plus(Duration.ofSeconds(5 + random.nextInt(4_000)))
                .plusNanos(random.nextInt(1_000_000) * 1_000L);
        return new OrderPaid(
                placed.orderId(),
                at,
                pick(List.of(OrderPaid.Method.values())),
                placed.total(),
                pick(List.of("EUR", "EUR", "PLN", "JPY")),
                random.nextInt(3) == 0 ? Optional.of("ref-" + random.nextInt(100_000)) : Optional.empty());
    }

    private OrderShipped shipped(OrderPlaced placed, Instant paidAt) {
        Instant at = Instant.ofEpochMilli(
                paidAt.plusSeconds(600 + random.nextInt(80_000)).toEpochMilli());
        List<OrderShipped.Parcel> parcels = IntStream.rangeClosed(1, 1 + random.nextInt(2))
                .mapToObj(i -> new OrderShipped.Parcel(
                        "track-%08d".formatted(random.nextInt(100_000_000)),
                        (100 + random.nextInt(9_000)) / 1_000.0,
                        100L + random.nextInt(50_000)))
                .toList();
        return new OrderShipped(
                placed.orderId(),
                at,
                pick(CARRIERS),
                parcels,
                random.nextInt(3) == 0
                        ? Optional.empty()
                        : Optional.of(LocalDate.ofInstant(at, ZoneOffset.UTC).plusDays(1 + random.nextInt(5))));
    }

    private <E> E pick(List<E> list) {
        return list.get(random.nextInt(list.size()));
    }
}
