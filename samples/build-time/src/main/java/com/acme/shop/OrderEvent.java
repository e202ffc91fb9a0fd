package com.acme.shop;

import dev.schemabus.schema.Event;

/** What happens to an order. */
@Event(domain = "shop", entity = "order")
public sealed interface OrderEvent permits OrderPlaced, OrderPaid {

    /** The order it happened to. */
    String orderId();
}
