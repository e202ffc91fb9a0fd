package dev.schemabus.samples.services;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.RetryPolicy;
import dev.schemabus.bus.Subscription;
import dev.schemabus.samples.services.OrderEvent.OrderPaid;
import dev.schemabus.samples.services.OrderEvent.OrderPlaced;
import dev.schemabus.samples.services.OrderEvent.OrderShipped;
import java.time.Duration;
import java.util.Map;

/** Sends parcels for orders that were paid. */
final class ShippingService implements AutoCloseable {

    static final String GROUP = "shipping";

    private static final int AT_ONCE = 8;
    private static final int ATTEMPTS = 3;

    private final EventBus bus;
    private final Subscription subscription;
    private final Map<String, String> carriers;

    /** Nobody takes parcels to a country. */
    static final class NoCarrierException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoCarrierException(String country) {
            super("No carrier goes to " + country + ": add one to the shipping service");
        }
    }

    /** @param carriers who takes parcels to a country */
    ShippingService(Store store, Map<String, String> carriers) {
        this.carriers = Map.copyOf(carriers);
        bus = store.bus(GROUP);
        subscription = bus.subscribe(OrderEvent.class)
                .group(GROUP)
                .concurrency(AT_ONCE)
                .retry(RetryPolicy.inPlace(ATTEMPTS, Duration.ofMillis(20)))
                .on(OrderPaid.class, (order, context) -> ship(order))
                .ignore(OrderPlaced.class)
                .ignore(OrderShipped.class)
                .start();
    }

    private void ship(OrderPaid order) {
        String carrier = carriers.get(order.country());
        if (carrier == null) {
            throw new NoCarrierException(order.country());
        }
        bus.publish(new OrderShipped(order.orderId(), carrier + "-" + order.orderId()));
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
