package com.acme.shop;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Default;
import dev.schemabus.schema.Doc;
import dev.schemabus.schema.Key;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A customer ordered something. Prices are final: a later discount is an {@link OrderPaid} of less.
 *
 * @param orderId the order's number, as printed on the invoice
 * @param at when the customer pressed the button
 * @param lines what was ordered, at least one line
 * @param channel where the order came from
 * @param coupon the code of a coupon &amp; its campaign, such as {@code SPRING-26}
 */
public record OrderPlaced(
        @Key String orderId,
        Instant at,
        @NotEmpty List<Line> lines,
        @Default("WEB") Channel channel,
        Optional<String> coupon,
        @Doc("The sum over all lines, in euros") @Decimal(precision = 12, scale = 2) BigDecimal total)
        implements OrderEvent {

    /** An order without lines is none. */
    public OrderPlaced {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("an order has at least one line");
        }
    }

    /**
     * One article of an order.
     *
     * @param article the article's number
     * @param quantity how many of it, from 1
     */
    public record Line(@Pattern(regexp = "[A-Z]{2}[0-9]{2}") String article, @Min(1) @Max(12) int quantity) {}

    /** Where orders come from. */
    public enum Channel {
        WEB,
        SHOP,
        PHONE
    }
}
