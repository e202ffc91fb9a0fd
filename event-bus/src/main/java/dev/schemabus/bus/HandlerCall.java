package dev.schemabus.bus;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CancellationException;
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
     *     away: then its record isn't handled, even if there is no error, and an error says nothing about it
     * @param nanos how long it took
     */
    record End(@Nullable Throwable error, boolean taken, long nanos) {}

    /** What is done while it may be interrupted. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    private final HandlerCalls calls;
    private final Object work;
    private final Set<Assignment> assignments;
    private final Thread thread = Thread.currentThread();
    private final long start = System.nanoTime();
    private @Nullable Interruption interruption;
    private @Nullable HandlerTimeoutException tooLong;
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

    /**
     * Calls the handler: its time begins, and it is over when this returns or throws. Whoever has a transaction around
     * this learns what became of the handler before it commits, and isn't interrupted while it does.
     *
     * @throws HandlerTimeoutException if it was interrupted for its time, and returned
     * @throws CancellationException if its partition was taken away before it returned
     */
    void run(Body handler) throws Exception {
        try {
            enter();
            handler.run();
        } finally {
            leave();
        }
        check();
    }

    /** The handler is called now. */
    synchronized void enter() {
        check();
        calls.startClock(this);
    }

    private void check() {
        Interruption interrupted = interruption();
        if (interrupted == Interruption.TIMEOUT) {
            tooLong = calls.tooLong(this, null);
            throw tooLong;
        }
        if (interrupted != null) {
            throw new CancellationException("The partition of " + this + " was taken away: it isn't handled here");
        }
    }

    private synchronized @Nullable Interruption interruption() {
        return interruption;
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
        leave();
        calls.ended(this);
        Interruption interrupted = interruption();
        boolean untold = interrupted == Interruption.TIMEOUT && (error == null || error != tooLong);
        return new End(
                untold ? calls.tooLong(this, error) : error,
                interrupted == Interruption.REVOCATION,
                System.nanoTime() - start);
    }

    private synchronized void leave() {
        if (over) {
            return;
        }
        over = true;
        if (alarm != null) {
            alarm.cancel(false);
        }
        if (interruption != null) {
            Thread.interrupted();
        }
    }

    /** Keeps what is to happen if the call isn't over by then, in place of what was. */
    synchronized void alarm(Future<?> next) {
        if (alarm != null) {
            alarm.cancel(false);
        }
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
