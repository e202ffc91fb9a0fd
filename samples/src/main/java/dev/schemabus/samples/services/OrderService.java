package dev.schemabus.samples.services;

import dev.schemabus.bus.EventBus;
import dev.schemabus.samples.services.OrderEvent.OrderPlaced;

/** Takes orders. */
final class OrderService implements AutoCloseable {

    private final EventBus bus;

    OrderService(Store store) {
        bus = store.bus("order");
    }

    /** Returns when the order is safe with the broker; throws when it surely isn't, or nobody knows. */
    void place(String orderId, String country, long cents) {
        bus.publish(new OrderPlaced(orderId, country, cents));
    }

    @Override
    public void close() {
        bus.close();
    }
}
