package dev.schemabus.server;

import dev.schemabus.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic itself: made as it must be, or refused as it is. */
final class KafkaTopic {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopic.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final KafkaStorage storage;
    private final Admin admin;

    private KafkaTopic(KafkaStorage storage, Admin admin) {
        this.storage = storage;
        this.admin = admin;
    }

    /**
     * Creates the topic, or makes sure that it loses nothing.
     *
     * @throws IllegalStateException if it has several partitions, or a clean-up policy that deletes schemas
     * @throws RegistryUnavailableException if Kafka doesn't answer within 30 s, or refuses
     */
    static void ensure(KafkaStorage storage, KafkaClients clients) {
        try (Admin admin = clients.admin()) {
            new KafkaTopic(storage, admin).ensure();
        }
    }

    private void ensure() {
        Optional<TopicDescription> existing = describe();
        if (existing.isEmpty() && create()) {
            return;
        }
        TopicDescription topic = existing.or(this::describe)
                .orElseThrow(() -> unavailable("exists and doesn't: it was created or deleted just now", null));
        int partitions = topic.partitions().size();
        if (partitions != 1) {
            throw new IllegalStateException("Topic " + storage.topic() + " has " + partitions
                    + " partitions, and a registry needs one, since its order counts. Name another topic, or move the"
                    + " messages to one with a single partition");
        }
        checkCleanup();
        int replicas = topic.partitions().get(0).replicas().size();
        if (replicas < storage.replicationFactor()) {
            LOG.warn(
                    "Topic {} is on {} of the {} brokers asked for: reassign it for more safety",
                    storage.topic(),
                    replicas,
                    storage.replicationFactor());
        }
    }

    private Optional<TopicDescription> describe() {
        try {
            return Optional.ofNullable(
                    await(admin.describeTopics(List.of(storage.topic())).allTopicNames())
                            .get(storage.topic()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw unavailable("can't be looked at", e.getCause());
        }
    }

    /** @return false if another node was faster */
    private boolean create() {
        try {
            int brokers = await(admin.describeCluster().nodes()).size();
            int replicas = Math.min(brokers, storage.replicationFactor());
            NewTopic topic = new NewTopic(storage.topic(), 1, (short) replicas)
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
            await(admin.createTopics(List.of(topic)).all());
            if (replicas < storage.replicationFactor()) {
                LOG.warn("Topic {} is on {} brokers, since there are no more", storage.topic(), replicas);
            }
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw unavailable("can't be created", e.getCause());
        }
    }

    private void checkCleanup() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, storage.topic());
        try {
            Config config = await(admin.describeConfigs(Set.of(resource)).all()).get(resource);
            ConfigEntry entry = config == null ? null : config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
            String policy = entry == null ? "unknown" : entry.value();
            if (!TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy)) {
                throw new IllegalStateException("Topic " + storage.topic() + " has " + TopicConfig.CLEANUP_POLICY_CONFIG
                        + "=" + policy + ", so Kafka would delete schemas that are in use. Set "
                        + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + TopicConfig.CLEANUP_POLICY_COMPACT
                        + " on it, or name another topic");
            }
        } catch (ExecutionException e) {
            throw unavailable("doesn't show its clean-up policy (with ACLs that needs DESCRIBE_CONFIGS)", e.getCause());
        }
    }

    private <T> T await(KafkaFuture<T> answer) throws ExecutionException {
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unavailable("can't be reached: no answer within " + LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("wasn't reached: interrupted", e);
        }
    }

    private RegistryUnavailableException unavailable(String what, @Nullable Throwable cause) {
        String message = "Topic " + storage.topic() + " at " + storage.bootstrapServers() + " " + what
                + (cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage());
        return cause == null
                ? new RegistryUnavailableException(50001, message)
                : new RegistryUnavailableException(50001, message, cause);
    }
}
