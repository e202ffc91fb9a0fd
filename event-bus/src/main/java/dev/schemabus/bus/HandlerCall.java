package dev.schemabus.bus;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Internal: one call of a handler, which may be interrupted while it runs and never after: by then its thread works on
 * something else.
 */
final class HandlerCall {

    /** Why a handler is interrupted. */
    enum Interruption {
        /** It has taken longer than it may. */
        TIMEOUT,
        /** Its partition is another member's now. */
        REVOCATION
    }

    /**
     * The end of a call.
     *
     * @param error what the handler has failed with, or null
     * @param taken whether it was interrupted because its partition, or that of another record of its batch, was taken
     *     away: then an error says nothing about the record
     * @param nanos how long it took
     */
    record End(@Nullable Throwable error, boolean taken, long nanos) {}

    private final HandlerCalls calls;
    private final Object work;
    private final Set<Assignment> assignments;
    private final Thread thread = Thread.currentThread();
    private final long start = System.nanoTime();
    private @Nullable Interruption interruption;
    private boolean over;
    private @Nullable Future<?> alarm;

    /**
     * A call on the current thread.
     *
     * @param work what the handler works on, named by {@code toString}
     */
    HandlerCall(HandlerCalls calls, Object work, Set<Assignment> assignments) {
        this.calls = calls;
        this.work = work;
        this.assignments = assignments;
    }

    /** Interrupts the handler; false if that was done before, or it is over. */
    synchronized boolean interrupt(Interruption reason) {
        if (over || interruption != null) {
            return false;
        }
        interruption = reason;
        thread.interrupt();
        return true;
    }

    /**
     * The handler has returned or thrown. Nobody interrupts its thread on its behalf from here on, and what is left of an
     * interruption is gone.
     *
     * @param error what it threw, or null
     */
    End end(@Nullable Throwable error) {
        Interruption interrupted;
        synchronized (this) {
            over = true;
            interrupted = interruption;
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
        if (interrupted != null) {
            Thread.interrupted();
        }
        calls.ended(this);
        return new End(
                interrupted == Interruption.TIMEOUT ? calls.tooLong(this, error) : error,
                interrupted == Interruption.REVOCATION,
                System.nanoTime() - start);
    }

    /** Keeps what is to happen if the call isn't over by then. */
    synchronized void alarm(Future<?> next) {
        alarm = next;
        if (over) {
            next.cancel(false);
        }
    }

    synchronized boolean isOver() {
        return over;
    }

    boolean isOf(Collection<Assignment> some) {
        return some.stream().anyMatch(assignments::contains);
    }

    Thread thread() {
        return thread;
    }

    /** The coordinates of what it works on. */
    @Override
    public String toString() {
        return work.toString();
    }
}
