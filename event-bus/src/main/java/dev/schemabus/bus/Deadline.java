package dev.schemabus.bus;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Internal: the time that one publication has. What comes first, its end or the hand-over to the producer, decides
 * whether the event was surely not written.
 */
final class Deadline {

    private final Optional<Duration> time;
    private final long start = System.nanoTime();
    private final AtomicBoolean decided = new AtomicBoolean();

    /** @param time empty for none */
    Deadline(Optional<Duration> time) {
        this.time = time;
    }

    boolean isSet() {
        return time.isPresent();
    }

    /** What is left, at least 0; only if it is set. */
    Duration left() {
        Duration left = time.orElseThrow().minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The shorter of a wait and what is left. */
    Duration within(Duration wait) {
        return isSet() && left().compareTo(wait) < 0 ? left() : wait;
    }

    /** The record is about to go to the producer. @return false if it is too late: then it must not */
    boolean handOver() {
        boolean inTime = !isSet() || !left().isZero();
        return decided.compareAndSet(false, true) && inTime;
    }

    /** Nobody waits any more. @return whether the record surely never went to the producer */
    boolean expire() {
        return decided.compareAndSet(false, true);
    }

    @Override
    public String toString() {
        return time.map(Duration::toString).orElse("none");
    }
}
