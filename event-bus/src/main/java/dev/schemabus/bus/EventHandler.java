package dev.schemabus.bus;

/**
 * Handles events of one type. Called from the subscription's worker threads: for records of one key never at the same
 * time (see {@link Ordering}), for others side by side.
 */
@FunctionalInterface
public interface EventHandler<E> {

    /**
     * Handles one event. It may come more than once (after a crash or a rebalance): its id tells,
     * {@link Delivered#eventId}.
     *
     * @throws Exception what the subscription's {@link RetryPolicy} answers with another attempt, and after the last
     *     one its {@link DeadLetterPolicy}. Close interrupts a handler that takes too long.
     */
    void handle(E event, Delivered context) throws Exception;
}
