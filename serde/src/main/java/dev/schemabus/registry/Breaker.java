package dev.schemabus.registry;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a registry that doesn't answer alone: after several failures in a row nobody asks for a while, and then one call,
 * the probe, finds out for all.
 */
final class Breaker {

    /** Failures in a row that open it. */
    static final int FAILURES = 5;

    /** How long it stays open before a probe may pass. */
    static final Duration OPEN = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    /** What a call may do. */
    enum Permit {
        PASS,
        /** Ask once, for all; what it meets must be told. */
        PROBE,
        /** Don't ask. */
        REFUSED
    }

    private final String registry;
    private final CallClock clock;

    /** Failures that have lasted so long are enough, however few they are: those of a registry that hangs take long. */
    private final long longestStreak;

    private CircuitState state = CircuitState.CLOSED;
    private int failures;
    private long streakBegan;
    private long opened;
    private long probed;
    private @Nullable String lastFailure;

    /**
     * @param registry where it is, for the log
     * @param deadline how long one call may take
     */
    Breaker(String registry, Duration deadline, CallClock clock) {
        this.registry = registry;
        this.clock = clock;
        this.longestStreak = deadline.toNanos();
    }

    /** Asks whether a call may be made. Whoever may must say how it went. */
    synchronized Permit permit() {
        if (state == CircuitState.CLOSED) {
            return Permit.PASS;
        }
        // A probe that takes longer than any call may will not come back: somebody's code hangs in it.
        boolean lost = state == CircuitState.HALF_OPEN && clock.nanos() - probed >= 2 * longestStreak;
        if (lost || (state == CircuitState.OPEN && left().isZero())) {
            state = CircuitState.HALF_OPEN;
            probed = clock.nanos();
            return Permit.PROBE;
        }
        return Permit.REFUSED;
    }

    /** The registry answered, whatever it said. */
    synchronized void succeeded() {
        if (state != CircuitState.CLOSED) {
            LOG.info("The schema registry at {} answers again", registry);
        }
        state = CircuitState.CLOSED;
        failures = 0;
        lastFailure = null;
    }

    /**
     * No URL answered.
     *
     * @param began when the call was sent, by the clock
     */
    synchronized void failed(Permit permit, long began, String reason) {
        lastFailure = reason;
        if (permit == Permit.PROBE) {
            // Unless a call that began before has been answered meanwhile.
            if (state == CircuitState.HALF_OPEN) {
                open();
            }
        } else if (state == CircuitState.CLOSED) {
            streakBegan = failures == 0 || began - streakBegan < 0 ? began : streakBegan;
            failures++;
            if (failures >= FAILURES || (failures > 1 && clock.nanos() - streakBegan >= longestStreak)) {
                LOG.warn(
                        "The schema registry at {} failed {} times in a row and is asked only every {} ms until it"
                                + " answers; what is known of it goes on working. {}",
                        registry,
                        failures,
                        OPEN.toMillis(),
                        reason);
                open();
            }
        }
    }

    private void open() {
        state = CircuitState.OPEN;
        opened = clock.nanos();
    }

    /** The call ended without saying anything about the registry; the next may try. */
    synchronized void abandoned(Permit permit) {
        if (permit == Permit.PROBE && state == CircuitState.HALF_OPEN) {
            state = CircuitState.OPEN;
        }
    }

    synchronized CircuitState state() {
        return state;
    }

    /** How long nobody may ask; zero if somebody may. */
    synchronized Duration left() {
        if (state != CircuitState.OPEN) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(Math.max(0, OPEN.toNanos() - (clock.nanos() - opened)));
    }

    /** Why it didn't answer, unless it has answered since. */
    synchronized Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }
}
