package dev.schemabus.bus;

import dev.schemabus.bus.RecordRoad.Finished;
import dev.schemabus.serde.EventReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A running subscription: a poll thread and {@code concurrency} worker threads, until it is closed or fails. They are
 * daemon threads, as Kafka's own are: what keeps the service's JVM alive is its main thread.
 */
public final class Subscription implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration INFRA_LOG_INTERVAL = Duration.ofSeconds(10);

    private final String group;
    private final Lifecycle lifecycle;
    private final Counters counters;
    private final ConsumeLoop<?> loop;
    private final TopicWatch watch;
    private final HandlerCalls calls;
    private final Circuit circuit;
    private final Thread pollThread;

    /** How far a subscription is. */
    public enum State {
        /** It polls, and handles what comes. */
        RUNNING,
        /** It fetches nothing until {@link Subscription#resume}, and stays in its group. */
        PAUSED,
        /** It was closed or failed, and finishes what is running. */
        CLOSING,
        /** It has ended because it was closed. */
        CLOSED,
        /** It has ended because of {@link Subscription#failure}. */
        FAILED
    }

    /**
     * What happened since the start.
     *
     * @param received records polled
     * @param handled records whose handler returned
     * @param ignored records of ignored types, tombstones that nobody handles, and events that a store knew
     * @param failedAttempts how often a handler threw
     * @param deadLettered records written to a dead letter topic
     */
    public record Counts(long received, long handled, long ignored, long failedAttempts, long deadLettered) {}

    private Subscription(
            String group,
            Lifecycle lifecycle,
            Counters counters,
            ConsumeLoop<?> loop,
            TopicWatch watch,
            HandlerCalls calls,
            Circuit circuit,
            Thread pollThread) {
        this.group = group;
        this.lifecycle = lifecycle;
        this.counters = counters;
        this.loop = loop;
        this.watch = watch;
        this.calls = calls;
        this.circuit = circuit;
        this.pollThread = pollThread;
    }

    static <T> Subscription start(
            SubscriptionSettings settings,
            TopicSelection topics,
            EventReader<T> reader,
            Handlers<T> handlers,
            Optional<Batches<T>> batches,
            RetryWriter retries,
            DeadLetterWriter deadLetters,
            SubscriptionThreads threads,
            EventBus bus,
            Consumer<byte[], byte[]> consumer,
            ConsumerSettings consumerSettings) {
        Lifecycle lifecycle = new Lifecycle();
        Counters counters = new Counters();
        Queue<Finished> results = new ConcurrentLinkedQueue<>();
        RecordRoad<T> road = new RecordRoad<>(
                settings,
                reader,
                new SchemaLookups(reader, threads.lookups()),
                handlers,
                new HandlerCalls(settings.handlerTimeout(), threads.timer()),
                new Circuit(
                        settings.group(),
                        settings.circuitFailures(),
                        settings.circuitPause(),
                        open -> bus.signals().metrics().breaker(settings.group(), open),
                        System::nanoTime),
                retries,
                deadLetters,
                lifecycle,
                counters,
                bus.signals(),
                new UnknownSchemas(settings.unknownSchemaBudget(), System::nanoTime),
                new RateLimit(INFRA_LOG_INTERVAL),
                settings.delivery() == DeliveryMode.EXACTLY_ONCE_KAFKA
                        ? Optional.of(bus.transactions().records())
                        : Optional.empty(),
                results::add);
        Schedule<? super RecordWork<T>> lanes = batches.<Schedule<? super RecordWork<T>>>map(batch -> new BatchLanes<>(
                        threads.workers(),
                        threads.timer(),
                        batch.size(),
                        batch.longestWait(),
                        settings.concurrency(),
                        new BatchWork<>(road.calls(), batch.handler())))
                .orElseGet(() -> new Lanes(threads.workers(), threads.timer()));
        TopicWatch watch = new TopicWatch(
                settings.group(),
                topics.watched(settings.group()),
                bus.catalog(),
                threads.topics(),
                consumerSettings.topicWatchInterval());
        ConsumeLoop<T> loop = new ConsumeLoop<>(
                road,
                topics,
                consumer,
                consumerSettings,
                topics.retries(),
                results,
                lanes,
                threads,
                bus.transactions(),
                watch);
        Thread pollThread = threads.poll().newThread(loop);
        pollThread.start();
        return new Subscription(
                settings.group(), lifecycle, counters, loop, watch, road.calls(), road.circuit(), pollThread);
    }

    /** How far it is. */
    public State state() {
        if (pollThread.isAlive()) {
            return lifecycle.leaving() ? State.CLOSING : lifecycle.paused() ? State.PAUSED : State.RUNNING;
        }
        return lifecycle.failure().isPresent() ? State.FAILED : State.CLOSED;
    }

    /** Whether nothing of it runs any more. */
    boolean ended() {
        return !pollThread.isAlive();
    }

    /** Whether the calling thread is in a handler of it. */
    boolean handling() {
        return calls.isRunning(Thread.currentThread());
    }

    /** Whether its circuit breaker is open, see {@link SubscriptionBuilder#circuitBreaker}. */
    public boolean circuitOpen() {
        return circuit.isOpen();
    }

    /** Why it stopped by itself, if it did. The record concerned stays uncommitted. */
    public Optional<Throwable> failure() {
        return lifecycle.failure();
    }

    /** The partitions of event topics assigned to it now. Those of its retry topics come with them. */
    public Set<TopicPartition> assignment() {
        return loop.assigned();
    }

    /** How it is doing now. Asks nobody. */
    public Health health() {
        List<String> reasons = new ArrayList<>(counters.waits.reasons());
        reasons.addAll(watch.reasons());
        calls.reason().ifPresent(reasons::add);
        if (circuit.isOpen()) {
            reasons.add("Its circuit breaker is open");
        }
        boolean degraded = !reasons.isEmpty();
        State state = state();
        boolean live = !ended() && loop.polls();
        boolean atWork = state == State.RUNNING || state == State.PAUSED;
        if (!atWork) {
            reasons.add(state
                    + failure()
                            .map(error -> " by " + error.getClass().getName())
                            .orElse(""));
        } else if (!live) {
            reasons.add("It hasn't polled for more than half of max.poll.interval.ms");
        } else if (!loop.joined()) {
            reasons.add("It is not a member of its group yet");
        }
        return new Health(
                live,
                live && atWork && loop.joined(),
                degraded,
                reasons.stream().map(reason -> "Group " + group + ": " + reason).toList());
    }

    /** What happened since the start. */
    public Counts counts() {
        return counters.snapshot();
    }

    /**
     * Fetches nothing more until {@link #resume}. What was received is finished, and the group keeps its partitions with
     * this member. Returns at once; a poll under way may still bring records. Doing it twice is fine.
     */
    public void pause() {
        lifecycle.pause();
    }

    /** Fetches again after {@link #pause} or {@link #drain}. */
    public void resume() {
        lifecycle.resume();
    }

    /**
     * Pauses, and waits until everything received is finished and committed. It stays paused until {@link #resume}.
     *
     * @param time how long to wait at most
     * @return whether all is finished and committed; false if the time was too short, or the commit failed, or somebody
     *     resumed it, or it ended
     * @throws IllegalStateException in a handler of this subscription, which would wait for itself
     */
    public boolean drain(Duration time) {
        if (handling()) {
            throw new IllegalStateException(
                    "drain waits until all handlers have returned, and this is one of them: call"
                            + " pause, or drain on another thread");
        }
        try {
            return lifecycle.drain().get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A drain never fails", e);
        }
    }

    /** Closes it within 30 seconds, see {@link #close(Duration)}. */
    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    /**
     * Stops taking records in, finishes those received, commits, and leaves the group. Records that wait for another
     * attempt or for something that is away are given up, as are those whose handler takes too long (it is interrupted):
     * they stay uncommitted and come again. Returns at most 1 second after the time given. Doing it twice is fine.
     *
     * <p>In a handler of this subscription it doesn't wait, for it would wait for itself: the subscription takes nothing in
     * any more and ends once that handler has returned.
     *
     * @return whether the group was left in time; false in a handler
     */
    public boolean close(Duration time) {
        if (handling()) {
            lifecycle.leave(time);
            return false;
        }
        long end = System.nanoTime()
                + time.plus(ConsumeLoop.LEAVING_TIME.multipliedBy(2)).toNanos();
        lifecycle.leave(time);
        try {
            TimeUnit.NANOSECONDS.timedJoin(pollThread, Math.max(1, end - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (pollThread.isAlive()) {
            lifecycle.stop();
            pollThread.interrupt();
            return false;
        }
        return true;
    }
}
