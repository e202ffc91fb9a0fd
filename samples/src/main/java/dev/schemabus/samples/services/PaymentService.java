package dev.schemabus.samples.services;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.Subscription;
import dev.schemabus.samples.services.OrderEvent.OrderPaid;
import dev.schemabus.samples.services.OrderEvent.OrderPlaced;
import dev.schemabus.samples.services.OrderEvent.OrderShipped;

/** Collects the money for orders that were placed. */
final class PaymentService implements AutoCloseable {

    static final String GROUP = "payment";

    private static final int AT_ONCE = 8;

    private final EventBus bus;
    private final Subscription subscription;

    PaymentService(Store store) {
        bus = store.bus(GROUP);
        subscription = bus.subscribe(OrderEvent.class)
                .group(GROUP)
                .concurrency(AT_ONCE)
                // If publishing fails, the handler does, and the order comes again.
                .on(OrderPlaced.class, (order, context) -> {
                    bus.publish(new OrderPaid(order.orderId(), order.country(), order.cents()));
                })
                .ignore(OrderPaid.class)
                .ignore(OrderShipped.class)
                .start();
    }

    /** Whether it does its work; a subscription that can't go on stops, and says why. */
    boolean runs() {
        return subscription.state() == Subscription.State.RUNNING;
    }

    @Override
    public void close() {
        bus.close();
    }
}
