package dev.schemabus.bus;

/**
 * Where a group goes on whose position is not in the log any more: retention has removed the records there, or the log was
 * truncated, or the topic was deleted and made anew. (Where a group starts that has no position yet is Kafka's own
 * {@code auto.offset.reset}.)
 */
public enum OffsetReset {
    /** Nowhere: the subscription stops with {@link OffsetsUnavailableException}. The default. */
    FAIL,
    /** With the oldest record that it hasn't seen: the first in the log, or the first after the truncation. */
    EARLIEST,
    /** With the next record to be published; all that stand in the log now are skipped. */
    LATEST
}
