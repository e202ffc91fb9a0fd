package dev.schemabus.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls to a registry that may be away: goes over its URLs, tries again, waits as long as it is told to, and stops
 * asking where that is of no use. A call ends within its deadline, whatever happens. Knows nothing of HTTP.
 */
final class ResilientCalls {

    /**
     * One try at one URL.
     *
     * @param <T> the answer
     */
    interface Attempt<T> {
        /**
         * Asks.
         *
         * @param end by when it must have ended, by the clock
         * @throws RegistryUnavailableException if trying elsewhere or later may help
         */
        T at(String base, long end);
    }

    /** What may be done with a call that got no answer. */
    enum Repetition {
        /** It may be made again: doing it twice is doing it once. */
        HARMLESS,
        /** It may be made again only if nobody can have received it. */
        IF_UNSENT
    }

    private final Endpoints endpoints;
    private final RetryConfig retries;
    private final Duration deadline;
    private final CallClock clock;
    private final CallMeter meter;
    private final Breaker breaker;
    private final Throttle throttle;

    /** When the calls that a thread makes for one purpose must all have ended. */
    private final ThreadLocal<@Nullable Long> commonEnd = new ThreadLocal<>();

    ResilientCalls(List<String> bases, RegistryConfig config, CallMeter meter, CallClock clock) {
        this.endpoints = new Endpoints(bases);
        this.retries = config.retries();
        this.deadline = config.deadline();
        this.clock = clock;
        this.meter = meter;
        this.breaker = new Breaker(endpoints.toString(), deadline, clock);
        this.throttle = new Throttle(clock);
    }

    Breaker breaker() {
        return breaker;
    }

    Throttle throttle() {
        return throttle;
    }

    /** Gives all the calls that a thread makes one deadline, instead of one each. */
    <T> T inOneDeadline(Supplier<T> calls) {
        if (commonEnd.get() != null) {
            return calls.get();
        }
        commonEnd.set(clock.nanos() + deadline.toNanos());
        try {
            return calls.get();
        } finally {
            commonEnd.remove();
        }
    }

    private long end(long began) {
        Long common = commonEnd.get();
        return common == null ? began + deadline.toNanos() : common;
    }

    /**
     * Makes one call.
     *
     * @param purpose what it is for, such as {@code register a schema for subject 'a'}; part of every message
     */
    <T> T call(String purpose, Repetition repetition, Attempt<T> attempt) {
        long began = clock.nanos();
        long end = end(began);
        if (began - end >= 0) {
            throw new RegistryUnavailableException(
                    0,
                    "Can't " + purpose + ": the calls before it took all of the " + Failures.text(deadline)
                            + " that an operation has. Is the registry at " + endpoints
                            + " overloaded? Try again later, or raise schemabus.registry.deadline.ms");
        }
        for (int retry = 0; ; retry++) {
            awaitThrottle(purpose, end);
            Breaker.Permit permit = breaker.permit();
            if (permit == Breaker.Permit.REFUSED) {
                throw leftAlone(purpose);
            }
            RegistryUnavailableException failure;
            try {
                return round(permit, repetition, attempt, end);
            } catch (RegistryUnavailableException e) {
                failure = e;
            }
            if (repetition == Repetition.IF_UNSENT && !Failures.unsent(failure)) {
                throw isThrottled(failure) || isInterrupted(failure) ? failure : inDoubt(failure);
            }
            Duration wait = wait(failure, retry);
            boolean useless = permit == Breaker.Permit.PROBE
                    || breaker.state() != CircuitState.CLOSED
                    || clock.nanos() + wait.toNanos() - end >= 0;
            if (retry == retries.retries() || useless || isInterrupted(failure) || Failures.forGood(failure)) {
                throw retry == 0 || isInterrupted(failure)
                        ? failure
                        : givenUp(failure, retry + 1, clock.nanos() - began);
            }
            meter.retries.increment();
            sleep(purpose, wait);
        }
    }

    private Duration wait(RegistryUnavailableException failure, int retry) {
        Duration drawn = retries.drawn(retry, clock.random());
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        return asked.compareTo(drawn) > 0 ? asked : drawn;
    }

    /** Asks each URL once, and tells the breaker. */
    private <T> T round(Breaker.Permit permit, Repetition repetition, Attempt<T> attempt, long end) {
        long began = clock.nanos();
        boolean told = false;
        try {
            T answer = firstAnswer(repetition, attempt, end);
            breaker.succeeded();
            told = true;
            return answer;
        } catch (RegistryUnavailableException e) {
            meter.failures.increment();
            if (isThrottled(e)) {
                throttle.hold(e.retryAfter().orElseGet(retries::firstWait));
                breaker.succeeded();
                told = true;
            } else if (!isInterrupted(e)) {
                breaker.failed(permit, began, String.valueOf(e.getMessage()));
                told = true;
            }
            throw e;
        } catch (RegistryException e) {
            // "Not found" and the like are answers.
            breaker.succeeded();
            told = true;
            throw e;
        } finally {
            if (!told) {
                breaker.abandoned(permit);
            }
        }
    }

    private <T> T firstAnswer(Repetition repetition, Attempt<T> attempt, long end) {
        List<RegistryUnavailableException> failures = new ArrayList<>();
        for (String base : endpoints.inOrder()) {
            if (clock.nanos() - end >= 0) {
                String late = "no time left to try " + base + " within " + Failures.text(deadline);
                failures.add(new RegistryUnavailableException(0, late).beforeSending());
                break;
            }
            try {
                T answer = attempt.at(base, end);
                endpoints.answered(base);
                return answer;
            } catch (RegistryUnavailableException e) {
                // 429 asks to be left alone: the next URL is the same registry.
                if (isThrottled(e) || isInterrupted(e)) {
                    throw e;
                }
                failures.add(e);
                if (repetition == Repetition.IF_UNSENT && !Failures.unsent(e)) {
                    break;
                }
            } catch (RegistryException e) {
                endpoints.answered(base);
                throw e;
            }
        }
        throw failures.size() == 1 ? failures.get(0) : together(failures);
    }

    private void awaitThrottle(String purpose, long end) {
        for (Duration left = throttle.left(); !left.isZero(); left = throttle.left()) {
            if (clock.nanos() + left.toNanos() - end >= 0) {
                throw new RegistryUnavailableException(
                        429,
                        "Can't " + purpose + ": the registry at " + endpoints + " asked to be left alone for another "
                                + Failures.text(left) + " (HTTP 429), which is more than is left of the "
                                + Failures.text(deadline) + " of this call. Try again then",
                        left);
            }
            sleep(purpose, left);
        }
    }

    private void sleep(String purpose, Duration wait) {
        try {
            clock.sleep(wait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted(purpose, endpoints.toString(), e);
        }
    }

    private RegistryUnavailableException leftAlone(String purpose) {
        Duration left = breaker.left();
        return new RegistryUnavailableException(
                0,
                "Can't " + purpose + ": the registry at " + endpoints + " failed repeatedly and isn't asked "
                        + (left.isZero() ? "while another call is trying" : "for another " + Failures.text(left))
                        + ". Try again then. What it failed with: "
                        + breaker.lastFailure().orElse("unknown"),
                left);
    }

    private static RegistryUnavailableException inDoubt(RegistryUnavailableException failure) {
        return new RegistryUnavailableException(
                failure.code(),
                failure.getMessage()
                        + " (not asked again by itself, because it may have been done: look before you do)",
                failure);
    }

    private static RegistryUnavailableException givenUp(RegistryUnavailableException last, int rounds, long nanos) {
        return new RegistryUnavailableException(
                last.code(),
                last.getMessage() + " (asked " + rounds + " times within " + Failures.text(Duration.ofNanos(nanos))
                        + ")",
                last);
    }

    private static RegistryUnavailableException together(List<RegistryUnavailableException> failures) {
        String reasons = failures.stream().map(Throwable::getMessage).collect(Collectors.joining(" | "));
        RegistryUnavailableException last = failures.get(failures.size() - 1);
        RegistryUnavailableException all = new RegistryUnavailableException(
                last.code(), "No registry URL answered: " + reasons, longestRetryAfter(failures));
        failures.forEach(all::addSuppressed);
        return all;
    }

    private static Duration longestRetryAfter(List<RegistryUnavailableException> failures) {
        return failures.stream()
                .flatMap(failure -> failure.retryAfter().stream())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Apicurio and gateways answer the status alone, others a code of five digits. */
    static boolean isThrottled(RegistryUnavailableException e) {
        return e.code() == 429 || e.code() / 100 == 429;
    }

    private static boolean isInterrupted(RegistryUnavailableException e) {
        return e.getCause() instanceof InterruptedException;
    }
}
