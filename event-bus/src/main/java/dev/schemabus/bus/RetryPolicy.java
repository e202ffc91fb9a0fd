package dev.schemabus.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How often a handler that throws gets the same record again, when, and in which order. An immutable value. Whatever the
 * policy, a record that used up its attempts becomes a dead letter, and attempts are never spent on something else than
 * the handler: a registry or a topic that is away costs none.
 *
 * <table>
 * <caption>Policies</caption>
 * <tr><th>policy</th><th>where the record waits</th><th>its key</th><th>other keys</th><th>attempts after a restart</th></tr>
 * <tr><td>{@link #inPlace}</td><td>in memory, on its lane</td><td>waits behind it</td><td>go on</td><td>from 1 again</td></tr>
 * <tr><td>{@link #topics}</td><td>in a retry topic</td><td>overtakes it</td><td>go on</td><td>go on counting</td></tr>
 * <tr><td>{@link #keepKeyOrder}</td><td>in a retry topic</td><td>follows it there</td><td>go on</td><td>go on counting</td></tr>
 * </table>
 */
public final class RetryPolicy {

    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);
    private static final Backoff NO_BACKOFF = new Backoff(Duration.ZERO, Duration.ZERO);

    /** Three attempts in place, 200 ms. Stands after the constants it is made from. */
    public static final RetryPolicy DEFAULT = inPlace(3, Duration.ofMillis(200));

    /** Where a record waits. */
    enum Kind {
        IN_PLACE,
        TOPICS,
        KEEP_KEY_ORDER
    }

    private final Kind kind;
    private final int attempts;
    private final Backoff backoff;
    private final List<Duration> delays;
    private final boolean reordering;
    private final ExceptionRules exceptions;

    private RetryPolicy(
            Kind kind,
            int attempts,
            Backoff backoff,
            List<Duration> delays,
            boolean reordering,
            ExceptionRules exceptions) {
        if (attempts < 1) {
            throw new BusConfigurationException(
                    "A retry policy has at least 1 attempt, the first one, not " + attempts);
        }
        this.kind = kind;
        this.attempts = attempts;
        this.backoff = backoff;
        this.delays = delays;
        this.reordering = reordering;
        this.exceptions = exceptions;
    }

    /**
     * Several attempts on the record's lane: later records of its key wait behind it, other keys go on. The wait before
     * attempt n+1 is random between zero and {@code min(10 s, backoff * 2^(n-1))} (exponential backoff with full
     * jitter); a backoff above 10 s is itself the longest wait.
     *
     * @param attempts how often the handler is called at most, the first time included; at least 1
     * @param backoff the longest wait before the second attempt; not negative
     * @throws BusConfigurationException if one of them is out of range
     */
    public static RetryPolicy inPlace(int attempts, Duration backoff) {
        return inPlace(attempts, backoff, backoff.compareTo(LONGEST_BACKOFF) > 0 ? backoff : LONGEST_BACKOFF);
    }

    /** The same with a longest wait of the caller's. */
    public static RetryPolicy inPlace(int attempts, Duration backoff, Duration maxBackoff) {
        notNegative(backoff);
        notNegative(maxBackoff);
        return new RetryPolicy(
                Kind.IN_PLACE, attempts, new Backoff(backoff, maxBackoff), List.of(), false, ExceptionRules.NONE);
    }

    /** One attempt only. */
    public static RetryPolicy none() {
        return inPlace(1, Duration.ZERO);
    }

    /**
     * A retry topic per further attempt, {@code <topic>.<group>.retry.1} and so on: a record that failed goes there and
     * comes again after the delay, never earlier. Meanwhile later records of its key are handled: that must be accepted
     * by {@link #acceptReordering} if the subscription keeps an order.
     *
     * @param delays the wait before the second attempt, the third and so on; at least one, at most 99
     * @throws BusConfigurationException if there is none, or one is negative
     */
    public static RetryPolicy topics(Duration... delays) {
        if (delays.length == 0 || delays.length > 99) {
            throw new BusConfigurationException("Retry topics need 1 to 99 delays, not " + delays.length
                    + ": topics(Duration.ofSeconds(10), Duration.ofMinutes(5)) makes two topics and three attempts");
        }
        for (Duration delay : delays) {
            notNegative(delay);
        }
        return new RetryPolicy(
                Kind.TOPICS,
                delays.length + 1,
                NO_BACKOFF,
                List.copyOf(Arrays.asList(delays)),
                false,
                ExceptionRules.NONE);
    }

    /**
     * A retry topic that keeps the order of each key: a record that failed goes to {@code <topic>.<group>.retry.0}, and
     * until it is handled or a dead letter, later records of its key follow it there and wait behind it. Other keys go
     * on. Survives crashes, restarts and rebalances with the order kept and the attempts counted.
     *
     * @param delay the wait before each further attempt; not negative
     * @param attempts how often the handler is called at most, the first time included; at least 1
     * @throws BusConfigurationException if one of them is out of range
     */
    public static RetryPolicy keepKeyOrder(Duration delay, int attempts) {
        notNegative(delay);
        return new RetryPolicy(
                Kind.KEEP_KEY_ORDER,
                attempts,
                NO_BACKOFF,
                Collections.nCopies(Math.max(0, attempts - 1), delay),
                false,
                ExceptionRules.NONE);
    }

    /** Accepts that {@link #topics} lets later records of a key overtake one that waits. */
    public RetryPolicy acceptReordering() {
        return new RetryPolicy(kind, attempts, backoff, delays, true, exceptions);
    }

    /**
     * Tries again after these exceptions and no others, unless {@link #doNotRetryOn} names them too. An exception counts
     * as one of a class if it or one of its causes is. Adds to those named before.
     */
    @SafeVarargs
    public final RetryPolicy retryOn(Class<? extends Throwable>... classes) {
        return with(exceptions.retryingOn(list(classes)));
    }

    /**
     * Doesn't try again after these exceptions: the record becomes a dead letter at once. Goes before {@link #retryOn}.
     * An exception counts as one of a class if it or one of its causes is. Adds to those named before. If neither list
     * decides, {@link LinkageError} and {@link StackOverflowError} are not tried again, and all others are.
     */
    @SafeVarargs
    public final RetryPolicy doNotRetryOn(Class<? extends Throwable>... classes) {
        return with(exceptions.notRetryingOn(list(classes)));
    }

    /** How often the handler is called at most, the first time included. */
    public int attempts() {
        return attempts;
    }

    /** The same with another number of attempts. For retries in place. */
    RetryPolicy withAttempts(int number) {
        return new RetryPolicy(kind, number, backoff, delays, reordering, exceptions);
    }

    /** The same with another first backoff; the longest wait is at least that. For retries in place. */
    RetryPolicy withBackoff(Duration base) {
        notNegative(base);
        Duration max = base.compareTo(backoff.max()) > 0 ? base : backoff.max();
        return new RetryPolicy(kind, attempts, new Backoff(base, max), delays, reordering, exceptions);
    }

    Kind kind() {
        return kind;
    }

    boolean reorderingAccepted() {
        return reordering;
    }

    /** Whether another attempt follows. */
    boolean retries(Throwable error, int attemptsSoFar) {
        return attemptsSoFar < attempts && exceptions.retried(error);
    }

    /** The wait on the lane before the next attempt. */
    Duration backoff(int attemptsSoFar, RandomGenerator random) {
        return backoff.after(attemptsSoFar, random);
    }

    /** The wait in a retry topic before each further attempt, in order; empty if there are no retry topics. */
    List<Duration> delays() {
        return delays;
    }

    ExceptionRules exceptions() {
        return exceptions;
    }

    /** The same with other rules. */
    RetryPolicy with(ExceptionRules rules) {
        return new RetryPolicy(kind, attempts, backoff, delays, reordering, rules);
    }

    // Arrays.asList would pass the array on, which the compiler can't see to be safe.
    @SafeVarargs
    private static List<Class<? extends Throwable>> list(Class<? extends Throwable>... classes) {
        List<Class<? extends Throwable>> list = new ArrayList<>();
        for (Class<? extends Throwable> named : classes) {
            list.add(named);
        }
        return list;
    }

    private static void notNegative(Duration wait) {
        if (wait.isNegative()) {
            throw new BusConfigurationException("A wait before a further attempt is not negative: " + wait);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RetryPolicy policy
                && kind == policy.kind
                && attempts == policy.attempts
                && backoff.equals(policy.backoff)
                && delays.equals(policy.delays)
                && reordering == policy.reordering
                && exceptions.equals(policy.exceptions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, attempts, backoff, delays, reordering, exceptions);
    }

    @Override
    public String toString() {
        String waits = kind == Kind.IN_PLACE ? "backoff " + backoff.base() : "delays " + delays;
        return "RetryPolicy[" + kind + ", " + attempts + " attempts, " + waits + ", " + exceptions + "]";
    }
}
