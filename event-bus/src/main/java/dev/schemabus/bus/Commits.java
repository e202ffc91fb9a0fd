package dev.schemabus.bus;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: commits what the ledger allows. A commit that fails costs redelivery after a crash and nothing else, so it is
 * logged and the next one covers it. Used by the poll thread alone.
 */
final class Commits {

    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration QUESTION_WAIT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final OffsetLedger ledger;
    private final String group;
    private final BusMetrics metrics;
    private long last = System.nanoTime();
    private boolean underWay;
    private @Nullable AuthorizationException refusal;
    private boolean withMetadata = true;

    Commits(Consumer<byte[], byte[]> consumer, OffsetLedger ledger, String group, BusMetrics metrics) {
        this.consumer = consumer;
        this.ledger = ledger;
        this.group = group;
        this.metrics = metrics;
    }

    /**
     * Commits once per interval, without waiting for the answer.
     *
     * @throws AuthorizationException if the one before was refused for want of a right: without commits another member may
     *     have these partitions meanwhile, and heartbeats don't tell
     */
    void regularly() {
        if (refusal != null) {
            throw refusal;
        }
        long now = System.nanoTime();
        if (underWay || now - last < INTERVAL.toNanos()) {
            return;
        }
        last = now;
        Map<Assignment, OffsetAndMetadata> offsets = ledger.committable();
        if (offsets.isEmpty()) {
            return;
        }
        underWay = true;
        try {
            consumer.commitAsync(kafkaForm(offsets), (committed, error) -> {
                underWay = false;
                if (error == null) {
                    succeeded(offsets);
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

    /**
     * Commits some partitions and waits for the answer.
     *
     * @return false if the group is amid a rebalance, and the same may succeed after it
     */
    boolean now(Collection<TopicPartition> partitions, Duration wait) {
        Map<Assignment, OffsetAndMetadata> offsets = ledger.committable(partitions);
        if (offsets.isEmpty()) {
            return true;
        }
        try {
            consumer.commitSync(kafkaForm(offsets), wait);
            succeeded(offsets);
        } catch (OffsetMetadataTooLarge e) {
            failed(e);
            return now(partitions, wait);
        } catch (RebalanceInProgressException e) {
            LOG.debug("Group {}: no commit amid a rebalance", group, e);
            return false;
        } catch (KafkaException e) {
            failed(e);
        }
        return true;
    }

    /** What was completed ahead of the committed offsets of partitions that came; nothing if nobody answers in time. */
    Map<TopicPartition, CompletedAhead> completedAhead(Set<TopicPartition> partitions) {
        Map<TopicPartition, CompletedAhead> result = new HashMap<>();
        try {
            consumer.committed(partitions, QUESTION_WAIT).forEach((partition, committed) -> {
                if (committed != null) {
                    read(partition, committed).ifPresent(ahead -> result.put(partition, ahead));
                }
            });
        } catch (KafkaException e) {
            LOG.info(
                    "Group {}: nobody tells what is completed ahead, some records come again: {}", group, e.toString());
        }
        return result;
    }

    private Optional<CompletedAhead> read(TopicPartition partition, OffsetAndMetadata committed) {
        if (committed.metadata().isEmpty()) {
            return Optional.empty();
        }
        Optional<CompletedAhead> ahead = CompletedAhead.read(committed.offset(), committed.metadata());
        if (ahead.isEmpty()) {
            LOG.info(
                    "Group {}: the metadata committed for {} is not ours, or not of this offset, and is ignored",
                    group,
                    partition);
        }
        return ahead;
    }

    private void succeeded(Map<Assignment, OffsetAndMetadata> offsets) {
        ledger.committed(offsets);
        metrics.committed(group, true);
    }

    private void failed(Exception error) {
        if (error instanceof OffsetMetadataTooLarge && withMetadata) {
            withMetadata = false;
            LOG.warn("Group {}: the broker takes less metadata than Kafka's default, so commits go without", group);
        } else {
            LOG.warn("Group {}: a commit failed, the next one covers it: {}", group, error.toString());
        }
        metrics.committed(group, false);
    }

    private Map<TopicPartition, OffsetAndMetadata> kafkaForm(Map<Assignment, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> result = new HashMap<>();
        offsets.forEach((assignment, offset) -> result.put(
                assignment.partition(),
                withMetadata ? offset : new OffsetAndMetadata(offset.offset(), offset.leaderEpoch(), "")));
        return result;
    }
}
