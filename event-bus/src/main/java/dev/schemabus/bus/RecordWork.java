package dev.schemabus.bus;

import dev.schemabus.bus.RecordRoad.Finished;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: one record on its lane: decode, handle, and on failure wait, try again or become a dead letter. How far it is
 * says its {@link RecordStage}, from turn to turn; a lane gives it one turn at a time.
 */
final class RecordWork<T> implements Lanes.Task {

    private static final Logger LOG = LoggerFactory.getLogger(RecordWork.class);
    private static final Duration LONGEST_INFRA_WAIT = Duration.ofSeconds(5);
    private static final Backoff INFRA_BACKOFF = new Backoff(Duration.ofMillis(100), LONGEST_INFRA_WAIT);

    private final RecordRoad<T> road;
    private final Assignment assignment;
    private final Incoming incoming;
    private final ConsumerRecord<byte[], byte[]> record;

    private final Attempts attempts;

    private RecordStage<T> stage = new Admission<>(this);
    /** Whether it is too large for the retry topic, and so waits on its lane. */
    private boolean stays;

    private int waits;
    private boolean waiting;
    private long due;
    /** Whether it stays in its assignment between turns, so that a revocation waits for it. */
    private boolean inside;

    RecordWork(RecordRoad<T> road, Assignment assignment, Incoming incoming) {
        this.road = road;
        this.assignment = assignment;
        this.incoming = incoming;
        this.record = incoming.event();
        this.attempts = new Attempts(incoming.retry());
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
        return incoming.bytes();
    }

    @Override
    public Step run() {
        Step obstacle = begin();
        if (obstacle != null) {
            return obstacle;
        }
        HandlerCall.End end;
        try {
            end = call();
        } catch (Throwable e) {
            Step step = giveUp(e);
            release();
            return step;
        }
        return settle(end);
    }

    /** What the handler throws is in the end; what is thrown here nobody foresaw. */
    private HandlerCall.End call() {
        TraceContext.Scope trace = road.signals().tracing().handling(record.headers());
        try {
            HandlerCall call = road.calls().begin(this, Set.of(assignment));
            Throwable error = null;
            try {
                handling().handle(call);
            } catch (Throwable e) {
                error = e;
            }
            return call.end(error);
        } finally {
            trace.close();
        }
    }

    /**
     * Brings the record up to its handler. If it gets there, {@link #settle} or {@link #release} must follow: until then a
     * revocation waits for it.
     *
     * @return null if the event may be handed over; else what the lane does instead
     */
    @Nullable
    Step begin() {
        if (stage instanceof RecordStage.Ended) {
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
        while (true) {
            RecordStage<T> now = stage;
            Step obstacle = now.turn();
            if (obstacle != null || now instanceof Handling) {
                return obstacle;
            }
        }
    }

    /** The handler has returned or thrown. */
    Step settle(HandlerCall.End end) {
        try {
            return handling().settle(end);
        } catch (Throwable e) {
            return giveUp(e);
        } finally {
            release();
        }
    }

    /** Leaves the turn, unless something under way must be waited for. */
    void release() {
        if (inside && !stage.underWay()) {
            inside = false;
            assignment.leave();
        }
        // What a handler left of an interrupt must not hit the next record.
        Thread.interrupted();
    }

    /** The event, while it is up to be handled. */
    T event() {
        return handling().event();
    }

    /** What the handler is told of the record at its next attempt. */
    Delivered delivered() {
        return handling().delivered();
    }

    private Handling<T> handling() {
        if (stage instanceof Handling<T> handling) {
            return handling;
        }
        throw new IllegalStateException("Not up to be handled: " + this);
    }

    Assignment assignment() {
        return assignment;
    }

    /** Out of memory, or what nobody foresaw: a lane that died silently would hold its records for ever. */
    Step giveUp(Throwable error) {
        LOG.error("{} at {}: the subscription stops, this record stays uncommitted", name(error), this, error);
        road.lifecycle().fail(error);
        return end(false, Step.ABANDON);
    }

    @Override
    public void abandon() {
        end(false, Step.ABANDON);
    }

    /** Makes the record a dead letter. */
    Step fail(Failure failure) {
        LOG.debug("Failed at {}", this, failure.error());
        return leaveBy(new DeadLetterMove<>(this, failure));
    }

    /** Starts on its way to another topic. */
    Step leaveBy(Move<T> move) {
        stage = move;
        return move.turn();
    }

    /** Comes to the next stage. */
    @Nullable
    Step enter(RecordStage<T> next) {
        stage = next;
        return null;
    }

    /** Goes back to a stage and doesn't try to move any more: the record is too large for the retry topic. */
    Step stay(RecordStage<T> next, Duration wait) {
        stage = next;
        stays = true;
        return again(wait);
    }

    /** Whether it waits in memory whatever the retry policy says. */
    boolean stays() {
        return stays;
    }

    Attempts attempts() {
        return attempts;
    }

    RecordRoad<T> road() {
        return road;
    }

    /** Something the record needs is away: it keeps its place, and nothing is counted against it. */
    Step infra(String what, Throwable error) {
        return infra(what, error, LONGEST_INFRA_WAIT);
    }

    /** @param most don't wait longer, if that is shorter than usual */
    Step infra(String what, Throwable error, Duration most) {
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

    /** Waits, then looks again. */
    Step again(Duration after) {
        waiting = true;
        due = System.nanoTime() + after.toNanos();
        return road.lifecycle().leaving() ? end(false, Step.ABANDON) : new Step.Again(after);
    }

    /**
     * Ends the record.
     *
     * @param complete whether its offset may be committed
     */
    Step end(boolean complete, Step next) {
        return end(complete, Outputs.NONE, next);
    }

    /** The same with what its handler published through its context. */
    Step end(boolean complete, List<Outputs.Output> outputs, Step next) {
        if (!(stage instanceof RecordStage.Ended)) {
            assignment.finished();
        }
        stage = new RecordStage.Ended<>();
        road.circuit().gone(this);
        road.counters().waits.remove(this);
        if (complete) {
            incoming.finished();
        }
        road.finished().accept(new Finished(assignment, incoming.offset(), bytes(), complete, outputs));
        return next;
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
