package dev.schemabus.samples.shop;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Doc;
import dev.schemabus.schema.EnumDefault;
import dev.schemabus.schema.Key;
import dev.schemabus.schema.Timestamp;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

@Doc("The money for an order arrived.")
public record OrderPaid(
        @Key String orderId,
        @Timestamp(Timestamp.Unit.MICROS) Instant at,
        Method method,
        @Decimal(precision = 12, scale = 2) BigDecimal amount,
        String currency,
        Optional<String> reference)
        implements OrderEvent {

    /** How it was paid. */
    public enum Method {
        @EnumDefault
        OTHER,
        CARD,
        INVOICE,
        TRANSFER
    }
}
