package dev.schemabus.bus;

/**
 * SPI: what a bus tells of its work, for metrics. Every method does nothing by default, so an implementation takes what it
 * wants; {@link MicrometerBusMetrics} is the one that comes with the bus. Methods are called by many threads, on the road
 * of every record: they must be quick, and what they throw is logged and costs nothing else. Topics, groups and types come
 * from the sets given in code and configuration, never from the wire, so they may be tags.
 */
public interface BusMetrics {

    /** Tells nobody. */
    BusMetrics NONE = new BusMetrics() {};

    /** How a publication ended, see {@link PublishOutcome}. */
    enum Publication {
        ACKED,
        REJECTED,
        INDETERMINATE
    }

    /** How a transaction ended. */
    enum TransactionEnd {
        COMMITTED,
        ABORTED,
        INDETERMINATE
    }

    /** How an attempt to decode a record ended. */
    enum Decoding {
        DECODED,
        /** Can't be decoded, and never will be. */
        POISON,
        /** The integrity header contradicts the record. */
        INTEGRITY,
        /** A type that isn't this topic's. */
        MISROUTED,
        /** The registry doesn't know the schema (yet). */
        UNKNOWN_SCHEMA,
        /** The registry is away. */
        INFRA
    }

    /** How an attempt to handle an event ended. */
    enum Handling {
        HANDLED,
        IGNORED,
        FAILED
    }

    /** What a rebalance did to partitions. */
    enum Rebalance {
        ASSIGNED,
        REVOKED,
        LOST
    }

    /**
     * A publication ended; of an event in a transaction, with that, and as it ended.
     *
     * @param topic the topic, or {@code unknown} if it was rejected before it had one
     * @param nanos how long it took, from the call to the outcome
     */
    default void published(String topic, Publication end, long nanos) {}

    /**
     * A transaction ended.
     *
     * @param nanos how long it took, with the caller's work in it
     */
    default void transactionEnded(TransactionEnd end, long nanos) {}

    /** A subscription has started; its figures may be asked until {@link #subscriptionEnded}. */
    default void subscriptionStarted(SubscriptionFigures figures) {}

    /** A subscription has ended. */
    default void subscriptionEnded(SubscriptionFigures figures) {}

    /** A record was decoded, or couldn't be. */
    default void decoded(String group, String topic, Decoding end) {}

    /**
     * A handler returned or threw, or the type is ignored.
     *
     * @param type the event's type, as in {@code ce_type}, or {@code tombstone}
     * @param nanos how long the attempt took
     */
    default void handled(String group, String topic, String type, Handling end, long nanos) {}

    /** An attempt failed, and another will follow. */
    default void retried(String group, String topic) {}

    /**
     * A record became a dead letter, acknowledged.
     *
     * @param failureClass its class, as in the header {@code sb-dl-class}; of a record that left a pointer that of its
     *     failure
     */
    default void deadLettered(String group, String topic, String failureClass) {}

    /** Partitions came or went. */
    default void rebalanced(String group, Rebalance kind, int partitions) {}

    /** A commit of offsets was answered. */
    default void committed(String group, boolean succeeded) {}

    /** The circuit breaker of a subscription opened ({@code true}) or closed. */
    default void breaker(String group, boolean open) {}
}
