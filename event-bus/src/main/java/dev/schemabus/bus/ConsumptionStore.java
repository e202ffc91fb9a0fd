package dev.schemabus.bus;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * SPI: remembers which events a group has handled, so that one that is delivered again is not handled again. The memory and
 * what the handler does are one unit only if both are in the same transaction, as with {@link JdbcConsumptionStore}.
 */
public interface ConsumptionStore {

    /**
     * What is handled once.
     *
     * @param group the consumer group
     * @param source where the event's id is unique: {@code ce_source}, or for an event without id its topic and partition
     * @param eventId {@code ce_id}, or the offset
     */
    record Consumption(String group, String source, String eventId) {}

    /** The handler. */
    @FunctionalInterface
    interface Handling {
        /**
         * Handles the event.
         *
         * @param resource what the handler is to work with, see {@link Delivered#resource}; null if there is none
         * @throws Exception what the handler throws; also if it returned and was interrupted before, for its time or because
         *     its partition was taken away. The event isn't handled then, and must come again
         */
        void handle(@Nullable Object resource) throws Exception;
    }

    /**
     * Handles an event unless that was done before. Two calls for one event at the same time must not both handle it.
     *
     * @return whether it was handled now
     * @throws ConsumptionStoreUnavailableException if the store is away, before anything was handled: the record waits, and
     *     no attempt is spent
     * @throws Exception what the handler throws, or because it isn't sure that the event was handled; it will be asked again
     */
    boolean once(Consumption consumption, Handling handling) throws Exception;

    /** A store in memory, for tests: it knows nothing of other processes, and forgets at the end. */
    static ConsumptionStore inMemory() {
        Map<Consumption, Boolean> done = new ConcurrentHashMap<>();
        return (consumption, handling) -> {
            if (done.putIfAbsent(consumption, false) != null) {
                return false;
            }
            boolean handled = false;
            try {
                handling.handle(null);
                handled = true;
                return true;
            } finally {
                if (!handled) {
                    done.remove(consumption);
                }
            }
        };
    }
}
