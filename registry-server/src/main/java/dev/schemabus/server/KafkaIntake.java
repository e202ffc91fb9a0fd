package dev.schemabus.server;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in each message of the topic: makes a change of it for the follower, and remembers what the node needs to know
 * about the topic itself. What makes no sense is skipped and logged.
 */
final class KafkaIntake implements Consumer<ConsumerRecord<byte[], byte[]>> {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaIntake.class);

    private final KafkaLeadership leadership;
    private final Consumer<Change> follower;
    private final KafkaForeignParts foreign = new KafkaForeignParts();
    private final KafkaHighestIds highestIds = new KafkaHighestIds();
    private final AtomicLong skipped = new AtomicLong();

    KafkaIntake(KafkaLeadership leadership, Consumer<Change> follower) {
        this.leadership = leadership;
        this.follower = follower;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> message) {
        try {
            Optional<KafkaDecoder.Decoded> decoded = KafkaDecoder.decode(message.key(), message.value());
            if (decoded.isEmpty()) {
                LOG.debug("The message at offset {} of topic {} is for others", message.offset(), message.topic());
                return;
            }
            take(message, decoded.get());
        } catch (KafkaDecoder.CorruptMessageException e) {
            skipped.incrementAndGet();
            e.reserved().ifPresent(reserved -> {
                highestIds.read(reserved);
                follower.accept(reserved);
            });
            LOG.error(
                    "The message at offset {} of topic {} is skipped: {}. A registry of another make or a hand wrote"
                            + " it",
                    message.offset(),
                    message.topic(),
                    e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            skipped.incrementAndGet();
            LOG.error("The message at offset {} of topic {} is skipped", message.offset(), message.topic(), e);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> message, KafkaDecoder.Decoded decoded) {
        Change change = decoded.change();
        foreign.read(new String(message.key(), StandardCharsets.UTF_8), decoded);
        highestIds.read(change);
        if (change instanceof Change.Noop) {
            KafkaAnnouncement.read(message).ifPresent(leadership::announced);
        }
        follower.accept(change);
    }

    /** What other registries have put into the topic. */
    KafkaForeignParts foreign() {
        return foreign;
    }

    /** Which ids were given out. */
    KafkaHighestIds highestIds() {
        return highestIds;
    }

    /** How many messages made no sense, or none to the registry. */
    long skipped() {
        return skipped.get();
    }
}
