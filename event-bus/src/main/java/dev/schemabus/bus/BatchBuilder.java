package dev.schemabus.bus;

import java.time.Duration;
import java.util.Objects;

/** The second half of {@link SubscriptionBuilder#batch}: what handles the batches. */
public final class BatchBuilder<T> {

    private final SubscriptionBuilder<T> subscription;
    private final int size;
    private final Duration wait;

    BatchBuilder(SubscriptionBuilder<T> subscription, int size, Duration wait) {
        this.subscription = subscription;
        this.size = size;
        this.wait = wait;
    }

    /** Handles all events that aren't ignored. Called from {@code concurrency} threads, for different keys. */
    public SubscriptionBuilder<T> handle(BatchHandler<T> handler) {
        return subscription.batches(new Batches<>(
                size, wait, Objects.requireNonNull(handler, "There is no handler of batches: it is null")));
    }
}
