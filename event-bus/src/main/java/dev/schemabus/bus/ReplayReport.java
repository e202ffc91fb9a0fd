package dev.schemabus.bus;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a replay did, or would do.
 *
 * @param dryRun whether nothing was written
 * @param scanned dead letters looked at
 * @param matched those of them that the filter meant; the sum of replayed, skipped and failed, or in a dry run of skipped
 *     and what would be replayed
 * @param replayed written to the target and acknowledged
 * @param skipped not replayable: pointers, damaged ones, and what nobody knows the origin of
 * @param failed refused by the target topic, such as too large for it
 * @param offsets by partition of the dead letter topic: from where to where it was looked at
 * @param problems what was skipped or failed, and why: the first 100
 * @param progressGroup the consumer group under which its progress is kept
 * @param stoppedBy what ended it early: a target that didn't acknowledge. The same replay goes on there. Records that were
 *     under way then may be written twice, with the same event id
 */
public record ReplayReport(
        boolean dryRun,
        long scanned,
        long matched,
        long replayed,
        long skipped,
        long failed,
        Map<Integer, Offsets> offsets,
        List<Problem> problems,
        String progressGroup,
        Optional<Throwable> stoppedBy) {

    public ReplayReport {
        offsets = Map.copyOf(offsets);
        problems = List.copyOf(problems);
    }

    /** Whether it got to the end of what stood there when it began. */
    public boolean complete() {
        return stoppedBy.isEmpty();
    }

    /**
     * A part of a partition.
     *
     * @param from the first offset looked at
     * @param to one behind the last
     */
    public record Offsets(long from, long to) {}

    /**
     * A dead letter that was not replayed.
     *
     * @param partition of the dead letter topic
     * @param offset of the dead letter topic
     * @param reason why, and what to do
     */
    public record Problem(int partition, long offset, String reason) {}
}
