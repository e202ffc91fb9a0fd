package dev.schemabus.bus;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Internal: how far a subscription is on its way from start to end, seen by the poll thread and all workers. */
final class Lifecycle {

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);

    private enum Phase {
        RUNNING,
        LEAVING,
        STOPPED
    }

    private volatile Phase phase = Phase.RUNNING;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Long deadline;
    private volatile boolean paused;
    private final Queue<CompletableFuture<Boolean>> drains = new ConcurrentLinkedQueue<>();

    boolean running() {
        return phase == Phase.RUNNING;
    }

    /** Whether records that would have to wait are given up, uncommitted. */
    boolean leaving() {
        return phase != Phase.RUNNING;
    }

    /** Whether no record gets a turn any more. */
    boolean stopped() {
        return phase == Phase.STOPPED;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether nothing is to be fetched for now. */
    boolean paused() {
        return paused;
    }

    /** Fetches nothing until {@link #resume}; what was received goes on. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        answerDrains(false);
    }

    /** Pauses, and tells when nothing is in flight any more and all of it is committed; false if that can't be had. */
    CompletableFuture<Boolean> drain() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        drains.add(done);
        pause();
        if (stopped()) {
            answerDrains(false);
        }
        return done;
    }

    /**
     * Nothing is in flight: commits for those that wait for it, and tells them. For the poll thread.
     *
     * @param commit false if the same may succeed later: then they wait on
     * @param committed whether all is, after that
     */
    void drained(BooleanSupplier commit, BooleanSupplier committed) {
        if (!drains.isEmpty() && commit.getAsBoolean()) {
            answerDrains(committed.getAsBoolean());
        }
    }

    private void answerDrains(boolean drained) {
        for (CompletableFuture<Boolean> done = drains.poll(); done != null; done = drains.poll()) {
            done.complete(drained);
        }
    }

    /** Takes nothing in any more, and finishes what can be finished in time. */
    synchronized void leave(Duration time) {
        if (deadline == null) {
            deadline = System.nanoTime() + time.toNanos();
        }
        if (phase == Phase.RUNNING) {
            phase = Phase.LEAVING;
        }
    }

    /** Ends it at once. */
    synchronized void stop() {
        phase = Phase.STOPPED;
        answerDrains(false);
    }

    /** Ends it at once, because going on would lose a record. */
    synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        phase = Phase.STOPPED;
        answerDrains(false);
    }

    /** The earlier of a deadline and that of a close under way. */
    long bounded(long otherDeadline) {
        Long closing = deadline;
        return closing != null && closing - otherDeadline < 0 ? closing : otherDeadline;
    }

    /** What a close under way leaves for the last requests: at least so much, at most 5 s. */
    Duration timeLeft(Duration least) {
        long longest = System.nanoTime() + LONGEST_REQUEST.toNanos();
        return Duration.ofNanos(Math.max(least.toNanos(), bounded(longest) - System.nanoTime()));
    }
}
