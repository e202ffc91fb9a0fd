package dev.schemabus.bus;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Internal: lets one through per interval. */
final class RateLimit {

    private final long interval;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    RateLimit(Duration interval) {
        this.interval = interval.toNanos();
    }

    boolean permits() {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + interval);
    }
}
