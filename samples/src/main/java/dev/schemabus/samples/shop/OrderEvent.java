package dev.schemabus.samples.shop;

import dev.schemabus.schema.Event;
import java.time.Instant;

/** What can happen to an order. All of it travels in one topic, {@code shop.order.events}, in order per order. */
@Event(domain = "shop", entity = "order")
public sealed interface OrderEvent permits OrderPlaced, OrderPaid, OrderShipped {

    /** Which order. */
    String orderId();

    /** When it happened. */
    Instant at();
}
