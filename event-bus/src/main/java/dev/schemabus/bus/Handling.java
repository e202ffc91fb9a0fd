package dev.schemabus.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: a record that is decoded, and what becomes of it when its handler has returned or thrown. */
final class Handling<T> implements RecordStage<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Handling.class);

    private final RecordWork<T> work;
    private final RecordRoad<T> road;
    private final ConsumerRecord<byte[], byte[]> record;
    /** Null for a tombstone. */
    private final @Nullable T event;

    private @Nullable Delivered delivered;
    /** Whether the store of handled events knew it. */
    private boolean repeated;

    Handling(RecordWork<T> work, @Nullable T event) {
        this.work = work;
        this.road = work.road();
        this.record = work.incoming().event();
        this.event = event;
    }

    /** @return null if it may be handed to its handler */
    @Override
    public @Nullable Step turn() {
        if (ignored()) {
            return ignore(0);
        }
        return road.circuit().ask(work).map(work::again).orElse(null);
    }

    /** A tombstone without a key deletes nothing. */
    private boolean ignored() {
        return event == null
                ? record.key() == null || road.handlers().ignoresTombstones()
                : road.handlers().ignores(event);
    }

    /** The event; a tombstone has none, and is nothing for batches. */
    T event() {
        return Objects.requireNonNull(event);
    }

    /** What the handler is told of the record at its next attempt. */
    Delivered delivered() {
        Delivered next = new Delivered(
                record,
                work.attempts().count() + 1,
                road.outputs()
                        .map(records -> new Outputs(records, road.signals().tracing())),
                null);
        delivered = next;
        return next;
    }

    /** Calls the handler. */
    void handle(HandlerCall call) throws Exception {
        Delivered context = delivered();
        Optional<ConsumptionStore> store = road.settings().store();
        if (store.isEmpty()) {
            call.run(() -> call(context));
            return;
        }
        // The store must not keep what an interrupted handler left half done, so it is told inside.
        repeated = !store.get()
                .once(
                        context.consumption(road.settings().group()),
                        resource -> call.run(() -> call(context.with(resource))));
    }

    private void call(Delivered context) throws Exception {
        if (event != null) {
            road.handlers().handle(event, context);
        } else {
            road.handlers().handleTombstone(context.key().orElseThrow(), context);
        }
    }

    /** The handler has returned or thrown. */
    Step settle(HandlerCall.End end) {
        Throwable error = end.error();
        List<Outputs.Output> outputs = delivered == null ? Outputs.NONE : delivered.ended();
        if (error != null && ExceptionRules.isOutOfMemory(error)) {
            return work.giveUp(error);
        }
        if (end.taken()) {
            // Its partition is another member's, or that of another record of its batch is, and this one comes again.
            // What
            // swallowed the interrupt and returned may have done half.
            return work.assignment().isRevoked() ? work.end(false, Step.NEXT) : work.again(Duration.ZERO);
        }
        if (error instanceof ConsumptionStoreUnavailableException) {
            return work.infra("Can't reach the store of handled events", error);
        }
        work.attempts().add();
        if (error == null && repeated) {
            LOG.debug("Handled before: {}", work);
            return ignore(end.nanos());
        }
        if (error != null) {
            told(BusMetrics.Handling.FAILED, end.nanos());
            return unhandled(error);
        }
        road.circuit().succeeded();
        road.counters().handled.increment();
        told(BusMetrics.Handling.HANDLED, end.nanos());
        return work.end(true, outputs, Step.NEXT);
    }

    private Step ignore(long nanos) {
        road.counters().ignored.increment();
        told(BusMetrics.Handling.IGNORED, nanos);
        return work.end(true, Step.NEXT);
    }

    private Step unhandled(Throwable error) {
        // An interrupt that the handler left must not hit the dead letter. It is cleared before the question, because a
        // subscription that ends says so first, and then interrupts.
        Thread.interrupted();
        if (road.lifecycle().stopped()) {
            // Interrupted by the end of the subscription: says nothing about the record.
            return work.end(false, Step.ABANDON);
        }
        road.counters().failedAttempts.increment();
        road.circuit().failed(work);
        Instant now = Instant.now();
        work.attempts().failed(now);
        RetryPolicy retry = road.settings().retry();
        if (retry.retries(error, work.attempts().count())) {
            LOG.warn(
                    "Attempt {} of {} failed at {}: {}",
                    work.attempts().count(),
                    retry.attempts(),
                    work,
                    error.getClass().getName());
            LOG.debug("Attempt failed at {}", work, error);
            return retry(retry);
        }
        return work.fail(new Failure(
                FailureClass.HANDLER,
                error,
                work.attempts().firstFailure(now),
                now,
                work.attempts().count()));
    }

    private Step retry(RetryPolicy retry) {
        road.signals().metrics().retried(road.settings().group(), record.topic());
        int attempts = work.attempts().count();
        if (retry.kind() == RetryPolicy.Kind.IN_PLACE) {
            return work.again(retry.backoff(attempts, ThreadLocalRandom.current()));
        }
        // A state that came from a retry topic may count more attempts than a policy that was changed since has delays.
        Duration delay = retry.delays().get(Math.min(attempts, retry.delays().size()) - 1);
        if (work.stays()) {
            return work.again(delay);
        }
        RetryState state = work.attempts().state(System.currentTimeMillis() + delay.toMillis());
        return work.leaveBy(new RetryMove<>(work, state, new Decoding<>(work)));
    }

    private void told(BusMetrics.Handling outcome, long nanos) {
        String type = event == null ? Handlers.TOMBSTONE : road.handlers().typeName(event);
        road.signals().metrics().handled(road.settings().group(), record.topic(), type, outcome, nanos);
    }
}
