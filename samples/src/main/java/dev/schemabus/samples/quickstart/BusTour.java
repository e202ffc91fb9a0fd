package dev.schemabus.samples.quickstart;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.PublishOutcome;
import dev.schemabus.bus.Subscription;
import dev.schemabus.bus.With;
import dev.schemabus.samples.shop.OrderEvent;
import dev.schemabus.samples.shop.OrderPaid;
import dev.schemabus.samples.shop.OrderPlaced;
import dev.schemabus.samples.shop.OrderShipped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Steps 3 and 4 of the tour: events through the bus, from publish to typed handlers. */
final class BusTour {

    static final int LANES = 8;
    private static final int PARTITIONS = 6;
    private static final int REPLICAS = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Surroundings surroundings;

    BusTour(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * How it went.
     *
     * @param published how many were acknowledged
     * @param failures what became of the others, one line each
     * @param seconds from the first publish to the last delivery
     * @param deadLettered how many records of the topic the subscription set aside
     */
    record Result(
            int events,
            int published,
            List<String> failures,
            Deliveries deliveries,
            double seconds,
            long deadLettered) {

        boolean complete() {
            return published == events && deliveries.received() == events && deliveries.outOfOrder() == 0;
        }
    }

    /**
     * Publishes all events and waits until the subscription has had them.
     *
     * @param progress told after each acknowledgement how many there are
     */
    Result run(List<OrderEvent> events, IntConsumer progress) throws InterruptedException {
        Deliveries deliveries = new Deliveries(events.size());
        try (EventBus bus = EventBus.builder()
                        .kafka(Map.of("bootstrap.servers", surroundings.bootstrapServers()))
                        .registry(surroundings.registryUrl())
                        .createTopics(PARTITIONS, REPLICAS)
                        .build();
                Subscription subscription = bus.subscribe(OrderEvent.class)
                        .group("quickstart")
                        .concurrency(LANES)
                        .on(OrderPlaced.class, deliveries::arrived)
                        .on(OrderPaid.class, deliveries::arrived)
                        .on(OrderShipped.class, deliveries::arrived)
                        .start()) {
            long start = System.nanoTime();
            List<String> failures = publish(bus, events, deliveries, progress);
            int published = events.size() - failures.size();
            deliveries.await(published, PATIENCE.toMillis());
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Result(
                    events.size(),
                    published,
                    failures,
                    deliveries,
                    seconds,
                    subscription.counts().deadLettered());
        }
    }

    private static List<String> publish(
            EventBus bus, List<OrderEvent> events, Deliveries deliveries, IntConsumer progress)
            throws InterruptedException {
        AtomicInteger acked = new AtomicInteger();
        List<CompletableFuture<PublishOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            deliveries.sending(i);
            outcomes.add(publish(bus, events.get(i), With.eventId(deliveries.eventId(i)))
                    .thenApply(outcome -> {
                        if (outcome instanceof PublishOutcome.Acked) {
                            progress.accept(acked.incrementAndGet());
                        }
                        return outcome;
                    }));
        }
        return outcomes.stream()
                .map(CompletableFuture::join)
                .filter(outcome -> !(outcome instanceof PublishOutcome.Acked))
                .map(BusTour::failure)
                .toList();
    }

    private static String failure(PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.Rejected rejected) {
            return rejected.reason() + ": " + rejected.exception().getMessage();
        }
        if (outcome instanceof PublishOutcome.Indeterminate unknown) {
            return unknown.reason() + ": " + unknown.exception().getMessage();
        }
        return outcome.toString();
    }

    /**
     * While the broker is away, an event is rejected at once or after some seconds, surely not written. It is offered again
     * before the next one, so the order stays.
     */
    private static CompletableFuture<PublishOutcome> publish(EventBus bus, OrderEvent event, With with)
            throws InterruptedException {
        long patienceEnds = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            CompletableFuture<PublishOutcome> outcome =
                    bus.publishAsync(event, with).toCompletableFuture();
            boolean offerAgain = outcome.isDone()
                    && outcome.join() instanceof PublishOutcome.Rejected rejected
                    && rejected.reason().temporary()
                    && System.nanoTime() - patienceEnds < 0;
            if (!offerAgain) {
                return outcome;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
