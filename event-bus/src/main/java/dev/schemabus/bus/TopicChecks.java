package dev.schemabus.bus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * What a bus expects of its event topics, checked when a topic is first published to, and when a subscription starts.
 * Created topics are as expected, and what nothing is said of is the cluster's default. A value: each method gives another.
 *
 * <p>Dead letter and retry topics are created as often as event topics are, with the same replication, and are kept for
 * ever; that one of them is compacted is an error whatever is set here, for it would lose letters.
 */
public final class TopicChecks {

    private static final TopicChecks STANDARD = new TopicChecks(
            TopicCheck.FAIL,
            new Expected<>(Optional.empty(), TopicCheck.CREATE),
            new Expected<>(Optional.empty(), TopicCheck.CREATE),
            new Expected<>(Optional.empty(), TopicCheck.CREATE),
            new Expected<>(Optional.empty(), TopicCheck.CREATE));

    private final TopicCheck missing;
    private final Expected<Integer> partitions;
    private final Expected<Integer> replicationFactor;
    private final Expected<Integer> minInSyncReplicas;
    private final Expected<String> cleanupPolicy;

    private record Expected<V>(Optional<V> value, TopicCheck otherwise) {}

    /**
     * A property that isn't as expected.
     *
     * @param otherwise FAIL or WARN
     * @param message what it is, what it should be, and what to do
     */
    record Deviation(TopicCheck otherwise, String message) {}

    private TopicChecks(
            TopicCheck missing,
            Expected<Integer> partitions,
            Expected<Integer> replicationFactor,
            Expected<Integer> minInSyncReplicas,
            Expected<String> cleanupPolicy) {
        this.missing = missing;
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
        this.minInSyncReplicas = minInSyncReplicas;
        this.cleanupPolicy = cleanupPolicy;
    }

    /** A missing topic is an error, and nothing else is compared. */
    public static TopicChecks standard() {
        return STANDARD;
    }

    /**
     * What follows when a topic doesn't exist. Default: {@link TopicCheck#FAIL}. With {@link TopicCheck#WARN} a
     * subscription starts all the same, and gets records once somebody creates the topic; publishing to it is rejected.
     */
    public TopicChecks missing(TopicCheck reaction) {
        return new TopicChecks(reaction, partitions, replicationFactor, minInSyncReplicas, cleanupPolicy);
    }

    /**
     * How many partitions there should be.
     *
     * @param number at least 1. More are a deviation, too: other publishers would put a key elsewhere
     */
    public TopicChecks partitions(int number, TopicCheck otherwise) {
        return new TopicChecks(
                missing, number("partition", number, otherwise), replicationFactor, minInSyncReplicas, cleanupPolicy);
    }

    /**
     * How many replicas each partition should have at least.
     *
     * @param number at least 1, at most the number of brokers
     */
    public TopicChecks replicationFactor(int number, TopicCheck otherwise) {
        return new TopicChecks(
                missing, partitions, number("replica", number, otherwise), minInSyncReplicas, cleanupPolicy);
    }

    /**
     * How many replicas should at least have a record before it is acknowledged ({@code min.insync.replicas}).
     *
     * @param number at least 1, at most the replication factor
     */
    public TopicChecks minInSyncReplicas(int number, TopicCheck otherwise) {
        return new TopicChecks(
                missing, partitions, replicationFactor, number("in-sync replica", number, otherwise), cleanupPolicy);
    }

    /** What should become of old records: {@code delete}, {@code compact} or {@code compact,delete}. */
    public TopicChecks cleanupPolicy(String policy, TopicCheck otherwise) {
        if (!List.of("delete", "compact", "compact,delete").contains(normal(policy))) {
            throw new BusConfigurationException(
                    "The cleanup policy of a topic is delete, compact or compact,delete, not '" + policy + "'");
        }
        return new TopicChecks(
                missing,
                partitions,
                replicationFactor,
                minInSyncReplicas,
                new Expected<>(Optional.of(normal(policy)), otherwise));
    }

    TopicCheck missing() {
        return missing;
    }

    /** Whether an existing topic's settings, beside partitions and replicas, are to be compared. */
    boolean comparesSettings() {
        return compares(minInSyncReplicas) || compares(cleanupPolicy);
    }

    Optional<Deviation> partitions(TopicDescription topic) {
        int actual = topic.partitions().size();
        return deviation(
                topic.name(),
                "partitions",
                partitions,
                Integer.toString(actual),
                partitions.value().filter(number -> number != actual).isPresent());
    }

    Optional<Deviation> replicationFactor(TopicDescription topic) {
        int actual = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        return deviation(
                topic.name(),
                "replicas of each partition",
                replicationFactor,
                Integer.toString(actual),
                replicationFactor.value().filter(number -> number > actual).isPresent());
    }

    Optional<Deviation> minInSyncReplicas(String topic, Config settings) {
        String actual = setting(settings, "min.insync.replicas");
        return deviation(
                topic,
                "min.insync.replicas",
                minInSyncReplicas,
                actual,
                minInSyncReplicas
                        .value()
                        .filter(number -> number > Integer.parseInt(actual))
                        .isPresent());
    }

    Optional<Deviation> cleanupPolicy(String topic, Config settings) {
        String actual = normal(setting(settings, "cleanup.policy"));
        return deviation(
                topic,
                "cleanup.policy",
                cleanupPolicy,
                actual,
                cleanupPolicy.value().filter(policy -> !policy.equals(actual)).isPresent());
    }

    /** What to create. */
    NewTopic newTopic(String name) {
        NewTopic topic = new NewTopic(name, partitions.value(), replication());
        Map<String, String> settings = new HashMap<>();
        minInSyncReplicas.value().ifPresent(number -> settings.put("min.insync.replicas", number.toString()));
        cleanupPolicy.value().ifPresent(policy -> settings.put("cleanup.policy", policy));
        return topic.configs(settings);
    }

    /** What to create beside a topic of that many partitions. It keeps its records for ever. */
    NewTopic newDerivedTopic(String name, int sourcePartitions) {
        NewTopic topic = new NewTopic(name, Optional.of(sourcePartitions), replication());
        Map<String, String> settings = new HashMap<>();
        minInSyncReplicas.value().ifPresent(number -> settings.put("min.insync.replicas", number.toString()));
        settings.put("cleanup.policy", "delete");
        settings.put("retention.ms", "-1");
        return topic.configs(settings);
    }

    private Optional<Short> replication() {
        return replicationFactor.value().map(Integer::shortValue);
    }

    private static boolean compares(Expected<?> expected) {
        return expected.value().isPresent() && expected.otherwise() != TopicCheck.CREATE;
    }

    private static Optional<Deviation> deviation(
            String topic, String what, Expected<?> expected, String actual, boolean differs) {
        return differs && compares(expected)
                ? Optional.of(new Deviation(
                        expected.otherwise(),
                        "Topic " + topic + ": " + what + " is " + actual + ", expected "
                                + expected.value().orElseThrow()
                                + ": change the topic, or what topicChecks(…) expects"))
                : Optional.empty();
    }

    private static String setting(Config settings, String name) {
        ConfigEntry entry = settings.get(name);
        if (entry == null || entry.value() == null) {
            throw new IllegalStateException("The broker doesn't tell " + name + " of the topic");
        }
        return entry.value();
    }

    private static String normal(String policy) {
        return String.join(",", new TreeSet<>(List.of(policy.replace(" ", "").split(",", -1))));
    }

    private static Expected<Integer> number(String what, int number, TopicCheck otherwise) {
        if (number < 1 || number > Short.MAX_VALUE) {
            throw new BusConfigurationException("A topic has at least 1 " + what + " and at most " + Short.MAX_VALUE
                    + ", not " + number + ": correct createTopics(…) or topicChecks(…)");
        }
        return new Expected<>(Optional.of(number), otherwise);
    }
}
