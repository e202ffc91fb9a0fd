package dev.schemabus.bus;

import dev.schemabus.bus.BusMetrics.Rebalance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: what happens when partitions come and go. Called by Kafka on the poll thread, inside {@code poll}. */
final class Rebalances implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Rebalances.class);

    /** A close under way may shorten a wait, so waits look around this often. */
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(100);

    /** What handlers that are interrupted may take to return, so that nothing overtakes them. */
    private static final Duration INTERRUPTED_WAIT = Duration.ofMillis(500);

    private static final Duration COMMIT_WAIT = Duration.ofSeconds(5);

    private final OffsetLedger ledger;
    private final CommitProtocol<?> commits;
    private final Schedule<?> lanes;
    private final Lifecycle lifecycle;
    private final HandlerCalls calls;
    private final Duration wait;
    private final Runnable settle;
    private final Intake intake;
    private final RetryIntake retries;
    private final ObjIntConsumer<Rebalance> told;
    private final Set<TopicPartition> assigned = ConcurrentHashMap.newKeySet();
    private volatile boolean joined;
    private long epochs;

    /**
     * @param wait how long a revocation waits for running handlers
     * @param settle brings the results that came in so far into the ledger
     * @param told hears of what happened to how many partitions
     */
    Rebalances(
            OffsetLedger ledger,
            CommitProtocol<?> commits,
            Schedule<?> lanes,
            Lifecycle lifecycle,
            HandlerCalls calls,
            Intake intake,
            RetryIntake retries,
            Duration wait,
            Runnable settle,
            ObjIntConsumer<Rebalance> told) {
        this.ledger = ledger;
        this.commits = commits;
        this.lanes = lanes;
        this.lifecycle = lifecycle;
        this.calls = calls;
        this.wait = wait;
        this.settle = settle;
        this.intake = intake;
        this.retries = retries;
        this.told = told;
    }

    /** What is assigned now; may be asked from any thread. */
    Set<TopicPartition> assigned() {
        return Set.copyOf(assigned);
    }

    /** Whether the group has given this member its part, which may be none; may be asked from any thread. */
    boolean joined() {
        return joined;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        joined = true;
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, CompletedAhead> before = commits.completedAhead(Set.copyOf(partitions));
        for (TopicPartition partition : partitions) {
            ledger.assigned(new Assignment(partition, ++epochs), before.getOrDefault(partition, CompletedAhead.NONE));
            assigned.add(partition);
        }
        retries.assigned(partitions, intake);
        // The poll that brought them must not bring their records too if everything is held back.
        intake.apply();
        told.accept(Rebalance.ASSIGNED, partitions.size());
    }

    /** Starts a new term for partitions whose position was changed: nothing before it counts any more. */
    void restart(Collection<TopicPartition> partitions) {
        stopIntake(partitions);
        commits.forget(partitions);
        for (TopicPartition partition : partitions) {
            ledger.assigned(new Assignment(partition, ++epochs));
        }
        // What waits, and what is known of parked keys, is of the log that was.
        retries.forget(partitions);
        retries.assigned(partitions, intake);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        List<Assignment> late = release(partitions, wait);
        if (interrupts() && !late.isEmpty()) {
            calls.interrupt(late);
            awaitInterrupted(late);
        }
        commits.commit(partitions, lifecycle.stopped() ? lifecycle.timeLeft(Duration.ZERO) : COMMIT_WAIT);
        forget(partitions);
        told.accept(Rebalance.REVOKED, partitions.size());
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        joined = false;
        LOG.warn(
                "Lost {}: others may have them already; {}",
                partitions,
                commits.finishesWhatItReceived()
                        ? "what runs goes on, what waits for its handler is lost (AT_MOST_ONCE)"
                        : "what runs is interrupted, and will be done again");
        List<Assignment> lost = stopIntake(partitions);
        if (interrupts()) {
            // Nobody waits for them: it is too late for that.
            calls.interrupt(lost);
        }
        forget(partitions);
        told.accept(Rebalance.LOST, partitions.size());
    }

    /**
     * Handlers that go on when their partition is gone work beside those of the next member, on the same keys. But where
     * offsets are committed first, nobody else gets their records, and who interrupts them loses these.
     */
    private boolean interrupts() {
        return !commits.finishesWhatItReceived() && !lifecycle.stopped();
    }

    private void awaitInterrupted(List<Assignment> late) {
        try {
            List<Assignment> unused =
                    awaitAll(late, Assignment::awaitIdle, System.nanoTime() + INTERRUPTED_WAIT.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        settle.run();
    }

    /**
     * Lets no record of these partitions start any more, waits for those that run, and takes in their results.
     *
     * @return what still has running handlers
     */
    List<Assignment> release(Collection<TopicPartition> partitions, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        List<Assignment> late = List.of();
        try {
            if (commits.finishesWhatItReceived()) {
                if (!longest.isZero()) {
                    commits.commit(partitions, COMMIT_WAIT);
                }
                // What could not be committed is left to the next owner, so nobody waits for it.
                commits.forget(partitions);
                awaitAll(assignments(partitions), Assignment::awaitFinished, deadline)
                        .forEach(one -> LOG.warn(
                                "{} ends before all that came of it is handled: what waits for its handler is lost"
                                        + " (AT_MOST_ONCE)",
                                one));
            }
            late = awaitAll(stopIntake(partitions), Assignment::awaitIdle, deadline);
            if (!commits.finishesWhatItReceived()) {
                late.forEach(one ->
                        LOG.warn("{} is taken away while a handler still runs: its record will be handled again", one));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        settle.run();
        return late;
    }

    /** Something about an assignment to be waited for. */
    private interface Goal {
        boolean await(Assignment assignment, long deadline) throws InterruptedException;
    }

    /** @return those for which it took too long */
    private List<Assignment> awaitAll(List<Assignment> assignments, Goal goal, long deadline)
            throws InterruptedException {
        List<Assignment> late = new ArrayList<>();
        for (Assignment assignment : assignments) {
            if (!await(assignment, goal, deadline)) {
                late.add(assignment);
            }
        }
        return late;
    }

    private boolean await(Assignment assignment, Goal goal, long deadline) throws InterruptedException {
        while (true) {
            long bounded = lifecycle.bounded(deadline);
            long slice = System.nanoTime() + SLICE;
            if (goal.await(assignment, slice - bounded < 0 ? slice : bounded)) {
                return true;
            }
            if (System.nanoTime() - lifecycle.bounded(deadline) >= 0) {
                return false;
            }
        }
    }

    private List<Assignment> assignments(Collection<TopicPartition> partitions) {
        List<Assignment> known = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Assignment assignment = ledger.assignment(partition);
            if (assignment != null) {
                known.add(assignment);
            }
        }
        return known;
    }

    private List<Assignment> stopIntake(Collection<TopicPartition> partitions) {
        List<Assignment> ending = assignments(partitions);
        ending.forEach(Assignment::revoke);
        // Records that wait on their lanes see now that they are not ours any more.
        lanes.nudge();
        return ending;
    }

    private void forget(Collection<TopicPartition> partitions) {
        retries.forget(partitions);
        commits.forget(partitions);
        for (TopicPartition partition : partitions) {
            ledger.forget(partition);
            assigned.remove(partition);
            intake.forget(partition);
        }
    }
}
