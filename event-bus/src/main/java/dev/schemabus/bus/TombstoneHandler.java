package dev.schemabus.bus;

/**
 * Handles tombstones: records without a value, which say that a key of a compacted topic is deleted. Called as
 * {@link EventHandler} is, on the lane of the key: after what was published under it before.
 */
@FunctionalInterface
public interface TombstoneHandler {

    /**
     * Handles the deletion of a key. It may come more than once.
     *
     * @param key as text; of all types of the topic, for a tombstone has none
     * @throws Exception what the subscription's {@link RetryPolicy} answers with another attempt, and after the last one
     *     its {@link DeadLetterPolicy}
     */
    void handle(String key, Delivered context) throws Exception;
}
