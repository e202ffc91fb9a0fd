package dev.schemabus.samples.services;

import dev.schemabus.schema.Event;
import dev.schemabus.schema.Key;

/** What happens to an order. All of it travels in the topic {@code store.order.events}, in order per order. */
@Event(domain = "store", entity = "order")
public sealed interface OrderEvent {

    /** A customer ordered something; said by {@link OrderService}. */
    record OrderPlaced(@Key String orderId, String country, long cents) implements OrderEvent {}

    /** It is paid for; said by {@link PaymentService}. */
    record OrderPaid(@Key String orderId, String country, long cents) implements OrderEvent {}

    /** It is on its way; said by {@link ShippingService}. */
    record OrderShipped(@Key String orderId, String parcel) implements OrderEvent {}
}
