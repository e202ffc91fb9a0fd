package dev.schemabus.bus;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
        assigned(assignment, CompletedAhead.NONE);
    }

    /** @param before what an earlier member had completed ahead of the committed offset */
    void assigned(Assignment assignment, CompletedAhead before) {
        partitions.put(assignment.partition(), new Progress(assignment, before));
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

    /** Notes where a term begins that starts at an end: that is to be committed though nothing was received. */
    void startsAt(Assignment assignment, long offset) {
        Progress progress = current(assignment);
        if (progress != null && progress.next < 0) {
            progress.next = offset;
        }
    }

    /**
     * Notes a record as incomplete. Offsets of a partition come in ascending order.
     *
     * @param leaderEpoch the epoch of the leader that took the record, if known
     * @return false if there is nothing to do: it was completed before this term, or the term is over
     */
    boolean received(Assignment assignment, long offset, Optional<Integer> leaderEpoch) {
        Progress progress = current(assignment);
        if (progress == null) {
            return false;
        }
        progress.next = Math.max(progress.next, offset + 1);
        leaderEpoch.ifPresent(epoch -> progress.noteEpoch(offset, epoch));
        progress.doubt(offset, leaderEpoch);
        if (progress.before.contains(offset, leaderEpoch)) {
            return false;
        }
        progress.incomplete.put(offset, System.nanoTime());
        return true;
    }

    /**
     * Notes a record as complete.
     *
     * @return false if the term is over and the result was dropped
     */
    boolean completed(Assignment assignment, long offset) {
        Progress progress = current(assignment);
        return progress != null && progress.incomplete.remove(offset) != null;
    }

    /** What has moved since it was last committed: the lowest incomplete offset of each partition. */
    Map<Assignment, OffsetAndMetadata> committable() {
        return committable(partitions.keySet());
    }

    /** The same for some partitions. */
    Map<Assignment, OffsetAndMetadata> committable(Collection<TopicPartition> some) {
        Map<Assignment, OffsetAndMetadata> result = new HashMap<>();
        for (TopicPartition partition : some) {
            Progress progress = partitions.get(partition);
            if (progress != null && progress.position() >= 0) {
                OffsetAndMetadata position = progress.committable();
                if (!position.equals(progress.committed)) {
                    result.put(progress.assignment, position);
                }
            }
        }
        return result;
    }

    /** Notes offsets as committed. Those of an earlier term say nothing about the current one. */
    void committed(Map<Assignment, OffsetAndMetadata> offsets) {
        offsets.forEach((assignment, offset) -> {
            Progress progress = current(assignment);
            if (progress != null && (progress.committed == null || progress.committed.offset() <= offset.offset())) {
                progress.committed = offset;
            }
        });
    }

    /** The lowest offset of a partition that must be read again after a crash now; -1 if nothing was received yet. */
    long position(TopicPartition partition) {
        Progress progress = partitions.get(partition);
        return progress == null ? -1 : progress.position();
    }

    /** Up to where a partition was committed in this term; -1 if it wasn't. */
    long committed(TopicPartition partition) {
        Progress progress = partitions.get(partition);
        return progress == null || progress.committed == null ? -1 : progress.committed.offset();
    }

    /** Whether an offset was completed before this term, ahead of the committed one: it will not be handled again. */
    boolean isCompletedAhead(TopicPartition partition, long offset, Optional<Integer> leaderEpoch) {
        Progress progress = partitions.get(partition);
        return progress != null && progress.before.contains(offset, leaderEpoch);
    }

    /** How many offsets the furthest completed record is ahead of what may be committed; the most of all partitions. */
    long widestGap() {
        return partitions.values().stream().mapToLong(Progress::gap).max().orElse(0);
    }

    /** When the oldest incomplete record was received, in {@link System#nanoTime} terms. */
    Optional<Long> oldest() {
        return partitions.values().stream()
                .filter(progress -> !progress.incomplete.isEmpty())
                .map(progress -> progress.incomplete.firstEntry().getValue())
                .min((a, b) -> Long.compare(a - b, 0));
    }

    private @Nullable Progress current(Assignment assignment) {
        Progress progress = partitions.get(assignment.partition());
        return progress != null && progress.assignment.epoch() == assignment.epoch() ? progress : null;
    }

    private static final class Progress {
        final Assignment assignment;

        /** What an earlier member had completed, as long as nothing says that it speaks of another log. */
        CompletedAhead before;

        /** By offset, when each was received. */
        final TreeMap<Long, Long> incomplete = new TreeMap<>();

        /** By offset, the leader's epoch from there on. */
        private final TreeMap<Long, Integer> epochs = new TreeMap<>();

        long next = -1;

        @Nullable
        OffsetAndMetadata committed;

        Progress(Assignment assignment, CompletedAhead before) {
            this.assignment = assignment;
            this.before = before;
        }

        void noteEpoch(long offset, int epoch) {
            Map.Entry<Long, Integer> last = epochs.lastEntry();
            if (last == null || last.getValue() != epoch) {
                epochs.put(offset, epoch);
            }
        }

        /** A log that was written anew somewhere before the end of what is known is another one from there on. */
        void doubt(long offset, Optional<Integer> leaderEpoch) {
            if (offset < before.end() && !before.isOfItsLog(leaderEpoch)) {
                before = CompletedAhead.NONE;
            }
        }

        /** The lowest offset that must be read again after a crash now. */
        long position() {
            return incomplete.isEmpty() ? next : incomplete.firstKey();
        }

        OffsetAndMetadata committable() {
            long position = position();
            // Kafka wants the epoch of the last record before the position: by it a consumer notices a truncated log.
            Map.Entry<Long, Integer> epoch = epochs.floorEntry(position - 1);
            if (epoch != null) {
                epochs.headMap(epoch.getKey()).clear();
            }
            return new OffsetAndMetadata(
                    position, Optional.ofNullable(epoch).map(Map.Entry::getValue), completedAhead(position));
        }

        /** Goes on saying what an earlier member said of offsets that this one has not come to. */
        private String completedAhead(long position) {
            if (next >= before.end()) {
                int epoch = epochs.isEmpty() ? -1 : epochs.lastEntry().getValue();
                return CompletedAhead.text(position, incomplete.navigableKeySet(), next, epoch);
            }
            TreeSet<Long> all = new TreeSet<>(incomplete.navigableKeySet());
            before.incomplete().stream().filter(offset -> offset >= next).forEach(all::add);
            // Whatever came so far is of its log, so its epoch is the highest.
            return CompletedAhead.text(position, all, before.end(), before.epoch());
        }

        long gap() {
            if (incomplete.isEmpty()) {
                return 0;
            }
            long furthest = next - 1;
            for (long offset : incomplete.descendingKeySet()) {
                if (offset != furthest) {
                    break;
                }
                furthest--;
            }
            return Math.max(0, furthest - incomplete.firstKey());
        }
    }
}
