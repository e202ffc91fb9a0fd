package dev.schemabus.bus;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: the handlers of a subscription that run now, and what interrupts them. */
final class HandlerCalls {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerCalls.class);

    /** What an interrupted handler may take to clean up before anybody hears of it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final int FRAMES_SHOWN = 10;

    private final Duration timeout;
    private final ScheduledExecutorService timer;
    private final Map<Thread, HandlerCall> running = new ConcurrentHashMap<>();
    private final Set<HandlerCall> deaf = ConcurrentHashMap.newKeySet();

    /** @param timeout how long a handler may take; zero: as long as it likes */
    HandlerCalls(Duration timeout, ScheduledExecutorService timer) {
        this.timeout = timeout;
        this.timer = timer;
    }

    /**
     * The calling thread is about to call a handler, by {@link HandlerCall#run}; {@link HandlerCall#end} must follow.
     *
     * @param work what it works on, named by {@code toString}
     * @param assignments whose records these are
     */
    HandlerCall begin(Object work, Set<Assignment> assignments) {
        HandlerCall call = new HandlerCall(this, work, assignments);
        running.put(call.thread(), call);
        return call;
    }

    /** Its handler is called now: what was before, as waiting for a database, isn't its time. */
    void startClock(HandlerCall call) {
        if (!timeout.isZero()) {
            alarm(call, timeout, () -> timedOut(call));
        }
    }

    /** Whether a thread is in a handler: it must not wait for the end, which waits for it. */
    boolean isRunning(Thread thread) {
        return running.containsKey(thread);
    }

    /** Interrupts the handlers that work on records of these. */
    void interrupt(Collection<Assignment> revoked) {
        for (HandlerCall call : running.values()) {
            if (call.isOf(revoked) && call.interrupt(HandlerCall.Interruption.REVOCATION)) {
                alarm(call, GRACE, () -> goesOn(call));
            }
        }
    }

    /** Says that handlers go on though they were interrupted; empty if none does. */
    Optional<String> reason() {
        int count = deaf.size();
        return count == 0
                ? Optional.empty()
                : Optional.of("Handlers go on though they were interrupted (" + count + " of them)");
    }

    void ended(HandlerCall call) {
        running.remove(call.thread());
        if (deaf.remove(call)) {
            LOG.info("The handler of {} has come to its end", call);
        }
    }

    HandlerTimeoutException tooLong(HandlerCall call, @Nullable Throwable error) {
        String message = "The handler of " + call + " took longer than " + timeout
                + " and was interrupted: make it faster, give what it calls a timeout of its own, or raise"
                + " handlerTimeout(…) (" + BusKeys.HANDLER_TIMEOUT_MS + ")";
        return error == null ? new HandlerTimeoutException(message) : new HandlerTimeoutException(message, error);
    }

    private void timedOut(HandlerCall call) {
        if (call.interrupt(HandlerCall.Interruption.TIMEOUT)) {
            alarm(call, GRACE, () -> goesOn(call));
        }
    }

    /** Nothing ends a thread that doesn't want to: only its lane and its worker are held, and somebody should know. */
    private void goesOn(HandlerCall call) {
        deaf.add(call);
        if (call.isOver()) {
            deaf.remove(call);
            return;
        }
        LOG.warn(
                "The handler of {} was interrupted and goes on: it keeps its worker and the records behind it. It is at {}",
                call,
                Arrays.stream(call.thread().getStackTrace())
                        .limit(FRAMES_SHOWN)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < ")));
    }

    private void alarm(HandlerCall call, Duration after, Runnable action) {
        try {
            call.alarm(timer.schedule(action, after.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            LOG.debug("The subscription ends, and interrupts all that runs", e);
        }
    }
}
