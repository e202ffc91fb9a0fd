package dev.schemabus.bus;

import java.time.Duration;

/**
 * How often a handler that throws gets the same record again. The record waits on its lane: later records of its key
 * wait behind it, other keys go on. The wait before attempt n+1 is random between zero and
 * {@code min(maxBackoff, backoff * 2^(n-1))} (exponential backoff with full jitter).
 *
 * @param attempts how often the handler is called at most, the first time included; at least 1
 * @param backoff the longest wait before the second attempt
 * @param maxBackoff the longest wait before any attempt
 */
public record RetryPolicy(int attempts, Duration backoff, Duration maxBackoff) {

    /** Three attempts, 200 ms. */
    public static final RetryPolicy DEFAULT = inPlace(3, Duration.ofMillis(200));

    /** @throws BusConfigurationException if attempts is less than 1, or a duration is negative */
    public RetryPolicy {
        if (attempts < 1) {
            throw new BusConfigurationException(
                    "A retry policy has at least 1 attempt, the first one, not " + attempts);
        }
        if (backoff.isNegative() || maxBackoff.isNegative()) {
            throw new BusConfigurationException("A backoff is not negative: " + backoff + ", " + maxBackoff);
        }
    }

    /** Several attempts on the record's lane; no wait is longer than 10 s, or the backoff if that is longer. */
    public static RetryPolicy inPlace(int attempts, Duration backoff) {
        return new RetryPolicy(
                attempts, backoff, backoff.compareTo(Duration.ofSeconds(10)) > 0 ? backoff : Duration.ofSeconds(10));
    }

    /** One attempt only. */
    public static RetryPolicy none() {
        return inPlace(1, Duration.ZERO);
    }
}
