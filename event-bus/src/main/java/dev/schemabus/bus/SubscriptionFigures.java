package dev.schemabus.bus;

/**
 * The figures of a running subscription, as of now. May be asked from any thread, and cost next to nothing: nothing is
 * asked of a broker.
 */
public interface SubscriptionFigures {

    /** The consumer group. */
    String group();

    /** How many records are received and not finished. */
    long inFlightRecords();

    /** What their keys and values take, in bytes. */
    long inFlightBytes();

    /** How many records of the assigned partitions are not received yet, as far as the consumer knows. */
    long lag();

    /** How many offsets the furthest finished record is ahead of what may be committed; the most of all partitions. */
    long watermarkGap();

    /** How long the oldest unfinished record has been in flight, in seconds; 0 if none is. */
    double oldestInFlightSeconds();
}
