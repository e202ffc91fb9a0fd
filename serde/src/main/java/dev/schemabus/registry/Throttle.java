package dev.schemabus.registry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Holds all calls back while the registry asks to be left alone (HTTP 429). */
final class Throttle {

    private final CallClock clock;
    private final AtomicLong until;

    Throttle(CallClock clock) {
        this.clock = clock;
        this.until = new AtomicLong(clock.nanos());
    }

    /** Nobody is to ask for so long; a longer time that was said before stands. */
    void hold(Duration wait) {
        long end = clock.nanos() + wait.toNanos();
        until.updateAndGet(known -> end - known > 0 ? end : known);
    }

    /** How long nobody is to ask. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, until.get() - clock.nanos()));
    }
}
