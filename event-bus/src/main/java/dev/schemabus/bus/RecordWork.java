package dev.schemabus.bus;

import dev.schemabus.bus.RecordRoad.Finished;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: one record on its lane: decode, handle, and on failure wait, try again or become a dead letter. Its state
 * lives from turn to turn; a lane gives it one turn at a time.
 */
final class RecordWork<T> implements Lanes.Task {

    private static final Logger LOG = LoggerFactory.getLogger(RecordWork.class);
    private static final Duration LONGEST_INFRA_WAIT = Duration.ofSeconds(5);
    private static final Backoff INFRA_BACKOFF = new Backoff(Duration.ofMillis(100), LONGEST_INFRA_WAIT);

    /** How often a record looks whether what stands before it has gone. */
    private static final Duration ASIDE = Duration.ofMillis(100);

    private final RecordRoad<T> road;
    private final Assignment assignment;
    private final Incoming incoming;
    private final ConsumerRecord<byte[], byte[]> record;

    private @Nullable T event;
    private @Nullable Failure failure;
    /** What it takes along to the retry topic, once it goes there. */
    private @Nullable RetryState move;
    /** Whether nothing of its key stands before it. */
    private boolean admitted;
    /** Whether it is too large for the retry topic, and so waits on its lane. */
    private boolean stays;

    private @Nullable Instant firstFailure;
    private int attempts;
    private int waits;
    private boolean waiting;
    private long due;
    private @Nullable CompletableFuture<Void> lookup;
    private @Nullable CompletableFuture<Void> writing;
    /** Whether it stays in its assignment between turns, so that a revocation waits for it. */
    private boolean inside;

    private boolean ended;
    /** Whether the store of handled events knew it. */
    private boolean repeated;

    private @Nullable Delivered delivered;

    RecordWork(RecordRoad<T> road, Assignment assignment, Incoming incoming) {
        this.road = road;
        this.assignment = assignment;
        this.incoming = incoming;
        this.record = incoming.event();
        this.attempts = incoming.retry().attempts();
        this.firstFailure = incoming.retry().firstFailure();
        assignment.received();
    }

    Incoming incoming() {
        return incoming;
    }

    /** What to commit once this record needn't be read again. */
    OffsetAndMetadata behind() {
        return new OffsetAndMetadata(incoming.offset() + 1, incoming.leaderEpoch(), "");
    }

    /** What the record counts for in flight. */
    long bytes() {
        return (long) Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }

    @Override
    public Step run() {
        Step obstacle = begin();
        if (obstacle != null) {
            return obstacle;
        }
        T decoded = event();
        Throwable error = null;
        long start = System.nanoTime();
        TraceContext.Scope trace = road.signals().tracing().handling(record.headers());
        road.lifecycle().enterHandler();
        try {
            handle(decoded, delivered());
        } catch (Throwable e) {
            error = e;
        } finally {
            road.lifecycle().leaveHandler();
            trace.close();
        }
        return settle(error, System.nanoTime() - start);
    }

    /**
     * Brings the record up to its handler. If it gets there, {@link #settle} or {@link #release} must follow: until then a
     * revocation waits for it.
     *
     * @return null if the event may be handed over; else what the lane does instead
     */
    @Nullable
    Step begin() {
        if (ended) {
            return Step.NEXT;
        }
        if (!inside && !assignment.enter()) {
            return end(false, Step.NEXT);
        }
        inside = true;
        Step obstacle = Step.NEXT;
        try {
            obstacle = obstacle();
        } catch (Throwable e) {
            obstacle = giveUp(e);
        } finally {
            if (obstacle != null) {
                release();
            }
        }
        return obstacle;
    }

    private @Nullable Step obstacle() {
        if (road.lifecycle().stopped() || (waiting && road.lifecycle().leaving())) {
            return end(false, Step.ABANDON);
        }
        long early = due - System.nanoTime();
        if (waiting && early > 0) {
            return new Step.Again(Duration.ofNanos(early));
        }
        waiting = false;
        Step obstacle = prepare();
        if (obstacle != null) {
            return obstacle;
        }
        if (road.handlers().ignores(event())) {
            road.counters().ignored.increment();
            told(BusMetrics.Handling.IGNORED, 0);
            return end(true, Step.NEXT);
        }
        return road.circuit().ask(this).map(this::again).orElse(null);
    }

    /**
     * The handler has returned or thrown.
     *
     * @param error what it threw, or null
     * @param nanos how long it took
     */
    Step settle(@Nullable Throwable error, long nanos) {
        try {
            List<Outputs.Output> outputs = delivered == null ? Outputs.NONE : delivered.ended();
            if (error instanceof OutOfMemoryError) {
                return giveUp(error);
            }
            if (error instanceof ConsumptionStoreUnavailableException) {
                return infra("Can't reach the store of handled events", error);
            }
            attempts++;
            if (error == null && repeated) {
                LOG.debug("Handled before: {}", this);
                road.counters().ignored.increment();
                told(BusMetrics.Handling.IGNORED, nanos);
                return end(true, Step.NEXT);
            }
            if (error != null) {
                told(BusMetrics.Handling.FAILED, nanos);
                return unhandled(error);
            }
            road.circuit().succeeded();
            road.counters().handled.increment();
            told(BusMetrics.Handling.HANDLED, nanos);
            return end(true, outputs, Step.NEXT);
        } catch (Throwable e) {
            return giveUp(e);
        } finally {
            release();
        }
    }

    /** Leaves the turn, unless something under way must be waited for. */
    void release() {
        if (writing == null && inside) {
            inside = false;
            assignment.leave();
        }
        // What a handler left of an interrupt must not hit the next record.
        Thread.interrupted();
    }

    private void handle(T decoded, Delivered context) throws Exception {
        Optional<ConsumptionStore> store = road.settings().store();
        if (store.isEmpty()) {
            road.handlers().handle(decoded, context);
            return;
        }
        repeated = !store.get()
                .once(
                        context.consumption(road.settings().group()),
                        resource -> road.handlers().handle(decoded, context.with(resource)));
    }

    /** The event, while it is up to be handled. */
    T event() {
        return Objects.requireNonNull(event);
    }

    /** What the handler is told of the record at its next attempt. */
    Delivered delivered() {
        Delivered next = new Delivered(
                record,
                attempts + 1,
                road.outputs()
                        .map(records -> new Outputs(records, road.signals().tracing())),
                null);
        delivered = next;
        return next;
    }

    Assignment assignment() {
        return assignment;
    }

    private void told(BusMetrics.Handling end, long nanos) {
        road.signals()
                .metrics()
                .handled(
                        road.settings().group(), record.topic(), road.handlers().typeName(event()), end, nanos);
    }

    /** Out of memory, or what nobody foresaw: a lane that died silently would hold its records for ever. */
    private Step giveUp(Throwable error) {
        LOG.error("{} at {}: the subscription stops, this record stays uncommitted", name(error), this, error);
        road.lifecycle().fail(error);
        return end(false, Step.ABANDON);
    }

    @Override
    public void abandon() {
        end(false, Step.ABANDON);
    }

    private @Nullable Step prepare() {
        if (failure != null) {
            return bury();
        }
        if (move != null) {
            return move(move);
        }
        if (event != null) {
            return null;
        }
        if (!admitted) {
            Step aside = stepAside();
            if (aside != null) {
                return aside;
            }
            admitted = true;
        }
        try {
            if (lookup == null) {
                // First, because damage might ask for a schema that never was.
                IntegrityHeader.check(record);
            }
            Step wait = lookUpSchema();
            if (wait != null) {
                return wait;
            }
            event = decode();
            return null;
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            return undecoded(e);
        }
    }

    /** While its key is parked, a record doesn't go to the handler: see {@link ParkedKeys}. */
    private @Nullable Step stepAside() {
        return switch (incoming.turn()) {
            case HANDLE -> null;
            case DROP -> {
                LOG.debug("Dropped a duplicate: {}", this);
                yield end(true, Step.NEXT);
            }
            case WAIT -> again(ASIDE);
            case FOLLOW -> stays ? again(ASIDE) : move(new RetryState(attempts, 0, firstFailure));
        };
    }

    /** Brings the record to the retry topic; its offset is complete once that is acknowledged. */
    private Step move(RetryState state) {
        move = state;
        if (writing == null && !incoming.moving()) {
            return again(ASIDE);
        }
        CompletableFuture<Void> copy =
                writing != null ? writing : road.retries().write(incoming, state);
        writing = copy;
        if (!copy.isDone()) {
            return new Step.Until(copy);
        }
        writing = null;
        Throwable unwritten = outcome(copy).orElse(null);
        if (unwritten == null) {
            return end(true, Step.NEXT);
        }
        if (RetryWriter.isTooLarge(unwritten)) {
            LOG.warn("Too large for its retry topic, so it waits in memory: {}", this);
            incoming.notMoved();
            move = null;
            stays = true;
            return again(Duration.ofMillis(Math.max(0, state.due() - System.currentTimeMillis())));
        }
        if (unwritten instanceof KafkaException) {
            return infra("Can't write to the retry topic", unwritten);
        }
        return giveUp(unwritten);
    }

    /** A registry is asked elsewhere, for it may take its time: meanwhile the record holds no worker. */
    private @Nullable Step lookUpSchema() {
        CompletableFuture<Void> asked = lookup != null ? lookup : road.lookups().start(record);
        lookup = asked;
        if (asked == null) {
            return null;
        }
        if (!asked.isDone()) {
            return new Step.Until(asked);
        }
        lookup = null;
        return outcome(asked).map(this::undecoded).orElse(null);
    }

    private T decode() {
        byte @Nullable [] value = record.value();
        if (value == null) {
            throw new IllegalArgumentException("A record without a value (a tombstone) is no event");
        }
        T read = road.reader().read(record.topic(), record.headers(), value);
        road.unknownSchemas().found(record);
        decoded(BusMetrics.Decoding.DECODED);
        road.counters().waits.remove(this);
        return read;
    }

    private void decoded(BusMetrics.Decoding end) {
        road.signals().metrics().decoded(road.settings().group(), record.topic(), end);
    }

    private Step undecoded(Throwable error) {
        FailureClass failureClass = FailureClass.whileDecoding(error);
        decoded(
                switch (failureClass) {
                    case INFRA -> BusMetrics.Decoding.INFRA;
                    case UNKNOWN_SCHEMA -> BusMetrics.Decoding.UNKNOWN_SCHEMA;
                    case INTEGRITY -> BusMetrics.Decoding.INTEGRITY;
                    case MISROUTED -> BusMetrics.Decoding.MISROUTED;
                    default -> BusMetrics.Decoding.POISON;
                });
        switch (failureClass) {
            case INFRA -> {
                return infra("Can't ask the schema registry", error);
            }
            case UNKNOWN_SCHEMA -> {
                Optional<Duration> left = road.unknownSchemas().missing(record);
                if (left.isPresent()) {
                    return infra("The registry doesn't know the schema (yet)", error, left.get());
                }
                failureClass = FailureClass.POISON;
            }
            default -> {}
        }
        Instant now = Instant.now();
        return fail(new Failure(failureClass, error, now, now, 1));
    }

    private Step unhandled(Throwable error) {
        // An interrupt that the handler left must not hit the dead letter. Cleared before the question, because the end
        // of
        // the subscription says that it stops and then interrupts.
        Thread.interrupted();
        if (road.lifecycle().stopped()) {
            // Interrupted by the end of the subscription: says nothing about the record.
            return end(false, Step.ABANDON);
        }
        road.counters().failedAttempts.increment();
        road.circuit().failed(this);
        Instant now = Instant.now();
        firstFailure = firstFailure == null ? now : firstFailure;
        RetryPolicy retry = road.settings().retry();
        if (retry.retries(error, attempts)) {
            LOG.warn("Attempt {} of {} failed at {}: {}", attempts, retry.attempts(), this, name(error));
            LOG.debug("Attempt failed at {}", this, error);
            return retry(retry);
        }
        return fail(new Failure(FailureClass.HANDLER, error, firstFailure, now, attempts));
    }

    private Step retry(RetryPolicy retry) {
        road.signals().metrics().retried(road.settings().group(), record.topic());
        if (retry.kind() == RetryPolicy.Kind.IN_PLACE) {
            return again(retry.backoff(attempts, ThreadLocalRandom.current()));
        }
        // A state that came from a retry topic may count more attempts than a policy that was changed since has delays.
        Duration delay = retry.delays().get(Math.min(attempts, retry.delays().size()) - 1);
        if (stays) {
            return again(delay);
        }
        event = null;
        return move(new RetryState(attempts, System.currentTimeMillis() + delay.toMillis(), firstFailure));
    }

    private Step fail(Failure found) {
        failure = found;
        event = null;
        LOG.debug("Failed at {}", this, found.error());
        return bury();
    }

    /** Brings the record to its dead letter topic; its offset is complete once that is acknowledged. */
    private Step bury() {
        Failure found = Objects.requireNonNull(failure);
        if (road.settings().deadLetters() == DeadLetterPolicy.STOP) {
            LOG.error(
                    "{} failure at {}: {}: the subscription stops, this record stays uncommitted",
                    found.failureClass(),
                    this,
                    name(found.error()));
            road.lifecycle().fail(found.error());
            return end(false, Step.ABANDON);
        }
        CompletableFuture<Void> letter =
                writing != null ? writing : road.deadLetters().write(record, found);
        writing = letter;
        if (!letter.isDone()) {
            return new Step.Until(letter);
        }
        writing = null;
        Optional<Throwable> unwritten = outcome(letter);
        if (unwritten.isPresent()) {
            if (unwritten.get() instanceof KafkaException) {
                return infra("Can't write the dead letter", unwritten.get());
            }
            return giveUp(unwritten.get());
        }
        road.counters().deadLettered.increment();
        road.signals()
                .metrics()
                .deadLettered(
                        road.settings().group(),
                        record.topic(),
                        found.failureClass().name());
        LOG.warn(
                "{} failure at {} after {} attempts: {}: written to {}",
                found.failureClass(),
                this,
                found.attempts(),
                name(found.error()),
                TopicNames.deadLetter(record.topic(), road.settings().group()));
        return end(true, Step.NEXT);
    }

    /** Something the record needs is away: it keeps its place, and nothing is counted against it. */
    private Step infra(String what, Throwable error) {
        return infra(what, error, LONGEST_INFRA_WAIT);
    }

    /** @param most don't wait longer, if that is shorter than usual */
    private Step infra(String what, Throwable error, Duration most) {
        waits++;
        road.counters().waits.add(this, what);
        if (road.infraLog().permits()) {
            LOG.warn(
                    "{} at {}: {}: waiting until it works; nothing is lost, later records of the key wait too",
                    what,
                    this,
                    name(error),
                    error);
        }
        Duration usual = INFRA_BACKOFF.after(waits, ThreadLocalRandom.current());
        return again(usual.compareTo(most) < 0 ? usual : most);
    }

    private Step again(Duration after) {
        waiting = true;
        due = System.nanoTime() + after.toNanos();
        return road.lifecycle().leaving() ? end(false, Step.ABANDON) : new Step.Again(after);
    }

    private Step end(boolean complete, Step next) {
        return end(complete, Outputs.NONE, next);
    }

    private Step end(boolean complete, List<Outputs.Output> outputs, Step next) {
        writing = null;
        if (!ended) {
            assignment.finished();
        }
        ended = true;
        road.circuit().gone(this);
        road.counters().waits.remove(this);
        if (complete) {
            incoming.finished();
        }
        road.finished().accept(new Finished(assignment, incoming.offset(), bytes(), complete, outputs));
        return next;
    }

    /** What a stage that is done has failed with. */
    private static Optional<Throwable> outcome(CompletableFuture<Void> done) {
        try {
            done.join();
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        }
    }

    private static String name(Throwable error) {
        return error.getClass().getName();
    }

    /** The coordinates; never the content. */
    @Override
    public String toString() {
        return incoming + " (group " + road.settings().group() + ")";
    }
}
