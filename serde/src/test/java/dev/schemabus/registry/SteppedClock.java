package dev.schemabus.registry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when somebody sleeps, or as a test says. */
final class SteppedClock implements CallClock {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // soon over the edge
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    private volatile double random = 0.5;

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void sleep(long wait) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sleeps.add(Duration.ofNanos(wait));
        nanos.addAndGet(wait);
    }

    @Override
    public double random() {
        return random;
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    void setRandom(double next) {
        random = next;
    }

    /** How long callers slept, one after the other. */
    List<Duration> sleeps() {
        return sleeps;
    }
}
