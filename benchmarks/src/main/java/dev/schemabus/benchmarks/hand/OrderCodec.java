package dev.schemabus.benchmarks.hand;

import dev.schemabus.benchmarks.Payloads.Address;
import dev.schemabus.benchmarks.Payloads.Line;
import dev.schemabus.benchmarks.Payloads.Order;
import dev.schemabus.benchmarks.Payloads.Status;
import dev.schemabus.codec.Decoder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orders. */
@SuppressWarnings("EnumOrdinal") // Avro counts the constants as Java does: they are the same
public final class OrderCodec implements HandCodec<Order> {

    private static final Status[] STATUSES = Status.values();
    private static final int PRECISION = 12;
    private static final int SCALE = 2;

    @Override
    public byte[] encode(Order order, int headroom) {
        Scratch scratch = Scratch.own();
        byte[] out = scratch.bytes;
        while (true) {
            try {
                return Scratch.cut(out, write(order, out, headroom));
            } catch (IndexOutOfBoundsException e) {
                out = scratch.larger(out, e);
            }
        }
    }

    private static int write(Order order, byte[] out, int start) {
        int at = Put.text(out, start, order.orderId());
        at = Put.text(out, at, order.customerId());
        at = Put.number(out, at, order.placedAt().toEpochMilli());
        at = Put.number(out, at, order.status().ordinal());
        at = Put.decimal(out, at, order.total(), PRECISION, SCALE);
        at = maybe(out, at, order.coupon());
        at = lines(out, at, order.lines());
        at = attributes(out, at, order.attributes());
        Address shipTo = order.shipTo();
        at = Put.text(out, at, shipTo.street());
        at = Put.text(out, at, shipTo.city());
        at = Put.text(out, at, shipTo.zip());
        return Put.text(out, at, shipTo.country());
    }

    private static int lines(byte[] out, int start, List<Line> lines) {
        int at = start;
        if (!lines.isEmpty()) {
            at = Put.number(out, at, lines.size());
            for (Line line : lines) {
                at = Put.text(out, at, line.sku());
                at = Put.number(out, at, line.quantity());
                at = Put.number(out, at, line.unitPriceCents());
                at = maybe(out, at, line.note());
            }
        }
        out[at] = 0;
        return at + 1;
    }

    private static int attributes(byte[] out, int start, Map<String, String> attributes) {
        int at = start;
        if (!attributes.isEmpty()) {
            at = Put.number(out, at, attributes.size());
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                at = Put.text(out, at, attribute.getKey());
                at = Put.text(out, at, attribute.getValue());
            }
        }
        out[at] = 0;
        return at + 1;
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static int maybe(byte[] out, int at, Optional<String> text) {
        if (text.isEmpty()) {
            out[at] = 0;
            return at + 1;
        }
        out[at] = 2;
        return Put.text(out, at + 1, text.get());
    }

    @Override
    public Order decode(byte[] bytes, int offset, int length) {
        Take in = new Take(bytes, offset, length);
        Order order = new Order(
                in.text(),
                in.text(),
                Instant.ofEpochMilli(in.number()),
                STATUSES[in.index()],
                in.decimal(SCALE),
                maybe(in),
                lines(in),
                attributes(in),
                new Address(in.text(), in.text(), in.text(), in.text()));
        in.requireEnd();
        return order;
    }

    private static List<Line> lines(Take in) {
        Line[] lines = new Line[in.items()];
        int next = 0;
        int end = lines.length;
        while (end > 0) {
            if (end > lines.length) {
                lines = Arrays.copyOf(lines, end);
            }
            while (next < end) {
                lines[next++] = new Line(in.text(), in.integer(), in.number(), maybe(in));
            }
            int more = in.items();
            if (more == 0) {
                break;
            }
            end += more;
        }
        return Collections.unmodifiableList(Arrays.asList(lines));
    }

    private static Map<String, String> attributes(Take in) {
        int count = in.items();
        Map<String, String> attributes = new LinkedHashMap<>(count * 2);
        while (count > 0) {
            for (int i = 0; i < count; i++) {
                attributes.put(in.text(), in.text());
            }
            count = in.items();
        }
        return Collections.unmodifiableMap(attributes);
    }

    private static Optional<String> maybe(Take in) {
        return switch (in.index()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(in.text());
            default -> throw new IllegalArgumentException("no such branch");
        };
    }

    @Override
    public Decoder<Order> older() {
        return OrderCodec::decodeOlder;
    }

    private static Order decodeOlder(byte[] bytes, int offset, int length) {
        Take in = new Take(bytes, offset, length);
        String customerId = in.text();
        String orderId = in.text();
        Status status = STATUSES[in.index()];
        Instant placedAt = Instant.ofEpochMilli(in.number());
        in.skipText();
        BigDecimal total = in.decimal(SCALE);
        List<Line> lines = olderLines(in);
        Map<String, String> attributes = attributes(in);
        String street = in.text();
        String zip = in.text();
        String city = in.text();
        Address shipTo = new Address(street, city, zip, in.text());
        in.requireEnd();
        return new Order(orderId, customerId, placedAt, status, total, Optional.empty(), lines, attributes, shipTo);
    }

    private static List<Line> olderLines(Take in) {
        Line[] lines = new Line[in.items()];
        int next = 0;
        int end = lines.length;
        while (end > 0) {
            if (end > lines.length) {
                lines = Arrays.copyOf(lines, end);
            }
            while (next < end) {
                int quantity = in.integer();
                String sku = in.text();
                int unitPriceCents = in.integer();
                lines[next++] = new Line(sku, quantity, unitPriceCents, maybe(in));
            }
            int more = in.items();
            if (more == 0) {
                break;
            }
            end += more;
        }
        return Collections.unmodifiableList(Arrays.asList(lines));
    }
}
