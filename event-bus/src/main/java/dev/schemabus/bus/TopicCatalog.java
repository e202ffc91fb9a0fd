package dev.schemabus.bus;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: knows which topics exist, and creates missing ones if the bus was told to. */
final class TopicCatalog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCatalog.class);
    private static final Duration VISIBILITY_CHECK = Duration.ofMillis(50);

    private final KafkaSettings settings;
    private final Optional<TopicCreation> creation;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
    private final Map<String, String> collisionForms = new ConcurrentHashMap<>();
    private @Nullable Admin admin;
    private boolean closed;

    /** @param creation how to create missing topics; empty: a missing topic is an error */
    TopicCatalog(KafkaSettings settings, Optional<TopicCreation> creation) {
        this.settings = settings;
        this.creation = creation;
    }

    /**
     * Makes sure that an event topic exists.
     *
     * @return how many partitions it has
     * @throws TopicMissingException if it doesn't and must not be created
     * @throws BrokerUnavailableException if no broker answers within the wait
     */
    int require(String topic, Duration wait) {
        return require(topic, creation, wait);
    }

    /** The same for the dead letter topic of a source topic; if created, with as many partitions as the source. */
    int requireDeadLetters(String topic, int sourcePartitions, Duration wait) {
        return require(topic, creation.map(c -> new TopicCreation(sourcePartitions, c.replicationFactor())), wait);
    }

    private int require(String topic, Optional<TopicCreation> wanted, Duration wait) {
        Integer known = partitions.get(topic);
        if (known != null) {
            return known;
        }
        String same = collisionForms.putIfAbsent(TopicNames.collisionForm(topic), topic);
        if (same != null && !same.equals(topic)) {
            throw new BusConfigurationException("Topics " + same + " and " + topic
                    + " differ only in '.' and '_', and Kafka's metrics can't tell them apart: rename one");
        }
        long deadline = System.nanoTime() + wait.toNanos();
        Optional<Integer> found = describe(topic, deadline);
        if (found.isEmpty() && wanted.isPresent()) {
            create(topic, wanted.get(), deadline);
            found = awaitVisible(topic, deadline);
            found.ifPresent(count -> awaitLeaders(topic, count, deadline));
        }
        int count = found.orElseThrow(() -> new TopicMissingException(topic));
        partitions.put(topic, count);
        return count;
    }

    private Optional<Integer> describe(String topic, long deadline) {
        DescribeTopicsOptions options = new DescribeTopicsOptions().timeoutMs(millisLeft(deadline));
        KafkaFuture<TopicDescription> answer = admin().describeTopics(List.of(topic), options)
                .topicNameValues()
                .get(topic);
        try {
            return Optional.of(await(answer, deadline).partitions().size());
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        } catch (InvalidTopicException e) {
            throw new BusConfigurationException("Kafka refuses the topic name '" + topic + "': " + e.getMessage(), e);
        }
    }

    private void create(String topic, TopicCreation wanted, long deadline) {
        NewTopic definition = new NewTopic(topic, wanted.partitions(), (short) wanted.replicationFactor());
        try {
            await(admin().createTopics(List.of(definition)).values().get(topic), deadline);
            LOG.info(
                    "Created topic {} with {} partitions, replication factor {}",
                    topic,
                    wanted.partitions(),
                    wanted.replicationFactor());
        } catch (TopicExistsException e) {
            LOG.debug("Topic {} was created by somebody else meanwhile", topic);
        } catch (InvalidReplicationFactorException | InvalidPartitionsException | PolicyViolationException e) {
            throw new KafkaException(
                    "Topic " + topic + " can't be created with " + wanted.partitions()
                            + " partitions and replication factor " + wanted.replicationFactor()
                            + " (correct createTopics(…), or create the topic yourself): " + e.getMessage(),
                    e);
        }
    }

    /** The controller creates a topic; the brokers learn of it a little later. */
    private Optional<Integer> awaitVisible(String topic, long deadline) {
        Optional<Integer> found = describe(topic, deadline);
        while (found.isEmpty() && System.nanoTime() < deadline) {
            try {
                TimeUnit.NANOSECONDS.sleep(VISIBILITY_CHECK.toNanos());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
            found = describe(topic, deadline);
        }
        return found;
    }

    /**
     * A partition is known before its leader is at work. Should the leader refuse a producer's first batch and take its
     * second, the first is out of sequence for ever; a leader that tells its end offset is at work.
     */
    private void awaitLeaders(String topic, int count, long deadline) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < count; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        ListOffsetsOptions options = new ListOffsetsOptions().timeoutMs(millisLeft(deadline));
        await(admin().listOffsets(ends, options).all(), deadline);
    }

    private <V> V await(@Nullable KafkaFuture<V> answer, long deadline) {
        if (answer == null) {
            throw new IllegalStateException("The admin client gave no answer for the topic it was asked about");
        }
        try {
            return answer.get(millisLeft(deadline), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw unavailable(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException timeout) {
                throw unavailable(timeout);
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KafkaException(e.getCause());
        }
    }

    private BrokerUnavailableException unavailable(Exception cause) {
        return new BrokerUnavailableException(
                "No Kafka broker answered at bootstrap.servers=" + settings.bootstrapServers()
                        + ": check the address, and that the broker runs",
                cause);
    }

    private static int millisLeft(long deadline) {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    }

    private synchronized Admin admin() {
        if (closed) {
            throw new BusClosedException();
        }
        if (admin == null) {
            admin = Admin.create(settings.admin());
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }

    /** What a created topic is like. */
    record TopicCreation(int partitions, int replicationFactor) {
        TopicCreation {
            if (partitions < 1 || replicationFactor < 1 || replicationFactor > Short.MAX_VALUE) {
                throw new BusConfigurationException("createTopics(" + partitions + ", " + replicationFactor
                        + "): a topic has at least 1 partition and 1 replica");
            }
        }
    }
}
