package dev.schemabus.bus;

import dev.schemabus.schema.Event;
import dev.schemabus.schema.Key;

/** The events of these tests. */
@Event(domain = "shop", entity = "order")
sealed interface ShopEvent {

    /** Counts per order. */
    record OrderPlaced(@Key String orderId, int number, String note) implements ShopEvent {}

    /** The second step. */
    record OrderPaid(@Key String orderId, long cents) implements ShopEvent {}

    /** The other end. */
    record OrderCancelled(@Key String orderId) implements ShopEvent {}
}
