package dev.schemabus.bus;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Internal: how much was received and is not finished, and whether there is no room for what another poll may bring.
 * Changed by the poll thread alone; others may look.
 */
final class InFlight {

    private final PollLimits limits;
    private final AtomicInteger records = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private boolean full;

    InFlight(PollLimits limits) {
        this.limits = limits;
    }

    void add(long recordBytes) {
        full = limits.full(records.incrementAndGet(), bytes.addAndGet(recordBytes)) || full;
    }

    /** What is in flight takes more than it did. */
    void grow(long more) {
        full = limits.full(records.get(), bytes.addAndGet(more)) || full;
    }

    void release(long recordBytes) {
        full = !limits.room(records.decrementAndGet(), bytes.addAndGet(-recordBytes)) && full;
    }

    boolean full() {
        return full;
    }

    boolean empty() {
        return records.get() == 0;
    }

    int records() {
        return records.get();
    }

    long bytes() {
        return bytes.get();
    }
}
