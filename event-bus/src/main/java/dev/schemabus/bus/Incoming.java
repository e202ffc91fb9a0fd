package dev.schemabus.bus;

import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Internal: a record on its way to a handler. What comes from a retry topic looks as it did in its source: topic,
 * partition, offset, timestamp and headers, so that neither handler nor dead letter sees a difference.
 *
 * @param partition where it was read
 * @param offset where it was read: what is to be completed
 * @param leaderEpoch the epoch of the leader that took the record where it was read, if known
 * @param event as it was published
 * @param retry what it has behind it
 * @param lane whose order it keeps
 * @param parked the keys of its partition that are parked; null if retries keep no order
 */
record Incoming(
        TopicPartition partition,
        long offset,
        Optional<Integer> leaderEpoch,
        ConsumerRecord<byte[], byte[]> event,
        RetryState retry,
        Object lane,
        @Nullable ParkedKeys parked) {

    /** A record that was read where it was published. */
    static Incoming ofSource(ConsumerRecord<byte[], byte[]> record, Object lane, @Nullable ParkedKeys parked) {
        return new Incoming(
                partition(record), record.offset(), record.leaderEpoch(), record, RetryState.FRESH, lane, parked);
    }

    static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** Whether it was read from a retry topic. */
    boolean isRetried() {
        return !event.topic().equals(partition.topic());
    }

    /** What its key and value take. */
    long bytes() {
        return (long) Math.max(0, event.serializedKeySize()) + Math.max(0, event.serializedValueSize());
    }

    /** What it does now that it has its turn. */
    ParkedKeys.Turn turn() {
        if (parked == null) {
            return ParkedKeys.Turn.HANDLE;
        }
        return isRetried() ? parked.ofRetry(lane, offset) : parked.ofSource(lane, event.offset());
    }

    /** Notes that it goes to the retry topic; false if there is no room there now. */
    boolean moving() {
        return parked == null || parked.appending(lane, event.offset(), isRetried());
    }

    /** Notes that it stands in the retry topic. */
    void moved(long at) {
        if (parked != null) {
            parked.appended(lane, event.offset(), at);
        }
    }

    /** Notes that it could not be brought to the retry topic. */
    void notMoved() {
        if (parked != null) {
            parked.notAppended(lane, event.offset());
        }
    }

    /** Notes that its offset is complete. */
    void finished() {
        if (parked != null && isRetried()) {
            parked.finished(lane, offset);
        }
    }

    @Override
    public String toString() {
        String origin = event.topic() + "-" + event.partition() + "@" + event.offset();
        return isRetried() ? origin + " (read from " + Objects.toString(partition) + "@" + offset + ")" : origin;
    }
}
