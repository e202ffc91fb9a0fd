package dev.schemabus.samples.shop;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Doc;
import dev.schemabus.schema.Key;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Doc("A customer ordered something.")
public record OrderPlaced(
        @Key String orderId,
        String customerId,
        Instant at,
        Address shipTo,
        List<Line> lines,

        @Doc("Sum of all lines, with tax.") @Decimal(precision = 12, scale = 2)
        BigDecimal total,

        Map<String, String> attributes,
        Optional<String> coupon)
        implements OrderEvent {

    /** Where the parcels go. */
    public record Address(String street, String city, String zip, String country, Optional<String> extra) {}

    /** One article of an order. */
    public record Line(
            String sku,
            String title,
            int quantity,
            @Decimal(precision = 10, scale = 2) BigDecimal unitPrice,
            Optional<String> engraving) {}
}
