package dev.schemabus.bus;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: commits what the ledger allows. A commit that fails costs redelivery after a crash and nothing else, so it is
 * logged and the next one covers it. Used by the poll thread alone.
 */
final class Commits {

    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final OffsetLedger ledger;
    private final String group;
    private long last = System.nanoTime();
    private boolean underWay;

    Commits(Consumer<byte[], byte[]> consumer, OffsetLedger ledger, String group) {
        this.consumer = consumer;
        this.ledger = ledger;
        this.group = group;
    }

    /** Commits once per interval, without waiting for the answer. */
    void regularly() {
        long now = System.nanoTime();
        if (underWay || now - last < INTERVAL.toNanos()) {
            return;
        }
        last = now;
        Map<Assignment, Long> offsets = ledger.committable();
        if (offsets.isEmpty()) {
            return;
        }
        underWay = true;
        try {
            consumer.commitAsync(kafkaForm(offsets), (committed, error) -> {
                underWay = false;
                if (error == null) {
                    ledger.committed(offsets);
                } else {
                    failed(error);
                }
            });
        } catch (KafkaException e) {
            underWay = false;
            failed(e);
        }
    }

    /** Commits some partitions and waits for the answer. */
    void now(Collection<TopicPartition> partitions, Duration wait) {
        Map<Assignment, Long> offsets = ledger.committable(partitions);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(kafkaForm(offsets), wait);
            ledger.committed(offsets);
        } catch (KafkaException e) {
            failed(e);
        }
    }

    private void failed(Exception error) {
        LOG.warn("Group {}: a commit failed, the next one covers it: {}", group, error.toString());
    }

    private static Map<TopicPartition, OffsetAndMetadata> kafkaForm(Map<Assignment, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> result = new HashMap<>();
        offsets.forEach((assignment, offset) -> result.put(assignment.partition(), new OffsetAndMetadata(offset)));
        return result;
    }
}
