package dev.schemabus.bus;

/** What becomes of a record that can't be decoded or handled. Dropping it is not among the choices. */
public enum DeadLetterPolicy {
    /**
     * It goes to {@code <topic>.<group>.dlt} with key, value and headers unchanged, and the group goes on once that is
     * acknowledged. One too large for that topic leaves a pointer there, of class {@code OVERSIZE}: headers that say
     * where the record stands, without key and value.
     */
    TOPIC,
    /** The subscription stops with {@link Subscription#failure}, and the record stays uncommitted. */
    STOP;

    /** See {@link #TOPIC}; the default. */
    public static DeadLetterPolicy topic() {
        return TOPIC;
    }

    /** See {@link #STOP}. */
    public static DeadLetterPolicy stop() {
        return STOP;
    }
}
