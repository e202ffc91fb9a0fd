package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemabus.registry.ResilientCalls.Repetition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a registry is asked again, when another of its URLs, and when not at all; in a time of its own. */
class ResilientCallsTest {

    private static final String A = "http://a";
    private static final String B = "http://b";
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final RetryConfig RETRIES = new RetryConfig(3, Duration.ofSeconds(1), Duration.ofSeconds(3));

    private final SteppedClock clock = new SteppedClock();
    private final CallMeter meter = new CallMeter();
    private final List<String> asked = new ArrayList<>();

    private ResilientCalls calls(RetryConfig retries, String... bases) {
        RegistryConfig config = RegistryConfig.of(String.join(",", bases))
                .withTimeouts(DEADLINE, DEADLINE, DEADLINE)
                .withRetries(retries);
        return new ResilientCalls(List.of(bases), config, meter, clock);
    }

    private static RegistryUnavailableException down(String base) {
        return new RegistryUnavailableException(503, base + " is down");
    }

    private static RegistryUnavailableException busy(Duration retryAfter) {
        return new RegistryUnavailableException(429, "too many requests", retryAfter);
    }

    /** Fails, taking some time. */
    private String fail(String base, Duration time) {
        asked.add(base);
        clock.pass(time);
        throw down(base);
    }

    private String answer(String base) {
        asked.add(base);
        return base + " answers";
    }

    private RegistryUnavailableException failure(ResilientCalls calls, Duration time) {
        return catchThrowableOfType(
                RegistryUnavailableException.class,
                () -> calls.call("ask", Repetition.HARMLESS, (base, end) -> fail(base, time)));
    }

    @Test
    void aCallIsMadeAgainAfterWaitsThatDoubleUpToALimit() {
        clock.setRandom(0.999_999_999);
        RegistryUnavailableException failure = failure(calls(RETRIES, A), Duration.ZERO);

        assertThat(asked).containsExactly(A, A, A, A);
        assertThat(clock.sleeps())
                .extracting(sleep -> Math.round(sleep.toNanos() / 1e9))
                .containsExactly(1L, 2L, 3L);
        assertThat(failure).hasMessage("http://a is down (asked 4 times within 5999 ms)");
        assertThat(failure.code()).isEqualTo(503);
        assertThat(meter.retries.sum()).isEqualTo(3);
        assertThat(meter.failures.sum()).isEqualTo(4);
    }

    @Test
    void aWaitMayBeNoneAtAll() {
        clock.setRandom(0);
        failure(calls(RETRIES, A), Duration.ZERO);

        assertThat(clock.sleeps()).containsOnly(Duration.ZERO).hasSize(3);
    }

    @Test
    void aRetryThatSucceedsIsAnAnswer() {
        String answer = calls(RETRIES, A)
                .call(
                        "ask",
                        Repetition.HARMLESS,
                        (base, end) -> asked.size() < 2 ? fail(base, Duration.ZERO) : answer(base));

        assertThat(answer).isEqualTo("http://a answers");
        assertThat(asked).hasSize(3);
    }

    @Test
    void aWaitThatWouldOutlastTheDeadlineIsNotBegun() {
        long began = clock.nanos();
        RegistryUnavailableException failure =
                failure(calls(RETRIES, A), Duration.ofSeconds(9).plusMillis(800));

        assertThat(asked).containsExactly(A);
        assertThat(Duration.ofNanos(clock.nanos() - began)).isLessThan(DEADLINE);
        assertThat(failure).hasMessage("http://a is down");
    }

    @Test
    void noCallOutlastsItsDeadlineWhateverTheChances() {
        for (int i = 0; i < 1_000; i++) {
            clock.setRandom(i / 1_000.0);
            long began = clock.nanos();
            Duration each = Duration.ofMillis(7L * i);
            ResilientCalls calls = calls(RETRIES, A);
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> calls.call(
                            "ask",
                            Repetition.HARMLESS,
                            (base, end) ->
                                    fail(base, Duration.ofNanos(Math.min(each.toNanos(), end - clock.nanos())))));

            // The last attempt begins in time, and an attempt ends when it is told to.
            assertThat(Duration.ofNanos(clock.nanos() - began)).isLessThanOrEqualTo(DEADLINE);
        }
    }

    @Test
    void theUrlThatAnsweredIsAskedFirstFromThenOn() {
        ResilientCalls calls = calls(RETRIES, A, B);
        calls.call(
                "ask", Repetition.HARMLESS, (base, end) -> base.equals(A) ? fail(base, Duration.ZERO) : answer(base));
        calls.call("ask", Repetition.HARMLESS, (base, end) -> answer(base));
        calls.call(
                "ask", Repetition.HARMLESS, (base, end) -> base.equals(B) ? fail(base, Duration.ZERO) : answer(base));
        calls.call("ask", Repetition.HARMLESS, (base, end) -> answer(base));

        assertThat(asked).containsExactly(A, B, /**/ B, /**/ B, A, /**/ A);
        assertThat(clock.sleeps()).isEmpty();
    }

    @Test
    void notFoundIsAnAnswerToo() {
        ResilientCalls calls = calls(RETRIES, A, B);
        for (int i = 0; i < 10; i++) {
            assertThatExceptionOfType(SchemaNotFoundException.class)
                    .isThrownBy(() -> calls.call("ask", Repetition.HARMLESS, (base, end) -> {
                        asked.add(base);
                        throw new SchemaNotFoundException(40403, "not here");
                    }));
        }
        assertThat(asked).hasSize(10).containsOnly(A);
        assertThat(calls.breaker().state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void theWaitThatAFailingServerAsksForIsKept() {
        clock.setRandom(0);
        calls(RETRIES, A).call("ask", Repetition.HARMLESS, (base, end) -> {
            asked.add(base);
            if (asked.size() == 1) {
                throw new RegistryUnavailableException(503, "starting", Duration.ofSeconds(4));
            }
            return "ok";
        });

        assertThat(clock.sleeps()).containsExactly(Duration.ofSeconds(4));
    }

    @Test
    void aThrottledCallWaitsAsLongAsItIsToldAndAsksNoOtherUrl() {
        String answer = calls(RETRIES, A, B).call("ask", Repetition.HARMLESS, (base, end) -> {
            asked.add(base);
            if (asked.size() == 1) {
                throw busy(Duration.ofSeconds(6));
            }
            return "ok";
        });

        assertThat(answer).isEqualTo("ok");
        assertThat(asked).containsExactly(A, A);
        assertThat(clock.sleeps()).containsExactly(Duration.ofSeconds(6));
    }

    @Test
    void oneThrottledCallHoldsAllOthersBack() {
        ResilientCalls calls = calls(RetryConfig.none(), A);
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> calls.call("ask", Repetition.HARMLESS, (base, end) -> {
                    throw busy(Duration.ofSeconds(6));
                }));

        assertThat(calls.throttle().left()).isEqualTo(Duration.ofSeconds(6));
        String second = calls.call("ask", Repetition.HARMLESS, (base, end) -> answer(base));
        assertThat(second).isEqualTo("http://a answers");
        assertThat(clock.sleeps()).containsExactly(Duration.ofSeconds(6));
        assertThat(calls.throttle().left()).isZero();
    }

    @Test
    void aWaitBeyondTheDeadlineFailsAtOnceAndSaysHowLong() {
        ResilientCalls calls = calls(RETRIES, A);
        RegistryUnavailableException first = catchThrowableOfType(
                RegistryUnavailableException.class,
                () -> calls.call("ask", Repetition.HARMLESS, (base, end) -> {
                    throw busy(Duration.ofSeconds(30));
                }));
        RegistryUnavailableException second = failure(calls, Duration.ZERO);

        assertThat(first.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(second.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(second.code()).isEqualTo(429);
        assertThat(second)
                .hasMessage(
                        "Can't ask: the registry at http://a asked to be left alone for another 30000 ms (HTTP 429),"
                                + " which is more than is left of the 10000 ms of this call. Try again then");
        assertThat(asked).isEmpty();
        assertThat(clock.sleeps()).isEmpty();
    }

    @Test
    void anInterruptInALaterAttemptIsStillKnownForOne() {
        RegistryUnavailableException failure = catchThrowableOfType(
                RegistryUnavailableException.class,
                () -> calls(RETRIES, A).call("ask", Repetition.HARMLESS, (base, end) -> {
                    if (asked.isEmpty()) {
                        return fail(base, Duration.ZERO);
                    }
                    throw Failures.interrupted("ask", base, new InterruptedException());
                }));

        assertThat(failure).hasMessage("Interrupted while waiting for http://a to ask");
        assertThat(failure).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptedWaitEndsTheCall() {
        Thread.currentThread().interrupt();
        RegistryUnavailableException failure = failure(calls(RETRIES, A), Duration.ZERO);

        assertThat(failure).hasMessage("Interrupted while waiting for http://a to ask");
        assertThat(failure).hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
