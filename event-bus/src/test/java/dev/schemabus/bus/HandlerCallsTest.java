package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HandlerCallsTest {

    private static final int CALLS = 20_000;
    private static final Duration SHORT = Duration.ofNanos(60_000);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Assignment mine = new Assignment(new TopicPartition("orders", 0), 1);
    private final Assignment other = new Assignment(new TopicPartition("orders", 1), 2);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void aThreadThatHasLeftTheHandlerIsNeverInterruptedOnItsBehalf() {
        HandlerCalls calls = new HandlerCalls(SHORT, timer);
        int late = 0;

        for (int i = 0; i < CALLS; i++) {
            HandlerCall call = calls.begin("orders-0@" + i, Set.of(mine));
            call.enter();
            LockSupport.parkNanos(1);
            late += call.end(null).error() == null ? 0 : 1;
            assertThat(Thread.interrupted()).isFalse();
        }

        assertThat(late).as("interrupted in time").isBetween(1, CALLS);
        assertThat(calls.reason()).isEmpty();
    }

    /** The control: sooner or later it hits something else. */
    @Test
    @Timeout(60)
    void anInterruptThatDoesntAskWhetherTheHandlerStillRunsHitsWhatComesNext() {
        Thread worker = Thread.currentThread();
        boolean hit = false;

        while (!hit) {
            var alarm = timer.schedule(worker::interrupt, SHORT.toNanos(), TimeUnit.NANOSECONDS);
            LockSupport.parkNanos(1);
            Thread.interrupted();
            alarm.cancel(false);
            LockSupport.parkNanos(1);
            hit = Thread.interrupted();
        }
    }

    @Test
    void onlyTheHandlersOfARevokedPartitionAreInterrupted() {
        HandlerCalls calls = new HandlerCalls(Duration.ZERO, timer);
        HandlerCall call = calls.begin("orders-0@7", Set.of(mine));

        calls.interrupt(Set.of(other));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        calls.interrupt(Set.of(mine));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();

        HandlerCall.End end = call.end(null);
        assertThat(end.taken()).isTrue();
        assertThat(end.error()).isNull();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whoGoesOnAfterTheInterruptIsSpokenOfUntilItReturns() {
        HandlerCalls calls = new HandlerCalls(Duration.ofMillis(10), timer);
        HandlerCall call = calls.begin("orders-0@7", Set.of(mine));
        call.enter();

        await().until(() -> calls.reason().isPresent());

        assertThat(calls.reason()).contains("Handlers go on though they were interrupted (1 of them)");
        assertThat(call.end(null).error())
                .isInstanceOf(HandlerTimeoutException.class)
                .hasMessageContainingAll("orders-0@7", "PT0.01S", "handlerTimeout(…)");
        assertThat(calls.reason()).isEmpty();
    }

    @Test
    void whoReturnsBehindARevocationHasNotHandledAnythingAndItsTransactionIsToldInside() {
        HandlerCalls calls = new HandlerCalls(Duration.ZERO, timer);
        HandlerCall call = calls.begin("orders-0@7", Set.of(mine));

        assertThatThrownBy(() -> call.run(() -> calls.interrupt(Set.of(mine))))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("orders-0@7");

        // What rolls back or commits is not interrupted.
        assertThat(Thread.interrupted()).isFalse();
        calls.interrupt(Set.of(mine));
        assertThat(Thread.interrupted()).isFalse();
        assertThat(call.end(null).taken()).isTrue();
    }

    @Test
    void aPartitionThatIsTakenBeforeTheHandlerIsCalledKeepsItFromBeingCalled() {
        HandlerCalls calls = new HandlerCalls(Duration.ZERO, timer);
        HandlerCall call = calls.begin("orders-0@7", Set.of(mine));
        AtomicBoolean called = new AtomicBoolean();

        calls.interrupt(Set.of(mine));

        assertThatThrownBy(() -> call.run(() -> called.set(true))).isInstanceOf(CancellationException.class);
        assertThat(called).isFalse();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whoReturnsWhenItsTimeIsOverHasFailedOnce() {
        HandlerCalls calls = new HandlerCalls(Duration.ofMillis(10), timer);
        HandlerCall call = calls.begin("orders-0@7", Set.of(mine));

        Throwable inside = catchThrowable(() -> call.run(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }));

        assertThat(inside).isInstanceOf(HandlerTimeoutException.class).hasNoCause();
        assertThat(call.end(inside).error()).isSameAs(inside);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptTakesThePlaceOfTheAlarmForTheTime() {
        ScheduledThreadPoolExecutor waiting = new ScheduledThreadPoolExecutor(1);
        try {
            waiting.setRemoveOnCancelPolicy(true);
            HandlerCalls calls = new HandlerCalls(Duration.ofHours(1), waiting);
            HandlerCall call = calls.begin("orders-0@7", Set.of(mine));
            call.enter();

            calls.interrupt(Set.of(mine));
            assertThat(waiting.getQueue()).hasSize(1);
            assertThat(call.end(null).taken()).isTrue();

            assertThat(waiting.getQueue()).isEmpty();
        } finally {
            waiting.shutdownNow();
        }
    }
}
