package dev.schemabus.bus;

import dev.schemabus.bus.Outputs.Output;
import dev.schemabus.bus.RecordRoad.Finished;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: what handlers published and the offsets of their records are committed in one transaction. Handlers run side by
 * side as ever; what they publish waits in memory until all records before theirs are complete, and goes with the offset
 * that says so. One transaction runs at a time, on a thread of its own.
 *
 * <p>One that was surely aborted is run again with the same content. After one of which nobody knows the end, the group's
 * committed offsets tell it: everything that isn't committed is read and handled again from there.
 */
final class ExactlyOnce<T> implements CommitProtocol<T> {

    private static final Logger LOG = LoggerFactory.getLogger(ExactlyOnce.class);
    private static final long INTERVAL_NANOS = 100_000_000L;
    private static final Duration QUESTION_WAIT = Duration.ofMillis(500);
    private static final Object REWIND = "rewind";
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final java.util.function.Consumer<RecordWork<T>> lanes;
    private final Consumer<byte[], byte[]> consumer;
    private final OffsetLedger ledger;
    private final InFlight inFlight;
    private final Intake intake;
    private final Transactions transactions;
    private final Executor thread;
    private final Lifecycle lifecycle;
    private final Rewinding rewinding;
    private final String group;

    private final Map<Assignment, NavigableMap<Long, Finished>> handled = new HashMap<>();
    private final Set<TopicPartition> rewind = new HashSet<>();
    private @Nullable Attempt underWay;
    private long next = System.nanoTime();
    private int failures;

    /** A transaction under way. */
    private record Attempt(Map<Assignment, OffsetAndMetadata> offsets, CompletableFuture<Void> end) {}

    /** What rewinding needs of the poll loop. */
    interface Rewinding {
        /** Starts new terms: whatever is in flight doesn't count any more. */
        void restart(Collection<TopicPartition> partitions);

        /** Goes to where the group begins that has committed nothing. */
        void begin(Set<TopicPartition> partitions);
    }

    ExactlyOnce(
            java.util.function.Consumer<RecordWork<T>> lanes,
            Consumer<byte[], byte[]> consumer,
            OffsetLedger ledger,
            InFlight inFlight,
            Intake intake,
            Transactions transactions,
            Executor thread,
            Lifecycle lifecycle,
            Rewinding rewinding,
            String group) {
        this.lanes = lanes;
        this.consumer = consumer;
        this.ledger = ledger;
        this.inFlight = inFlight;
        this.intake = intake;
        this.transactions = transactions;
        this.thread = thread;
        this.lifecycle = lifecycle;
        this.rewinding = rewinding;
        this.group = group;
    }

    @Override
    public void received(RecordWork<T> work) {
        lanes.accept(work);
    }

    /** In flight until it is committed, for until then its output takes memory. */
    @Override
    public void finished(Finished result) {
        if (result.complete() && ledger.completed(result.assignment(), result.offset())) {
            inFlight.grow(outputBytes(result));
            handled.computeIfAbsent(result.assignment(), assignment -> new TreeMap<>())
                    .put(result.offset(), result);
        } else {
            inFlight.release(result.bytes());
        }
    }

    @Override
    public void turn() {
        if (!rewind.isEmpty()) {
            goBack();
        } else if (underWay != null) {
            if (underWay.end().isDone()) {
                ended(underWay);
            }
        } else if (System.nanoTime() - next >= 0) {
            start(handled.keySet().stream().map(Assignment::partition).toList());
        }
    }

    private void start(Collection<TopicPartition> partitions) {
        next = System.nanoTime() + INTERVAL_NANOS;
        Map<Assignment, OffsetAndMetadata> offsets = new HashMap<>();
        List<Output> outputs = new ArrayList<>();
        ledger.committable(partitions).forEach((assignment, offset) -> {
            // Without what is completed ahead: the output of that isn't committed yet.
            offsets.put(assignment, new OffsetAndMetadata(offset.offset(), offset.leaderEpoch(), ""));
            until(assignment, offset.offset()).values().forEach(result -> outputs.addAll(result.outputs()));
        });
        if (offsets.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> byPartition = new HashMap<>();
        offsets.forEach((assignment, offset) -> byPartition.put(assignment.partition(), offset));
        ConsumerGroupMetadata member = consumer.groupMetadata();
        Attempt attempt = new Attempt(offsets, new CompletableFuture<>());
        underWay = attempt;
        thread.execute(() -> {
            try {
                List<Receipt> unused = transactions.run(transaction -> {
                    outputs.forEach(output -> transaction.send(output.record(), output.eventId()));
                    transaction.sendOffsets(byPartition, member);
                });
                attempt.end().complete(null);
            } catch (Throwable e) {
                attempt.end().completeExceptionally(e);
            }
        });
    }

    private void ended(Attempt attempt) {
        underWay = null;
        try {
            attempt.end().join();
        } catch (CompletionException e) {
            failed(e.getCause() == null ? e : e.getCause());
            return;
        }
        failures = 0;
        ledger.committed(attempt.offsets());
        attempt.offsets().forEach((assignment, offset) -> {
            NavigableMap<Long, Finished> done = until(assignment, offset.offset());
            done.values().forEach(this::release);
            done.clear();
        });
        handled.values().removeIf(Map::isEmpty);
    }

    private void failed(Throwable error) {
        if (error instanceof TransactionIndeterminateException) {
            LOG.warn(
                    "Group {}: nobody knows whether a transaction was committed; going back to what is: {}",
                    group,
                    error.toString());
            goBackSoon();
            return;
        }
        if ((error instanceof TransactionAbortedException aborted && isPermanent(aborted.reason()))
                || error instanceof AuthorizationException
                || !(error instanceof KafkaException || error instanceof TransactionException)) {
            LOG.error(
                    "Group {}: the subscription stops, for its output or its offsets can't be published", group, error);
            lifecycle.fail(error);
            return;
        }
        failures++;
        Duration wait = BACKOFF.after(failures, ThreadLocalRandom.current());
        next = System.nanoTime() + wait.toNanos();
        LOG.warn("Group {}: a transaction was aborted and will be run again: {}", group, error.toString());
    }

    /** Whether running it again would end the same way. */
    private static boolean isPermanent(PublishOutcome.RejectionReason reason) {
        return switch (reason) {
            case TOO_LARGE, UNAUTHORIZED, INVALID_TOPIC, SCHEMA, SERIALIZATION -> true;
            default -> false;
        };
    }

    private void goBackSoon() {
        Set<TopicPartition> all = consumer.assignment();
        rewinding.restart(all);
        dropHandled(all);
        rewind.addAll(all);
        all.forEach(partition -> intake.hold(partition, REWIND));
        intake.apply();
    }

    /** The broker answers once it has ended the transaction in doubt. */
    private void goBack() {
        Map<TopicPartition, OffsetAndMetadata> committed;
        try {
            committed = consumer.committed(Set.copyOf(rewind), QUESTION_WAIT);
        } catch (KafkaException e) {
            LOG.debug("Group {}: nobody tells yet what is committed", group, e);
            return;
        }
        Set<TopicPartition> never = new HashSet<>();
        for (TopicPartition partition : Set.copyOf(rewind)) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null) {
                never.add(partition);
            } else {
                consumer.seek(partition, offset);
            }
            intake.release(partition, REWIND);
        }
        if (!never.isEmpty()) {
            rewinding.begin(never);
        }
        rewind.clear();
    }

    @Override
    public boolean commit(Collection<TopicPartition> partitions, Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        if (underWay != null && !awaitEnd(underWay, deadline)) {
            return true;
        }
        if (!rewind.isEmpty() || lifecycle.failure().isPresent()) {
            return true;
        }
        start(partitions);
        if (underWay != null && !awaitEnd(underWay, deadline)) {
            LOG.warn("Group {}: a transaction was not committed in time; if it fails, its records come again", group);
        }
        return true;
    }

    private boolean awaitEnd(Attempt attempt, long deadline) {
        try {
            attempt.end().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            // Seen below.
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        ended(attempt);
        return true;
    }

    @Override
    public void forget(Collection<TopicPartition> partitions) {
        dropHandled(partitions);
        rewind.removeAll(partitions);
    }

    private void dropHandled(Collection<TopicPartition> partitions) {
        handled.entrySet().removeIf(entry -> {
            boolean gone = partitions.contains(entry.getKey().partition());
            if (gone) {
                entry.getValue().values().forEach(this::release);
            }
            return gone;
        });
    }

    private NavigableMap<Long, Finished> until(Assignment assignment, long offset) {
        NavigableMap<Long, Finished> all = handled.get(assignment);
        return all == null ? new TreeMap<>() : all.headMap(offset, false);
    }

    private void release(Finished result) {
        inFlight.release(result.bytes() + outputBytes(result));
    }

    private static long outputBytes(Finished result) {
        return result.outputs().stream().mapToLong(Output::bytes).sum();
    }

    @Override
    public Map<TopicPartition, CompletedAhead> completedAhead(Set<TopicPartition> partitions) {
        return Map.of();
    }

    @Override
    public boolean finishesWhatItReceived() {
        return false;
    }
}
