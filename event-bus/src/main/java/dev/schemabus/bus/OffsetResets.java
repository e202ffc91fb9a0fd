package dev.schemabus.bus;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: decides where to go on where the consumer has no position or one that the log doesn't have. Kafka's own reset
 * is off, because it would skip records in silence. Used by the poll thread alone.
 */
final class OffsetResets {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetResets.class);
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final String group;
    private final NewGroupStart start;
    private final OffsetReset policy;
    private final OffsetLedger ledger;

    /** Partitions that begin at their end, wherever that is. */
    private final Set<TopicPartition> starting = new HashSet<>();

    /** Where a group begins that has no position. */
    enum NewGroupStart {
        EARLIEST,
        LATEST,
        NONE
    }

    OffsetResets(
            Consumer<byte[], byte[]> consumer,
            String group,
            NewGroupStart start,
            OffsetReset policy,
            OffsetLedger ledger) {
        this.consumer = consumer;
        this.group = group;
        this.start = start;
        this.policy = policy;
        this.ledger = ledger;
    }

    /** Gives partitions that the group has never read a position. */
    void begin(Set<TopicPartition> unknown) {
        // Whatever stands in a retry topic is for this group, from its first record.
        Map<Boolean, Set<TopicPartition>> byRetry =
                unknown.stream().collect(Collectors.partitioningBy(this::isRetry, Collectors.toSet()));
        Set<TopicPartition> retries = byRetry.getOrDefault(true, Set.of());
        if (!retries.isEmpty()) { // none would stand for all
            consumer.seekToBeginning(retries);
        }
        Set<TopicPartition> sources = byRetry.getOrDefault(false, Set.of());
        if (!sources.isEmpty()) {
            beginSources(sources);
        }
    }

    private void beginSources(Set<TopicPartition> partitions) {
        switch (start) {
            case EARLIEST -> consumer.seekToBeginning(partitions);
            case LATEST -> {
                consumer.seekToEnd(partitions);
                starting.addAll(partitions);
            }
            case NONE ->
                throw new OffsetsUnavailableException("Group " + group + " has no position in "
                        + names(partitions)
                        + ", and auto.offset.reset=none says not to choose one: set the group's offsets,"
                        + " or auto.offset.reset=earliest or latest");
        }
    }

    /**
     * Lets the ends at which partitions begin be committed, once they are known: after a crash without that the end would
     * be further on, and records skipped. Not to be called between a poll and the taking in of its records: the position
     * is behind them then.
     */
    void noteStarts() {
        starting.retainAll(consumer.assignment());
        for (TopicPartition partition : Set.copyOf(starting)) {
            Assignment assignment = ledger.assignment(partition);
            try {
                long position = consumer.position(partition, Duration.ZERO);
                if (assignment != null) {
                    ledger.startsAt(assignment, position);
                }
                starting.remove(partition);
            } catch (TimeoutException | InvalidOffsetException e) {
                LOG.debug("Group {}: the end of {} is not known yet", group, partition, e);
            }
        }
    }

    private boolean isRetry(TopicPartition partition) {
        return TopicNames.source(partition.topic(), group).isPresent();
    }

    /**
     * Goes on elsewhere, or doesn't.
     *
     * @return the partitions whose position was changed
     * @throws OffsetsUnavailableException if the policy is to stop
     */
    Collection<TopicPartition> goOn(OffsetOutOfRangeException gone) {
        Map<TopicPartition, Long> at = gone.offsetOutOfRangePartitions();
        Map<TopicPartition, OffsetAndMetadata> truncatedTo =
                gone instanceof LogTruncationException truncation ? truncation.divergentOffsets() : Map.of();
        List<String> found = describe(at, truncatedTo);
        if (policy == OffsetReset.FAIL) {
            throw new OffsetsUnavailableException("Group " + group + " can't go on where it is: "
                    + String.join("; ", found) + ". Going on elsewhere would skip records or repeat them: choose with"
                    + " offsetReset(EARLIEST) or offsetReset(LATEST), or set the group's offsets yourself"
                    + " (kafka-consumer-groups --reset-offsets)");
        }
        LOG.error("Group {} goes on at the {}, as it was told: {}", group, policy, String.join("; ", found));
        at.keySet().forEach(partition -> {
            OffsetAndMetadata divergence = truncatedTo.get(partition);
            // Whatever stands in a retry topic is for this group: none of it is skipped.
            if (policy == OffsetReset.LATEST && !isRetry(partition)) {
                consumer.seekToEnd(List.of(partition));
                starting.add(partition);
            } else if (divergence == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, divergence);
            }
        });
        return at.keySet();
    }

    private List<String> describe(Map<TopicPartition, Long> at, Map<TopicPartition, OffsetAndMetadata> truncatedTo) {
        Map<TopicPartition, Long> begins = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        try {
            begins.putAll(consumer.beginningOffsets(at.keySet(), WAIT));
            ends.putAll(consumer.endOffsets(at.keySet(), WAIT));
        } catch (KafkaException e) {
            LOG.debug("Nobody tells what stands in the log", e);
        }
        return at.entrySet().stream()
                .map(entry -> entry.getKey() + " is at offset " + entry.getValue()
                        + why(
                                entry.getValue(),
                                begins.get(entry.getKey()),
                                ends.get(entry.getKey()),
                                truncatedTo.get(entry.getKey())))
                .sorted()
                .toList();
    }

    private static String why(
            long at, @Nullable Long begin, @Nullable Long end, @Nullable OffsetAndMetadata truncatedTo) {
        if (truncatedTo != null) {
            return ", but the log was truncated at " + truncatedTo.offset() + " and written anew";
        }
        if (begin == null || end == null) {
            return ", which the log doesn't have";
        }
        String log = ", but the log holds " + begin + " to " + (end - 1);
        if (at < begin) {
            return log + ": retention removed " + (begin - at) + " offsets that the group hadn't read";
        }
        return log + ": it was truncated, or the topic was deleted and made anew";
    }

    private static String names(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(TopicPartition::toString)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }
}
