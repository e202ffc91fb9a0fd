package dev.schemabus.bus;

/** How publishing one event ended. Three outcomes, because "it failed" is two different things. */
public sealed interface PublishOutcome {

    /** Which of the three it is, as metrics say it. */
    default BusMetrics.Publication end() {
        if (this instanceof Acked) {
            return BusMetrics.Publication.ACKED;
        }
        return this instanceof Rejected ? BusMetrics.Publication.REJECTED : BusMetrics.Publication.INDETERMINATE;
    }

    /** All in-sync replicas have the event. */
    record Acked(Receipt receipt) implements PublishOutcome {}

    /**
     * The event was surely not written: publishing it again can't make a duplicate.
     *
     * @param reason what was in the way
     * @param exception says what to do; its cause is the original error
     */
    record Rejected(RejectionReason reason, PublishRejectedException exception) implements PublishOutcome {}

    /**
     * The event may or may not have been written, and the bus does not send it again by itself. Publish it again with
     * the same event id ({@link With#eventId}), so that consumers can recognise the duplicate.
     *
     * @param eventId the id it was sent with
     * @param reason why nobody knows
     * @param exception what happened; its cause is the original error
     */
    record Indeterminate(String eventId, IndeterminateReason reason, PublishIndeterminateException exception)
            implements PublishOutcome {}

    /** Why an event was surely not written. */
    enum RejectionReason {
        /** The event, its key or its headers can't be turned into bytes: correct the event or its class. */
        SERIALIZATION,
        /** The registry refuses the schema, or doesn't have it: register or change it. */
        SCHEMA,
        /** The registry can't be reached or denies access: try again later, or correct its settings. */
        REGISTRY,
        /** The topic's name is refused, or no naming gives one. */
        INVALID_TOPIC,
        /** The topic does not exist. */
        TOPIC_MISSING,
        /** No broker answered before the event was handed to the producer: try again later. */
        BROKER_UNAVAILABLE,
        /** The broker denies access. */
        UNAUTHORIZED,
        /** The record is larger than producer, broker or topic allow. */
        TOO_LARGE,
        /** The producer's buffer stayed full for {@code max.block.ms}: publish more slowly. */
        BUFFER_FULL,
        /** The deadline passed before the event was handed to the producer. */
        DEADLINE,
        /** As many transactions ran as the bus has producers for: begin fewer at a time. */
        BUSY,
        /** The bus is closed. */
        CLOSED,
        /** Something else stopped it before it was handed to the producer; see the cause. */
        OTHER;

        /**
         * Whether the same event may be accepted later as it is. Publish it again before any other of its key, and the order
         * stays.
         */
        public boolean temporary() {
            return this == REGISTRY
                    || this == BROKER_UNAVAILABLE
                    || this == BUFFER_FULL
                    || this == DEADLINE
                    || this == BUSY;
        }
    }

    /** Why nobody knows whether an event was written. */
    enum IndeterminateReason {
        /** No acknowledgement came within {@code delivery.timeout.ms}, or before the deadline. */
        TIMEOUT,
        /** The thread that waited for the acknowledgement was interrupted. */
        INTERRUPTED,
        /** The bus was closed before the acknowledgement came. */
        CLOSED,
        /** The broker answered with an error that doesn't tell; see the cause. */
        OTHER
    }
}
