package com.acme.shop;

import dev.schemabus.schema.Decimal;
import dev.schemabus.schema.Key;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An order was paid in full.
 *
 * @param orderId the order's number, as printed on the invoice
 * @param amount what was paid, in euros
 * @param bookedOn the day of the bank's booking
 */
public record OrderPaid(
        @Key String orderId, @Decimal(precision = 12, scale = 2) BigDecimal amount, LocalDate bookedOn)
        implements OrderEvent {}
