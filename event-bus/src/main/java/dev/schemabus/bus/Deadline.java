package dev.schemabus.bus;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Internal: the time that one publication has. What comes first, its end or the hand-over to the producer, decides
 * whether the event was surely not written.
 */
final class Deadline {

    /** No deadline: it is always in time. */
    static final Deadline NONE = new Deadline(null);

    private final @Nullable Duration time;
    private final long start = System.nanoTime();
    private final AtomicBoolean decided = new AtomicBoolean();

    /** @param time from now on; null for ever */
    Deadline(@Nullable Duration time) {
        this.time = time;
    }

    boolean isSet() {
        return time != null;
    }

    /** What is left, at least 0; only if it is set. */
    Duration left() {
        if (time == null) {
            throw new IllegalStateException("There is no deadline, so nothing is left of it");
        }
        Duration left = time.minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The shorter of a wait and what is left. */
    Duration within(Duration wait) {
        return isSet() && left().compareTo(wait) < 0 ? left() : wait;
    }

    /** The record is about to go to the producer. @return false if it is too late: then it must not */
    boolean handOver() {
        return !isSet() || (decided.compareAndSet(false, true) && !left().isZero());
    }

    /** Nobody waits any more. @return whether the record surely never went to the producer */
    boolean expire() {
        return decided.compareAndSet(false, true);
    }

    @Override
    public String toString() {
        return time == null ? "none" : time.toString();
    }
}
