package dev.schemabus.samples.services;

import dev.schemabus.bus.EventBus;
import dev.schemabus.samples.services.OrderEvent.OrderPaid;
import dev.schemabus.samples.services.OrderEvent.OrderPlaced;
import dev.schemabus.samples.services.OrderEvent.OrderShipped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Listens and counts orders, not events: an event may come twice. */
final class Ledger implements AutoCloseable {

    private final EventBus bus;
    private final Set<String> placed = ConcurrentHashMap.newKeySet();
    private final Set<String> paid = ConcurrentHashMap.newKeySet();
    private final Set<String> shipped = ConcurrentHashMap.newKeySet();

    Ledger(Store store) {
        bus = store.bus("ledger");
        bus.subscribe(OrderEvent.class)
                .group("ledger")
                .on(OrderPlaced.class, (order, context) -> placed.add(order.orderId()))
                .on(OrderPaid.class, (order, context) -> paid.add(order.orderId()))
                .on(OrderShipped.class, (order, context) -> shipped.add(order.orderId()))
                .start();
    }

    int placed() {
        return placed.size();
    }

    int paid() {
        return paid.size();
    }

    int shipped() {
        return shipped.size();
    }

    @Override
    public String toString() {
        return placed() + " placed, " + paid() + " paid, " + shipped() + " shipped";
    }

    @Override
    public void close() {
        bus.close();
    }
}
