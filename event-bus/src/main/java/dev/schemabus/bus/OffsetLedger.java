package dev.schemabus.bus;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Internal: which offsets of the assigned partitions are still incomplete, and so up to where may be committed. Pure
 * bookkeeping, used by the poll thread alone.
 *
 * <p>Gaps between offsets are normal (compaction, transaction markers): only offsets that were received count.
 */
final class OffsetLedger {

    private final Map<TopicPartition, Progress> partitions = new HashMap<>();

    /** Starts a term. Whatever an earlier term of the partition left is forgotten. */
    void assigned(Assignment assignment) {
        partitions.put(assignment.partition(), new Progress(assignment));
    }

    /** Ends the term of a partition. Results that come later are dropped. */
    void forget(TopicPartition partition) {
        partitions.remove(partition);
    }

    /** The current term of a partition, if it is assigned. */
    @Nullable
    Assignment assignment(TopicPartition partition) {
        Progress progress = partitions.get(partition);
        return progress == null ? null : progress.assignment;
    }

    /** Notes a record as incomplete. Offsets of a partition come in ascending order. */
    void received(Assignment assignment, long offset) {
        Progress progress = current(assignment);
        if (progress != null) {
            progress.incomplete.add(offset);
            progress.next = Math.max(progress.next, offset + 1);
        }
    }

    /**
     * Notes a record as complete.
     *
     * @return false if the term is over and the result was dropped
     */
    boolean completed(Assignment assignment, long offset) {
        Progress progress = current(assignment);
        return progress != null && progress.incomplete.remove(offset);
    }

    /** What has moved since it was last committed: the lowest incomplete offset of each partition. */
    Map<Assignment, Long> committable() {
        return committable(partitions.keySet());
    }

    /** The same for some partitions. */
    Map<Assignment, Long> committable(Collection<TopicPartition> some) {
        Map<Assignment, Long> result = new HashMap<>();
        for (TopicPartition partition : some) {
            Progress progress = partitions.get(partition);
            if (progress != null && progress.position() > progress.committed) {
                result.put(progress.assignment, progress.position());
            }
        }
        return result;
    }

    /** Notes offsets as committed. Those of an earlier term say nothing about the current one. */
    void committed(Map<Assignment, Long> offsets) {
        offsets.forEach((assignment, offset) -> {
            Progress progress = current(assignment);
            if (progress != null) {
                progress.committed = Math.max(progress.committed, offset);
            }
        });
    }

    private @Nullable Progress current(Assignment assignment) {
        Progress progress = partitions.get(assignment.partition());
        return progress != null && progress.assignment.epoch() == assignment.epoch() ? progress : null;
    }

    private static final class Progress {
        final Assignment assignment;
        final TreeSet<Long> incomplete = new TreeSet<>();
        long next = -1;
        long committed = -1;

        Progress(Assignment assignment) {
            this.assignment = assignment;
        }

        /** The lowest offset that must be read again after a crash now. */
        long position() {
            return incomplete.isEmpty() ? next : incomplete.first();
        }
    }
}
