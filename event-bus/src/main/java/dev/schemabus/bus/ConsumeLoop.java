package dev.schemabus.bus;

import dev.schemabus.bus.RecordRoad.Finished;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: the poll thread of a subscription. It polls, hands records to their lanes, takes in results and commits; it
 * never decodes, never handles, and never sleeps, so the group always hears from it.
 */
final class ConsumeLoop<T> implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumeLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration POLL_WHILE_BUSY = Duration.ofMillis(20);

    private static final Duration DRAINED_COMMIT_WAIT = Duration.ofSeconds(5);

    private static final Duration LOGIN_WAIT = Duration.ofMillis(200);
    private static final Duration LOGIN_PROVEN = Duration.ofSeconds(5);

    /** How long leaving may take once the time for finishing is over. */
    static final Duration LEAVING_TIME = Duration.ofMillis(400);

    /** How long leaving waits for a rebalance, which takes the others' time: they finish what runs. */
    private static final Duration REBALANCE_TIME = Duration.ofSeconds(12);

    private final RecordRoad<T> road;
    private final TopicSelection topics;
    private final Set<String> prepared = new HashSet<>();
    private final Consumer<byte[], byte[]> consumer;
    private final Queue<Finished> results;
    private final Schedule<? super RecordWork<T>> lanes;
    private final SubscriptionThreads threads;
    private final Duration revocationWait;
    private final OffsetLedger ledger = new OffsetLedger();
    private final InFlight inFlight;
    private final Intake intake;
    private final RetryIntake retries;
    private final CommitProtocol<T> commits;
    private final Rebalances rebalances;
    private final OffsetResets resets;
    private final Figures figures;
    private final TopicWatch watch;
    private final Duration longestPollGap;
    private final RateLimit loginLog = new RateLimit(Duration.ofMinutes(1));
    private @Nullable Long refused;
    private volatile long lastPoll = System.nanoTime();

    ConsumeLoop(
            RecordRoad<T> road,
            TopicSelection topics,
            Consumer<byte[], byte[]> consumer,
            ConsumerSettings settings,
            RetryTopics retryTopics,
            Queue<Finished> results,
            Schedule<? super RecordWork<T>> lanes,
            SubscriptionThreads threads,
            Transactions transactions,
            TopicWatch watch) {
        this.road = road;
        this.topics = topics;
        this.consumer = consumer;
        this.results = results;
        this.lanes = lanes;
        this.threads = threads;
        this.watch = watch;
        this.revocationWait = settings.revocationWait();
        this.longestPollGap = settings.longestPollGap();
        this.inFlight = new InFlight(settings.limits());
        this.intake = new Intake(consumer);
        this.retries = new RetryIntake(road.settings(), retryTopics, settings.limits(), ledger);
        this.resets = new OffsetResets(
                consumer, group(), settings.start(), road.settings().offsetReset(), ledger);
        this.commits = protocol(transactions);
        this.rebalances = new Rebalances(
                ledger,
                commits,
                lanes,
                road.lifecycle(),
                road.calls(),
                intake,
                retries,
                revocationWait,
                this::takeInResults,
                this::rebalanced);
        this.figures = new Figures(group(), inFlight);
    }

    private CommitProtocol<T> protocol(Transactions transactions) {
        return switch (road.settings().delivery()) {
            case AT_LEAST_ONCE ->
                new AtLeastOnce<>(this::submit, ledger, inFlight, new Commits(consumer, ledger, group(), metrics()));
            case AT_MOST_ONCE ->
                new AtMostOnce<>(this::submit, retries::finished, consumer, ledger, inFlight, metrics(), group());
            case EXACTLY_ONCE_KAFKA ->
                new ExactlyOnce<>(
                        this::submit,
                        consumer,
                        ledger,
                        inFlight,
                        intake,
                        transactions,
                        threads.transactions(),
                        road.lifecycle(),
                        new ExactlyOnce.Rewinding() {
                            @Override
                            public void restart(Collection<TopicPartition> partitions) {
                                rebalances.restart(partitions);
                            }

                            @Override
                            public void begin(Set<TopicPartition> partitions) {
                                resets.begin(partitions);
                            }
                        },
                        group());
        };
    }

    private void rebalanced(BusMetrics.Rebalance kind, int partitions) {
        metrics().rebalanced(group(), kind, partitions);
        for (TopicPartition partition : rebalances.assigned()) {
            String topic = partition.topic();
            if (!topics.names().contains(topic)
                    && TopicNames.source(topic, group()).isEmpty()
                    && prepared.add(topic)) {
                threads.writes().execute(() -> topics.prepare().accept(topic));
            }
        }
    }

    private void submit(RecordWork<T> work) {
        Incoming incoming = work.incoming();
        if (incoming.isRetried()) {
            // What stands in the retry topic is older than what its key has on the lane from the source.
            lanes.submitFirst(incoming.lane(), work);
        } else {
            lanes.submit(incoming.lane(), work);
        }
    }

    /** The assigned partitions of event topics. */
    Set<TopicPartition> assigned() {
        return rebalances.assigned().stream()
                .filter(partition ->
                        TopicNames.source(partition.topic(), group()).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void run() {
        metrics().subscriptionStarted(figures);
        try {
            if (topics.pattern().isPresent()) {
                consumer.subscribe(topics.pattern().get(), rebalances);
            } else {
                consumer.subscribe(topics.names(), rebalances);
            }
            while (road.lifecycle().running()) {
                try {
                    turn();
                    loggedIn();
                } catch (AuthenticationException e) {
                    notLoggedIn(e);
                }
            }
            drain();
        } catch (Throwable e) {
            // A close that ran out of time interrupts this thread: that is no failure.
            if (!road.lifecycle().stopped()) {
                LOG.error("Group {}: the subscription stops, what is not handled stays uncommitted", group(), e);
                road.lifecycle().fail(e);
            }
        } finally {
            end();
            metrics().subscriptionEnded(figures);
        }
    }

    /**
     * No reason to stop: passwords are rotated, and what gives out tokens may be away for a minute. Nothing is skipped
     * meanwhile, and if nobody mends it, health and log say so.
     */
    private void notLoggedIn(AuthenticationException error) {
        refused = System.nanoTime();
        road.counters().waits.add(this, "Can't log in to the brokers");
        if (loginLog.permits()) {
            LOG.error("Group {}: the brokers refuse the login, trying on: {}", group(), error.toString());
        }
        LockSupport.parkNanos(LOGIN_WAIT.toNanos());
    }

    /** A poll may succeed because the client waits before it connects again: that says nothing. */
    private void loggedIn() {
        Long last = refused;
        if (last != null && System.nanoTime() - last > LOGIN_PROVEN.toNanos()) {
            refused = null;
            road.counters().waits.remove(this);
            LOG.info("Group {}: the brokers refuse the login no more", group());
        }
    }

    /** Whether it polled lately. May be asked from any thread. */
    boolean polls() {
        return System.nanoTime() - lastPoll <= longestPollGap.toNanos();
    }

    /** Whether it is a member of its group. May be asked from any thread. */
    boolean joined() {
        return rebalances.joined();
    }

    private void turn() {
        lastPoll = System.nanoTime();
        takeInResults();
        resets.noteStarts();
        commits.turn();
        figures.regularly(consumer, ledger);
        watch.regularly();
        retries.holdBack(intake, road.lifecycle().paused(), inFlight.full());
        intake.apply();
        if (road.lifecycle().paused() && inFlight.empty()) {
            road.lifecycle()
                    .drained(
                            () -> commits.commit(rebalances.assigned(), DRAINED_COMMIT_WAIT),
                            // At most once, nothing comes to be in flight before it is committed.
                            () -> road.settings().delivery() == DeliveryMode.AT_MOST_ONCE
                                    || ledger.committable(rebalances.assigned()).isEmpty());
        }
        for (ConsumerRecord<byte[], byte[]> record : poll()) {
            retries.take(record).ifPresent(this::accept);
        }
        retries.afterPoll(consumer);
        retries.due().forEach(this::accept);
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(intake.holdsAll() ? POLL_WHILE_BUSY : POLL);
        } catch (NoOffsetForPartitionException e) {
            resets.begin(e.partitions());
        } catch (OffsetOutOfRangeException e) {
            Set<TopicPartition> restarted = new HashSet<>(resets.goOn(e));
            restarted.addAll(rewindSources(restarted));
            rebalances.restart(restarted);
        }
        return ConsumerRecords.empty();
    }

    /**
     * Goes back in the sources of restarted retry partitions that keep order: what is in flight asks what was known of
     * parked keys, so it is given up and comes again.
     */
    private Set<TopicPartition> rewindSources(Set<TopicPartition> restarted) {
        Set<TopicPartition> sources = retries.orderedSources(restarted);
        sources.removeAll(restarted);
        sources.retainAll(consumer.assignment());
        for (TopicPartition source : sources) {
            long position = ledger.position(source);
            if (position >= 0) {
                consumer.seek(source, position);
            }
        }
        return sources;
    }

    private void accept(Incoming incoming) {
        Assignment assignment = ledger.assignment(incoming.partition());
        if (assignment == null || !ledger.received(assignment, incoming.offset(), incoming.leaderEpoch())) {
            return;
        }
        RecordWork<T> work = new RecordWork<>(road, assignment, incoming);
        inFlight.add(work.bytes());
        road.counters().received.increment();
        if (incoming.isRetried()) {
            retries.started();
        }
        commits.received(work);
    }

    private void takeInResults() {
        for (Finished result = results.poll(); result != null; result = results.poll()) {
            retries.finished(result.assignment().partition());
            commits.finished(result);
        }
    }

    /** Takes nothing in any more and finishes what can be finished without waiting for something else. */
    private void drain() {
        long never = System.nanoTime() + Duration.ofDays(1).toNanos();
        while (!road.lifecycle().stopped()) {
            lanes.nudge();
            takeInResults();
            if (inFlight.empty() || System.nanoTime() - road.lifecycle().bounded(never) >= 0) {
                return;
            }
            commits.turn();
            retries.holdBack(intake, true, false);
            intake.apply();
            // What a rebalance brings now is not ours to handle: it stays uncommitted.
            poll();
        }
    }

    /** Commits what is complete and leaves the group. */
    private void end() {
        boolean failed = road.lifecycle().failure().isPresent();
        road.lifecycle().stop();
        try {
            Collection<TopicPartition> held = rebalances.assigned();
            // After a failure other handlers may be at work, and nobody waits for a close: let them finish.
            List<Assignment> unused = rebalances.release(held, failed ? revocationWait : Duration.ZERO);
            threads.endWork();
            commitAtTheEnd(held);
        } catch (RuntimeException e) {
            LOG.warn("Group {}: could not commit at the end", group(), e);
        } finally {
            threads.end();
        }
        try {
            consumer.close(CloseOptions.timeout(road.lifecycle().timeLeft(LEAVING_TIME)));
        } catch (KafkaException e) {
            LOG.warn("Group {}: could not leave the group in time: {}", group(), e.toString());
        }
    }

    private void commitAtTheEnd(Collection<TopicPartition> held) {
        long longest = System.nanoTime() + REBALANCE_TIME.toNanos();
        while (!commits.commit(held, road.lifecycle().timeLeft(LEAVING_TIME))
                && System.nanoTime() - road.lifecycle().bounded(longest) < 0) {
            // Amid a rebalance the group takes no commit, and only polling brings this member through it.
            consumer.pause(consumer.assignment());
            consumer.poll(POLL_WHILE_BUSY);
        }
    }

    private BusMetrics metrics() {
        return road.signals().metrics();
    }

    private String group() {
        return road.settings().group();
    }
}
