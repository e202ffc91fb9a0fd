package dev.schemabus.bus;

import dev.schemabus.bus.TopicChecks.Deviation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: knows which topics exist, whether they are as expected, and creates missing ones if the bus was told to. */
final class TopicCatalog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicCatalog.class);
    private static final Duration VISIBILITY_CHECK = Duration.ofMillis(50);

    private final ClusterAdmin cluster;
    private final TopicChecks checks;
    private final TopicCollisions collisions;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
    private final Set<String> compacted = ConcurrentHashMap.newKeySet();

    TopicCatalog(ClusterAdmin cluster, TopicChecks checks) {
        this.cluster = cluster;
        this.checks = checks;
        this.collisions = new TopicCollisions(cluster);
    }

    /**
     * Makes sure that an event topic exists and is as expected.
     *
     * @return how many partitions it has
     * @throws TopicMissingException if it doesn't and must not be created
     * @throws BusConfigurationException if it isn't as expected, or its name collides with another's
     * @throws BrokerUnavailableException if no broker answers within the wait
     */
    int require(String topic, Duration wait) {
        Integer known = partitions.get(topic);
        if (known != null) {
            return known;
        }
        long deadline = System.nanoTime() + wait.toNanos();
        collisions.check(topic, deadline);
        Optional<TopicDescription> found = cluster.topic(topic, deadline);
        found.ifPresent(description -> check(description, deadline));
        return keep(topic, found, checks.newTopic(topic), deadline);
    }

    /** The same at the start of a subscription, which may do without; empty if the topic is missing. */
    Optional<Integer> atStart(String topic, Duration wait) {
        try {
            return Optional.of(require(topic, wait));
        } catch (TopicMissingException e) {
            if (checks.missing() == TopicCheck.WARN) {
                LOG.warn("Topic {} does not exist: its records come once somebody creates it", topic);
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Makes sure that a dead letter or retry topic exists, and that it isn't compacted; if created, with as many
     * partitions as its source.
     *
     * @return how many partitions it has
     * @throws RuntimeException as {@link #require}
     */
    int requireDerived(String topic, int sourcePartitions, Duration wait) {
        Integer known = partitions.get(topic);
        if (known != null) {
            return known;
        }
        long deadline = System.nanoTime() + wait.toNanos();
        collisions.check(topic, deadline);
        Optional<TopicDescription> found = cluster.topic(topic, deadline);
        found.ifPresent(description -> refuseCompaction(topic, deadline));
        return keep(topic, found, checks.newDerivedTopic(topic, sourcePartitions), deadline);
    }

    /** How many partitions a topic has now; empty if it doesn't exist. Creates none. */
    Optional<Integer> find(String topic, Duration wait) {
        return cluster.topic(topic, System.nanoTime() + wait.toNanos())
                .map(description -> description.partitions().size());
    }

    /** Which of these topics don't exist; of one that this user must not see, that is not said. */
    Set<String> missing(Set<String> topics, Duration wait) {
        return cluster.missing(topics, System.nanoTime() + wait.toNanos());
    }

    /** The retry topics of a group that exist, whatever its policy is now; not those that this user must not see. */
    Set<String> existingRetries(Set<String> sources, String group, Duration wait) {
        Set<String> found = new TreeSet<>(cluster.topics(System.nanoTime() + wait.toNanos()));
        found.removeIf(topic ->
                TopicNames.source(topic, group).filter(sources::contains).isEmpty());
        return found;
    }

    /**
     * Whether the members of a group read all partitions of a topic; empty if the group has no members, or must not be
     * looked at.
     *
     * @param partitions how many it has
     */
    Optional<Boolean> isRead(String topic, int partitions, String group, Duration wait) {
        try {
            return cluster.group(group, System.nanoTime() + wait.toNanos())
                    .filter(description -> description.groupState() == GroupState.STABLE
                            && !description.members().isEmpty())
                    .map(description -> description.members().stream()
                                    .flatMap(member -> member.assignment().topicPartitions().stream())
                                    .filter(partition -> partition.topic().equals(topic))
                                    .distinct()
                                    .count()
                            >= partitions);
        } catch (AuthorizationException e) {
            LOG.warn("Can't check that group {} reads topic {}: {}", group, topic, e.toString());
            return Optional.empty();
        }
    }

    /**
     * The names of all topics that this bus may see.
     *
     * @throws BrokerUnavailableException if no broker answers within the wait
     */
    Set<String> names(Duration wait) {
        return cluster.topics(System.nanoTime() + wait.toNanos());
    }

    /** Whether missing topics are created. */
    boolean creates() {
        return checks.missing() == TopicCheck.CREATE;
    }

    /** Registers whose derived topics they are, see {@link TopicCollisions#claim}. */
    void claim(String topic, String group, Duration wait) {
        collisions.claim(topic, group, System.nanoTime() + wait.toNanos());
    }

    private int keep(String topic, Optional<TopicDescription> found, NewTopic wanted, long deadline) {
        Optional<Integer> count =
                found.map(description -> description.partitions().size());
        if (count.isEmpty() && creates()) {
            create(wanted, deadline);
            count = awaitVisible(topic, deadline);
            count.ifPresent(number -> cluster.awaitLeaders(topic, number, deadline));
        }
        int number = count.orElseThrow(() -> new TopicMissingException(topic));
        partitions.put(topic, number);
        return number;
    }

    private void check(TopicDescription topic, long deadline) {
        Stream.of(checks.partitions(topic), checks.replicationFactor(topic))
                .flatMap(Optional::stream)
                .forEach(TopicCatalog::report);
        if (checks.comparesSettings()) {
            Config settings = cluster.settingsOf(topic.name(), deadline);
            Stream.of(checks.minInSyncReplicas(topic.name(), settings), checks.cleanupPolicy(topic.name(), settings))
                    .flatMap(Optional::stream)
                    .forEach(TopicCatalog::report);
        }
    }

    private static void report(Deviation deviation) {
        if (deviation.otherwise() == TopicCheck.FAIL) {
            throw new BusConfigurationException(deviation.message());
        }
        LOG.warn(deviation.message());
    }

    /** Compaction would take all but the last letter of a key. */
    private void refuseCompaction(String topic, long deadline) {
        try {
            if (cluster.settingsOf(topic, deadline)
                    .get("cleanup.policy")
                    .value()
                    .contains("compact")) {
                throw new BusConfigurationException("Topic " + topic
                        + " is compacted (cleanup.policy), which loses all but the last record of a key: set"
                        + " it to delete");
            }
        } catch (AuthorizationException e) {
            LOG.warn("Can't check that topic {} is not compacted: {}", topic, e.toString());
        }
    }

    /**
     * Makes sure that a topic keeps the newest record of each key, so that a tombstone deletes something there.
     *
     * @throws BusConfigurationException if it doesn't
     * @throws BrokerUnavailableException if no broker answers within the wait
     */
    void requireCompacted(String topic, Duration wait) {
        if (compacted.contains(topic)) {
            return;
        }
        try {
            String policy = cluster.settingsOf(topic, System.nanoTime() + wait.toNanos())
                    .get("cleanup.policy")
                    .value();
            if (!policy.contains("compact")) {
                throw new BusConfigurationException("Topic " + topic + " has cleanup.policy=" + policy
                        + ", so a tombstone deletes nothing there: set it to compact, or publish an event instead");
            }
        } catch (AuthorizationException e) {
            LOG.warn("Can't check that topic {} is compacted: {}", topic, e.toString());
        }
        compacted.add(topic);
    }

    private void create(NewTopic topic, long deadline) {
        try {
            cluster.create(topic, deadline);
            LOG.info("Created topic {}", topic);
        } catch (TopicExistsException e) {
            LOG.debug("Topic {} was created by somebody else meanwhile", topic.name());
        } catch (InvalidPartitionsException | InvalidConfigurationException | PolicyViolationException e) {
            throw new KafkaException(
                    "Topic " + topic.name() + " can't be created with " + topic.numPartitions()
                            + " partitions and replication factor " + topic.replicationFactor()
                            + " (correct createTopics(…) or topicChecks(…), or create the topic yourself): "
                            + e.getMessage(),
                    e);
        }
    }

    /** The controller creates a topic; the brokers learn of it a little later. */
    private Optional<Integer> awaitVisible(String topic, long deadline) {
        Optional<TopicDescription> found = cluster.topic(topic, deadline);
        while (found.isEmpty() && System.nanoTime() < deadline) {
            try {
                TimeUnit.NANOSECONDS.sleep(VISIBILITY_CHECK.toNanos());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
            found = cluster.topic(topic, deadline);
        }
        return found.map(description -> description.partitions().size());
    }

    @Override
    public void close() {
        cluster.close();
    }
}
