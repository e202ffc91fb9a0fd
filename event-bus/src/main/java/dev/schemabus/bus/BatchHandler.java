package dev.schemabus.bus;

import java.util.List;

/** Handles several events at once, see {@link SubscriptionBuilder#batch}. */
@FunctionalInterface
public interface BatchHandler<E> {

    /**
     * Handles a batch: at least one event, those of one key in offset order. Returning means that all are handled but those
     * named in {@link DeliveredBatch#fail}.
     *
     * @throws Exception if none is handled: each counts as failed with it, unless {@link DeliveredBatch#fail} named some;
     *     then those have failed with what was said, and the others with this
     */
    void handle(List<E> events, DeliveredBatch<E> batch) throws Exception;
}
