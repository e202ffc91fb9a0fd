package dev.schemabus.bus;

import dev.schemabus.bus.RecordRoad.Finished;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: a record is handled once the commit of the offset behind it is acknowledged. A commit that fails is asked for
 * again; one whose answer never comes because the partition went away leaves its records to nobody, which is what this
 * mode allows.
 */
final class AtMostOnce<T> implements CommitProtocol<T> {

    private static final Logger LOG = LoggerFactory.getLogger(AtMostOnce.class);

    private final java.util.function.Consumer<RecordWork<T>> lanes;
    private final java.util.function.Consumer<TopicPartition> dropped;
    private final Consumer<byte[], byte[]> consumer;
    private final OffsetLedger ledger;
    private final InFlight inFlight;
    private final BusMetrics metrics;
    private final String group;
    private final List<RecordWork<T>> received = new ArrayList<>();
    private final List<RecordWork<T>> committing = new ArrayList<>();
    private boolean underWay;
    private @Nullable AuthorizationException refusal;

    /**
     * A protocol for one subscription.
     *
     * @param lanes takes a record that may be handled
     * @param dropped hears of a record that is left to the next owner
     */
    AtMostOnce(
            java.util.function.Consumer<RecordWork<T>> lanes,
            java.util.function.Consumer<TopicPartition> dropped,
            Consumer<byte[], byte[]> consumer,
            OffsetLedger ledger,
            InFlight inFlight,
            BusMetrics metrics,
            String group) {
        this.lanes = lanes;
        this.dropped = dropped;
        this.consumer = consumer;
        this.ledger = ledger;
        this.inFlight = inFlight;
        this.metrics = metrics;
        this.group = group;
    }

    @Override
    public void received(RecordWork<T> work) {
        received.add(work);
    }

    @Override
    public void finished(Finished result) {
        inFlight.release(result.bytes());
        ledger.completed(result.assignment(), result.offset());
        if (!result.complete()) {
            LOG.warn(
                    "Group {}: {} at offset {} is committed and was not handled: delivery is at most once",
                    group,
                    result.assignment(),
                    result.offset());
        }
    }

    @Override
    public void turn() {
        if (refusal != null) {
            throw refusal;
        }
        if (underWay) {
            return;
        }
        committing.addAll(received);
        received.clear();
        if (committing.isEmpty()) {
            return;
        }
        underWay = true;
        try {
            consumer.commitAsync(offsets(committing), (offsets, error) -> {
                underWay = false;
                metrics.committed(group, error == null);
                if (error == null) {
                    List<RecordWork<T>> committed = List.copyOf(committing);
                    committing.clear();
                    committed.forEach(lanes);
                } else {
                    failed(error);
                    refusal = error instanceof AuthorizationException missing ? missing : null;
                }
            });
        } catch (KafkaException e) {
            underWay = false;
            failed(e);
        }
    }

    private void failed(Exception error) {
        LOG.warn("Group {}: a commit failed, its records wait for the next one: {}", group, error.toString());
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(Collection<RecordWork<T>> works) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        works.forEach(work ->
                offsets.merge(work.assignment().partition(), work.behind(), (a, b) -> a.offset() > b.offset() ? a : b));
        return offsets;
    }

    /** What is received and not committed yet is, and goes to its lane. */
    @Override
    public boolean commit(Collection<TopicPartition> partitions, Duration wait) {
        Set<RecordWork<T>> theirs = Stream.concat(committing.stream(), received.stream())
                .filter(work -> partitions.contains(work.assignment().partition()))
                .collect(Collectors.toSet());
        if (theirs.isEmpty()) {
            return true;
        }
        try {
            consumer.commitSync(offsets(theirs), wait);
        } catch (KafkaException e) {
            failed(e);
            return true;
        }
        // Not those that were handed over meanwhile: waiting for one commit brings the answer to the one before it.
        List<RecordWork<T>> committed = new ArrayList<>();
        committing.removeIf(work -> theirs.contains(work) && committed.add(work));
        received.removeIf(work -> theirs.contains(work) && committed.add(work));
        committed.forEach(lanes);
        return true;
    }

    @Override
    public void forget(Collection<TopicPartition> partitions) {
        drop(received, partitions);
        drop(committing, partitions);
    }

    private void drop(List<RecordWork<T>> works, Collection<TopicPartition> partitions) {
        works.removeIf(work -> {
            boolean gone = partitions.contains(work.assignment().partition());
            if (gone) {
                inFlight.release(work.bytes());
                work.assignment().finished();
                dropped.accept(work.assignment().partition());
            }
            return gone;
        });
    }

    @Override
    public Map<TopicPartition, CompletedAhead> completedAhead(Set<TopicPartition> partitions) {
        return Map.of();
    }

    @Override
    public boolean finishesWhatItReceived() {
        return true;
    }
}
