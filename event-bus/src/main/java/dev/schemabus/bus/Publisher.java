package dev.schemabus.bus;

import dev.schemabus.bus.PublishOutcome.Acked;
import dev.schemabus.bus.PublishOutcome.Indeterminate;
import dev.schemabus.bus.PublishOutcome.IndeterminateReason;
import dev.schemabus.bus.PublishOutcome.Rejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Internal: the road from an event to its outcome. Nothing here throws but for misuse: every way to fail is an outcome. */
final class Publisher {

    private final Dispatch dispatch;
    private final EventRecords records;
    private final Signals signals;

    /** Prepares events with a deadline, which must not wait as long as a registry or a full buffer may take. */
    private final ExecutorService preparing = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "schemabus-publish");
        thread.setDaemon(true);
        return thread;
    });

    /** What is to be published: an event, or the deletion of a key. */
    private record Draft(
            Class<?> type, Publication how, Function<Publication, ProducerRecord<byte[], byte[]>> record) {}

    Publisher(Dispatch dispatch, EventRecords records, Signals signals) {
        this.dispatch = dispatch;
        this.records = records;
        this.signals = signals;
    }

    /** Publishes an event without waiting for its acknowledgement; the future never completes exceptionally. */
    CompletableFuture<PublishOutcome> publishAsync(Object event, With with) {
        return start(draft(event, with));
    }

    /** Publishes an event and waits for its outcome. */
    PublishOutcome publish(Object event, With with) {
        checkMayWait();
        return await(draft(event, with));
    }

    /** Deletes a key and waits for the outcome. */
    PublishOutcome publishTombstone(Class<?> type, List<?> key, With with) {
        checkMayWait();
        return await(tombstone(type, key, with));
    }

    /** Deletes a key without waiting for the acknowledgement; the future never completes exceptionally. */
    CompletableFuture<PublishOutcome> publishTombstoneAsync(Class<?> type, List<?> key, With with) {
        return start(tombstone(type, key, with));
    }

    private Draft tombstone(Class<?> type, List<?> key, With with) {
        return new Draft(type, how(with), how -> records.tombstone(type, key, how));
    }

    /** Publishes events in order and waits for all outcomes; an interrupt ends the waiting. */
    List<PublishOutcome> publishAll(List<?> events, With with) {
        checkMayWait();
        List<Draft> drafts = new ArrayList<>(events.size());
        for (Object event : events) {
            drafts.add(draft(event, with));
        }
        List<CompletableFuture<PublishOutcome>> pending = new ArrayList<>(events.size());
        for (Draft draft : drafts) {
            pending.add(start(draft));
        }
        List<PublishOutcome> outcomes = new ArrayList<>(events.size());
        for (int i = 0; i < drafts.size(); i++) {
            outcomes.add(await(drafts.get(i), pending.get(i)));
        }
        return outcomes;
    }

    private Draft draft(Object event, With with) {
        Objects.requireNonNull(event, "There is no event to publish: it is null");
        return new Draft(event.getClass(), how(with), how -> records.record(event, how));
    }

    private Publication how(With with) {
        return Publication.of(with, signals.tracing().current());
    }

    private CompletableFuture<PublishOutcome> start(Draft draft) {
        long start = System.nanoTime();
        CompletableFuture<PublishOutcome> outcome;
        try {
            ProducerRecord<byte[], byte[]> record = draft.record().apply(draft.how());
            outcome = draft.how().deadline().handOver()
                    ? dispatch.send(record, draft.how().eventId())
                    : CompletableFuture.completedFuture(late(draft));
        } catch (RuntimeException | StackOverflowError e) {
            outcome = CompletableFuture.completedFuture(Rejections.beforeSend(draft.type(), e));
        }
        if (draft.how().deadline().isSet() && !outcome.isDone()) {
            outcome = outcome.completeOnTimeout(
                    overdue(draft), draft.how().deadline().left().toNanos(), TimeUnit.NANOSECONDS);
        }
        return signals.metrics() == BusMetrics.NONE
                ? outcome
                : outcome.thenApply(end -> told(draft.type(), end, start));
    }

    private PublishOutcome told(Class<?> type, PublishOutcome outcome, long start) {
        signals.metrics().published(records.knownTopic(type), outcome.end(), System.nanoTime() - start);
        return outcome;
    }

    private PublishOutcome await(Draft draft) {
        if (!draft.how().deadline().isSet()) {
            return await(draft, start(draft));
        }
        CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
        try {
            preparing.execute(() -> {
                CompletableFuture<Boolean> unused = start(draft).thenApply(outcome::complete);
            });
        } catch (RejectedExecutionException e) {
            return Rejections.beforeSend(draft.type(), new BusClosedException());
        }
        return await(draft, outcome);
    }

    private static PublishOutcome await(Draft draft, CompletableFuture<PublishOutcome> outcome) {
        Deadline deadline = draft.how().deadline();
        try {
            return deadline.isSet() ? outcome.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS) : outcome.get();
        } catch (TimeoutException e) {
            return deadline.expire() ? late(draft) : overdue(draft);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Rejections.indeterminate(
                    IndeterminateReason.INTERRUPTED,
                    draft.how().eventId(),
                    "Interrupted while waiting for the acknowledgement of "
                            + draft.type().getName() + " " + draft.how().eventId(),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("An outcome is never exceptional", e);
        }
    }

    private static PublishOutcome late(Draft draft) {
        return Rejections.late(draft.type(), draft.how().deadline());
    }

    private static PublishOutcome overdue(Draft draft) {
        return Rejections.overdue(draft.type(), draft.how());
    }

    /**
     * Refuses to wait on the one thread that brings the acknowledgements: it would wait for itself, for ever.
     *
     * @throws IllegalStateException on that thread
     */
    void checkMayWait() {
        if (dispatch.isAcknowledging(Thread.currentThread())) {
            throw new IllegalStateException(
                    "publish waits for an acknowledgement, and this thread is the one that brings"
                            + " them: in what follows publishAsync call publishAsync again, or go on in an executor"
                            + " (thenAcceptAsync)");
        }
    }

    /** Waits for what was handed to the producer, at most so long. What is open then gets its outcome. */
    void close(Duration time) {
        preparing.shutdown();
        dispatch.close(time);
    }

    /** What {@link EventBus#publish(Object)} makes of an outcome. */
    static Receipt receipt(PublishOutcome outcome) {
        if (outcome instanceof Acked acked) {
            return acked.receipt();
        }
        if (outcome instanceof Rejected rejected) {
            throw rejected.exception();
        }
        throw ((Indeterminate) outcome).exception();
    }
}
