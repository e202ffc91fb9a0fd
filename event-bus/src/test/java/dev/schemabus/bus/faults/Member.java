package dev.schemabus.bus.faults;

import dev.schemabus.bus.Delivered;
import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.Subscription;
import dev.schemabus.bus.SubscriptionBuilder;
import dev.schemabus.bus.faults.History.Delivery;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A member of the group with a bus of its own, that writes down what it is handed. */
final class Member implements AutoCloseable {

    /** What a handler does beside being written down. */
    @FunctionalInterface
    interface Work {
        void on(Numbered event, int attempt) throws Exception;
    }

    /** What a handler does that needs to know more. */
    @FunctionalInterface
    interface Handling {
        void on(Numbered event, Delivered context, EventBus bus) throws Exception;
    }

    private final EventBus bus;
    private final Subscription subscription;

    private Member(EventBus bus, Subscription subscription) {
        this.bus = bus;
        this.subscription = subscription;
    }

    static Member join(Scene scene, String name, History history, Work work) {
        return join(scene, name, history::add, work, settings -> settings.concurrency(4));
    }

    static Member join(
            Scene scene,
            String name,
            Consumer<Delivery> deliveries,
            Work work,
            UnaryOperator<SubscriptionBuilder<Numbered>> settings) {
        return join(
                scene.bus(),
                scene,
                name,
                deliveries,
                (event, context, bus) -> work.on(event, context.attempt()),
                settings);
    }

    /** @param bus the member's own: closed with it */
    static Member join(
            EventBus bus,
            Scene scene,
            String name,
            Consumer<Delivery> deliveries,
            Handling work,
            UnaryOperator<SubscriptionBuilder<Numbered>> settings) {
        try {
            SubscriptionBuilder<Numbered> subscription = bus.subscribe(Numbered.class)
                    .group(scene.group())
                    .on(Numbered.class, (event, context) -> {
                        long start = System.nanoTime();
                        boolean returned = false;
                        try {
                            work.on(event, context, bus);
                            returned = true;
                        } finally {
                            deliveries.accept(new Delivery(
                                    name,
                                    context.partition(),
                                    context.offset(),
                                    event.key(),
                                    event.number(),
                                    context.attempt(),
                                    start,
                                    returned ? System.nanoTime() : Delivery.NEVER));
                        }
                    });
            return new Member(bus, settings.apply(subscription).start());
        } catch (RuntimeException e) {
            bus.close();
            throw e;
        }
    }

    Subscription subscription() {
        return subscription;
    }

    /** Leaves the group in good order. */
    boolean leave(Duration time) {
        return subscription.close(time);
    }

    @Override
    public void close() {
        bus.close();
    }
}
