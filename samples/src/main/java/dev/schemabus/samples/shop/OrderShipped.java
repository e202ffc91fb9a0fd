package dev.schemabus.samples.shop;

import dev.schemabus.schema.Doc;
import dev.schemabus.schema.Key;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

@Doc("An order left the house.")
public record OrderShipped(
        @Key String orderId, Instant at, String carrier, List<Parcel> parcels, Optional<LocalDate> expected)
        implements OrderEvent {

    /** One box. */
    public record Parcel(String trackingCode, double weightKg, long contentsValueCents) {}
}
