package dev.schemabus.bus;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Internal: exponential backoff with full jitter.
 *
 * @param base the longest first wait
 * @param max the longest wait
 */
record Backoff(Duration base, Duration max) {

    /**
     * A random wait.
     *
     * @param failures how often it has failed, from 1
     */
    Duration after(int failures, RandomGenerator random) {
        int doublings = Math.min(failures - 1, 30);
        double longest = Math.min((double) max.toNanos(), (double) base.toNanos() * (1L << doublings));
        return Duration.ofNanos((long) (longest * random.nextDouble()));
    }
}
