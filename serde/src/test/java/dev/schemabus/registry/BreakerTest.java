package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemabus.registry.ResilientCalls.Repetition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A registry that doesn't answer is left alone, and asked by one call first. */
class BreakerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final SteppedClock clock = new SteppedClock();
    private final AtomicInteger asked = new AtomicInteger();
    private final ResilientCalls calls = calls(RetryConfig.none());

    private ResilientCalls calls(RetryConfig retries) {
        RegistryConfig config = RegistryConfig.of("http://a")
                .withTimeouts(DEADLINE, DEADLINE, DEADLINE)
                .withRetries(retries);
        return new ResilientCalls(List.of("http://a"), config, new CallMeter(), clock);
    }

    private RegistryUnavailableException fail(Duration time) {
        return catchThrowableOfType(
                RegistryUnavailableException.class,
                () -> calls.call("ask", Repetition.HARMLESS, (base, end) -> {
                    asked.incrementAndGet();
                    clock.pass(time);
                    throw new RegistryUnavailableException(500, "broken");
                }));
    }

    private String succeed() {
        return calls.call("ask", Repetition.HARMLESS, (base, end) -> {
            asked.incrementAndGet();
            return "ok";
        });
    }

    private void open() {
        for (int i = 0; i < Breaker.FAILURES; i++) {
            fail(Duration.ZERO);
        }
        asked.set(0);
    }

    @Test
    void aProbeThatNeverEndsIsFollowedByAnother() {
        open();
        clock.pass(Breaker.OPEN);
        assertThat(calls.breaker().permit()).isEqualTo(Breaker.Permit.PROBE);
        clock.pass(DEADLINE);
        assertThat(calls.breaker().permit()).isEqualTo(Breaker.Permit.REFUSED);

        clock.pass(DEADLINE);
        assertThat(calls.breaker().permit()).isEqualTo(Breaker.Permit.PROBE);
        assertThat(calls.breaker().permit()).isEqualTo(Breaker.Permit.REFUSED);
    }

    @Test
    void aProbeThatFailsAfterAnAnswerDoesNotOpenItAgain() {
        open();
        clock.pass(Breaker.OPEN);
        Breaker.Permit probe = calls.breaker().permit();
        assertThat(probe).isEqualTo(Breaker.Permit.PROBE);
        calls.breaker().succeeded();
        calls.breaker().failed(probe, clock.nanos(), "late");

        assertThat(calls.breaker().state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void fiveFailuresInARowOpenIt() {
        for (int i = 0; i < 4; i++) {
            fail(Duration.ZERO);
        }
        succeed();
        for (int i = 0; i < 4; i++) {
            fail(Duration.ZERO);
        }
        assertThat(calls.breaker().state()).isEqualTo(CircuitState.CLOSED);

        fail(Duration.ZERO);
        assertThat(calls.breaker().state()).isEqualTo(CircuitState.OPEN);
        assertThat(asked).hasValue(10);
    }

    @Test
    void failuresThatTookAWholeDeadlineOpenItHoweverFew() {
        fail(Duration.ofSeconds(5));
        assertThat(calls.breaker().state()).isEqualTo(CircuitState.CLOSED);

        fail(Duration.ofSeconds(5));
        assertThat(calls.breaker().state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void whileItIsOpenNobodyAsksAndTheFailureSaysWhy() {
        open();
        clock.pass(Duration.ofMillis(1_500));

        RegistryUnavailableException refused = catchThrowableOfType(RegistryUnavailableException.class, this::succeed);

        assertThat(asked).hasValue(0);
        assertThat(refused)
                .hasMessage("Can't ask: the registry at http://a failed repeatedly and isn't asked for another 3500 ms."
                        + " Try again then. What it failed with: broken");
        assertThat(refused.retryAfter()).contains(Duration.ofMillis(3_500));
    }

    @Test
    void aCallThatOpensItDoesNotTryAgain() {
        ResilientCalls retrying = calls(new RetryConfig(20, Duration.ofMillis(1), Duration.ofMillis(1)));

        assertThatThrownBy(() -> retrying.call("ask", Repetition.HARMLESS, (base, end) -> {
                    asked.incrementAndGet();
                    throw new RegistryUnavailableException(500, "broken");
                }))
                .hasMessageStartingWith("broken (asked 5 times within ");
        assertThat(asked).hasValue(Breaker.FAILURES);
    }

    @Test
    void afterFiveSecondsOneCallAsksForAll() {
        open();
        clock.pass(Breaker.OPEN);

        String answer = calls.call("ask", Repetition.HARMLESS, (base, end) -> {
            assertThat(calls.breaker().state()).isEqualTo(CircuitState.HALF_OPEN);
            assertThatThrownBy(this::succeed).hasMessageContaining("isn't asked while another call is trying");
            return "ok";
        });

        assertThat(answer).isEqualTo("ok");
        assertThat(asked).hasValue(0);
        assertThat(calls.breaker().state()).isEqualTo(CircuitState.CLOSED);
        assertThat(succeed()).isEqualTo("ok");
    }

    @Test
    void aProbeThatFailsOpensItForAnotherFiveSeconds() {
        open();
        clock.pass(Breaker.OPEN.minusNanos(1));
        for (int i = 0; i < 10; i++) {
            clock.pass(Duration.ofNanos(1));
            fail(Duration.ZERO);
            fail(Duration.ZERO);
            clock.pass(Breaker.OPEN.minusNanos(1));
            fail(Duration.ZERO);
        }
        assertThat(asked).hasValue(10);
    }

    @Test
    void aProbeThatSaysNothingLeavesItToTheNext() {
        open();
        clock.pass(Breaker.OPEN);
        assertThatThrownBy(() -> calls.call("ask", Repetition.HARMLESS, (base, end) -> {
                    throw new IllegalStateException("not the registry's fault");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(succeed()).isEqualTo("ok");
    }

    @Test
    void aThrottlingRegistryIsThere() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> calls.call("ask", Repetition.HARMLESS, (base, end) -> {
                        throw new RegistryUnavailableException(429, "busy", Duration.ofMillis(1));
                    }))
                    .hasMessage("busy");
        }
        assertThat(calls.breaker().state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void itKnowsWhyTheLastCallFailedUntilOneSucceeds() {
        assertThat(calls.breaker().lastFailure()).isEmpty();
        fail(Duration.ZERO);
        assertThat(calls.breaker().lastFailure()).contains("broken");
        succeed();
        assertThat(calls.breaker().lastFailure()).isEmpty();
    }
}
