package dev.schemabus.samples.readme;

import dev.schemabus.bus.EventBus;
import dev.schemabus.schema.Event;
import dev.schemabus.schema.Key;
import dev.schemabus.testkit.EmbeddedKafka;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** README's first sample: two events of one order, published and handled. */
public final class FirstEvents {

    // [readme]
    @Event(domain = "shop", entity = "order") // its topic: shop.order.events
    sealed interface OrderEvent permits OrderPlaced, OrderPaid {}

    record OrderPlaced(@Key String orderId, long cents, Optional<String> coupon) implements OrderEvent {}

    record OrderPaid(@Key String orderId, Instant at) implements OrderEvent {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch paid = new CountDownLatch(1);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(); // or your brokers, and your registry's URL
                EventBus bus = bus(kafka.clientProperties(), "memory:shop")) {
            bus.subscribe(OrderEvent.class)
                    .group("billing")
                    .on(OrderPlaced.class, (order, from) -> System.out.println("bill " + order.cents()))
                    .on(OrderPaid.class, (order, from) -> paid.countDown())
                    .start();
            System.out.println(bus.publish(new OrderPlaced("o-7", 1990, Optional.empty())));
            System.out.println(bus.publish(new OrderPaid("o-7", Instant.now())));
            paid.await();
        }
    }

    static EventBus bus(Map<String, Object> kafka, String registry) {
        return EventBus.builder()
                .kafka(kafka)
                .registry(registry)
                .createTopics(3, 1)
                .build();
    }
    // [readme]

    private FirstEvents() {}
}
