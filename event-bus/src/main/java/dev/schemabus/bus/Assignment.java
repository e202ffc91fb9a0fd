package dev.schemabus.bus;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Internal: one term during which this member owns a partition. Results are stamped with it, so those of an earlier
 * term are recognised and dropped. Workers enter and leave it; a revocation lets nobody in and waits for those inside.
 */
final class Assignment {

    private final TopicPartition partition;
    private final long epoch;
    private boolean revoked;
    private int inside;
    private int unfinished;

    /** @param epoch grows with every assignment of this subscription */
    Assignment(TopicPartition partition, long epoch) {
        this.partition = partition;
        this.epoch = epoch;
    }

    TopicPartition partition() {
        return partition;
    }

    long epoch() {
        return epoch;
    }

    /** Lets a worker start on a record of this partition; false once revoked. */
    synchronized boolean enter() {
        if (revoked) {
            return false;
        }
        inside++;
        return true;
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** A record came. */
    synchronized void received() {
        unfinished++;
    }

    /** A record ended. */
    synchronized void finished() {
        unfinished--;
        notifyAll();
    }

    /** Whether nobody is let in any more. */
    synchronized boolean isRevoked() {
        return revoked;
    }

    /** Lets nobody in any more. */
    synchronized void revoke() {
        revoked = true;
    }

    /**
     * Waits for the workers inside.
     *
     * @param deadline in {@link System#nanoTime} terms
     * @return whether all left in time
     */
    boolean awaitIdle(long deadline) throws InterruptedException {
        return await(() -> inside == 0, deadline);
    }

    /** The same for all records that came. */
    boolean awaitFinished(long deadline) throws InterruptedException {
        return await(() -> unfinished == 0, deadline);
    }

    private synchronized boolean await(BooleanSupplier goal, long deadline) throws InterruptedException {
        while (!goal.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    @Override
    public String toString() {
        return partition + "@" + epoch;
    }
}
