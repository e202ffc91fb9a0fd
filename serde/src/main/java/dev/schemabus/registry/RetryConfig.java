package dev.schemabus.registry;

import java.time.Duration;

/**
 * When a call that got no answer is made again. Each wait is drawn at random, from nothing up to a limit that doubles from
 * wait to wait ("full jitter"), so that clients that failed together don't come back together. However many retries there
 * are, {@link RegistryConfig#deadline} ends them all. An immutable value.
 *
 * @param retries how often the URLs are gone through again; 0 for never
 * @param firstWait the limit of the first wait
 * @param maxWait what the limit doesn't grow beyond
 */
public record RetryConfig(int retries, Duration firstWait, Duration maxWait) {

    /** @throws IllegalArgumentException if one of them is negative */
    public RetryConfig {
        if (retries < 0 || firstWait.isNegative() || maxWait.isNegative()) {
            throw new IllegalArgumentException(
                    "Retries and their waits are not negative: " + retries + ", " + firstWait + ", " + maxWait);
        }
    }

    /** Three retries, the first after at most 1 s, none after more than 20 s. */
    public static RetryConfig standard() {
        return new RetryConfig(3, Duration.ofSeconds(1), Duration.ofSeconds(20));
    }

    /** No retries. */
    public static RetryConfig none() {
        return new RetryConfig(0, Duration.ZERO, Duration.ZERO);
    }

    /**
     * How long to wait before a retry.
     *
     * @param retry its number, from 0
     * @param random at least 0 and less than 1
     */
    Duration drawn(int retry, double random) {
        double limit = Math.min((double) maxWait.toNanos(), firstWait.toNanos() * Math.pow(2, retry));
        return Duration.ofNanos((long) (limit * random));
    }
}
