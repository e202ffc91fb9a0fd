package dev.schemabus.bus;

/** What a subscription promises about how often a record takes effect, see {@link SubscriptionBuilder#delivery}. */
public enum DeliveryMode {
    /**
     * Every record ends handled, or dead-lettered and acknowledged, or the subscription stopped with its offset uncommitted.
     * After a crash or a rebalance some come again. The default.
     */
    AT_LEAST_ONCE,
    /**
     * No record is handed to a handler of the group twice: its offset is committed, and the commit acknowledged, before the
     * handler is called, and it is called once. What is received and not handled when the process dies is lost, and so is
     * what still waits for its handler when partitions are lost, or are taken away and 10 s weren't enough.
     */
    AT_MOST_ONCE,
    /**
     * What a handler publishes with {@link Delivered#publish} and the record's own offset are committed together, or not at
     * all: consumers that read committed records see the output of each record once. Handlers may run more than once; what
     * they do elsewhere than through that method is not covered.
     */
    EXACTLY_ONCE_KAFKA
}
