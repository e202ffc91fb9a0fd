package dev.schemabus.bus;

import dev.schemabus.bus.RecordRoad.Finished;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Internal: when offsets are committed, and when records may be handled: what makes the difference between the delivery
 * modes. Used by the poll thread alone.
 */
interface CommitProtocol<T> {

    /** A record was received: hands it to its lane, now or later. */
    void received(RecordWork<T> work);

    /** A record has ended. */
    void finished(Finished result);

    /** Called again and again. Must not wait. */
    void turn();

    /**
     * Commits what may be committed of some partitions, and waits for that at most so long.
     *
     * @return false if the group is amid a rebalance, and the same may succeed after it
     */
    boolean commit(Collection<TopicPartition> partitions, Duration wait);

    /** Some partitions are not this member's any more, or were set to another offset. */
    void forget(Collection<TopicPartition> partitions);

    /** What an earlier member had completed ahead of the committed offsets. */
    Map<TopicPartition, CompletedAhead> completedAhead(Set<TopicPartition> partitions);

    /** Whether a revocation waits for all records received, and not just for those that are at it. */
    boolean finishesWhatItReceived();
}
