package dev.schemabus.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: what happens when partitions come and go. Called by Kafka on the poll thread, inside {@code poll}. */
final class Rebalances implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Rebalances.class);

    /** A close under way may shorten a wait, so waits look around this often. */
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Duration COMMIT_WAIT = Duration.ofSeconds(5);

    private final OffsetLedger ledger;
    private final Commits commits;
    private final Lanes lanes;
    private final Lifecycle lifecycle;
    private final Duration wait;
    private final Runnable settle;
    private final Set<TopicPartition> assigned = ConcurrentHashMap.newKeySet();
    private long epochs;

    /**
     * @param wait how long a revocation waits for running handlers
     * @param settle brings the results that came in so far into the ledger
     */
    Rebalances(OffsetLedger ledger, Commits commits, Lanes lanes, Lifecycle lifecycle, Duration wait, Runnable settle) {
        this.ledger = ledger;
        this.commits = commits;
        this.lanes = lanes;
        this.lifecycle = lifecycle;
        this.wait = wait;
        this.settle = settle;
    }

    /** What is assigned now; may be asked from any thread. */
    Set<TopicPartition> assigned() {
        return Set.copyOf(assigned);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            ledger.assigned(new Assignment(partition, ++epochs));
            assigned.add(partition);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        release(partitions, wait);
        commits.now(partitions, lifecycle.stopped() ? Duration.ZERO : COMMIT_WAIT);
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.warn("Lost {}: others may have them already; what runs will be done again", partitions);
        stopIntake(partitions);
        forget(partitions);
    }

    /** Lets no record of these partitions start any more, waits for those that run, and takes in their results. */
    void release(Collection<TopicPartition> partitions, Duration longest) {
        List<Assignment> ending = stopIntake(partitions);
        long deadline = System.nanoTime() + longest.toNanos();
        try {
            for (Assignment assignment : ending) {
                if (!awaitIdle(assignment, deadline)) {
                    LOG.warn(
                            "{} is taken away while a handler still runs: its record will be handled again",
                            assignment);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        settle.run();
    }

    private boolean awaitIdle(Assignment assignment, long deadline) throws InterruptedException {
        while (true) {
            long bounded = lifecycle.bounded(deadline);
            long slice = System.nanoTime() + SLICE;
            if (assignment.awaitIdle(slice - bounded < 0 ? slice : bounded)) {
                return true;
            }
            if (System.nanoTime() - lifecycle.bounded(deadline) >= 0) {
                return false;
            }
        }
    }

    private List<Assignment> stopIntake(Collection<TopicPartition> partitions) {
        List<Assignment> ending = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Assignment assignment = ledger.assignment(partition);
            if (assignment != null) {
                assignment.revoke();
                ending.add(assignment);
            }
        }
        // Records that wait on their lanes see now that they are not ours any more.
        lanes.nudge();
        return ending;
    }

    private void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            ledger.forget(partition);
            assigned.remove(partition);
        }
    }
}
