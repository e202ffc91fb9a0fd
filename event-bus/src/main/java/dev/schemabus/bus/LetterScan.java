package dev.schemabus.bus;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Internal: reads a dead letter topic, partition by partition, up to where it ended when the scan began. */
final class LetterScan implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    /** How long a broker may take to give the next records. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> begins;
    private final Map<TopicPartition, Long> ends;

    /**
     * @param name of the group that progress is kept under
     * @param count how many partitions the topic has
     */
    LetterScan(KafkaSettings settings, String name, String topic, int count) {
        this.consumer = new KafkaConsumer<>(settings.reader(name));
        this.partitions = IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        this.begins = consumer.beginningOffsets(partitions, PATIENCE);
        this.ends = consumer.endOffsets(partitions, PATIENCE);
    }

    List<TopicPartition> partitions() {
        return partitions;
    }

    /** The oldest offset that is still there. */
    long begin(TopicPartition partition) {
        return begins.getOrDefault(partition, 0L);
    }

    /** Where the partition ended when the scan began. */
    long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    /** Where an earlier scan of that name came to; empty if there was none. */
    Optional<Long> progress(TopicPartition partition) {
        return Optional.ofNullable(
                        consumer.committed(Set.of(partition), PATIENCE).get(partition))
                .map(OffsetAndMetadata::offset);
    }

    /** Keeps the progress. */
    void keep(TopicPartition partition, long offset) {
        consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)), PATIENCE);
    }

    /**
     * Reads a partition.
     *
     * @param visitor told of each letter in order; false: that is enough
     * @return whether the visitor wanted all of it
     * @throws BrokerUnavailableException if the brokers give nothing for half a minute
     */
    boolean read(TopicPartition partition, long from, Predicate<DeadLetter> visitor) {
        long end = end(partition);
        if (from >= end) {
            return true;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition, PATIENCE) < end) {
            long before = consumer.position(partition, PATIENCE);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                if (record.offset() < end && !visitor.test(new DeadLetter(record))) {
                    return false;
                }
            }
            if (consumer.position(partition, PATIENCE) > before) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new BrokerUnavailableException(
                        "Topic partition " + partition + " gave nothing behind offset " + before + " for "
                                + PATIENCE.toSeconds() + " s: check that its leader is at work",
                        null);
            }
        }
        return true;
    }

    @Override
    public void close() {
        // An interrupt ends a replay; the consumer would take it for its own and not close.
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
