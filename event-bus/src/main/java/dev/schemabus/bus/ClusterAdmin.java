package dev.schemabus.bus;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: questions to the cluster, each with a deadline in {@link System#nanoTime} terms. What fails throws Kafka's own
 * exception; no answer in time is a {@link BrokerUnavailableException}.
 */
final class ClusterAdmin implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterAdmin.class);

    private final KafkaSettings settings;
    private @Nullable Admin admin;
    private boolean closed;

    ClusterAdmin(KafkaSettings settings) {
        this.settings = settings;
    }

    /** @throws BusConfigurationException if Kafka refuses the name */
    Optional<TopicDescription> topic(String topic, long deadline) {
        try {
            return Optional.of(ask(
                    (admin, millis) -> answer(
                            admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(millis))
                                    .topicNameValues(),
                            topic),
                    deadline));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        } catch (InvalidTopicException e) {
            throw new BusConfigurationException("Kafka refuses the topic name '" + topic + "': " + e.getMessage(), e);
        }
    }

    /** Those of some topics that the cluster says it doesn't have. */
    Set<String> missing(Set<String> topics, long deadline) {
        DescribeTopicsOptions options = new DescribeTopicsOptions();
        Map<String, KafkaFuture<TopicDescription>> answers = ask(
                (admin, millis) -> KafkaFuture.completedFuture(
                        admin.describeTopics(topics, options.timeoutMs(millis)).topicNameValues()),
                deadline);
        Set<String> missing = new TreeSet<>();
        answers.forEach((topic, answer) -> {
            try {
                TopicDescription unused = ask((admin, millis) -> answer, deadline);
            } catch (UnknownTopicOrPartitionException e) {
                missing.add(topic);
            } catch (AuthorizationException e) {
                LOG.debug("Whether topic {} exists is a secret", topic, e);
            }
        });
        return missing;
    }

    Set<String> topics(long deadline) {
        return ask(
                (admin, millis) -> admin.listTopics(new ListTopicsOptions().timeoutMs(millis))
                        .names(),
                deadline);
    }

    Config settingsOf(String topic, long deadline) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return ask(
                (admin, millis) -> answer(
                        admin.describeConfigs(List.of(resource), new DescribeConfigsOptions().timeoutMs(millis))
                                .values(),
                        resource),
                deadline);
    }

    /** Creates a topic of which a broker has just said that it doesn't exist. */
    void create(NewTopic topic, long deadline) {
        try {
            ask(
                    (admin, millis) -> answer(
                            admin.createTopics(List.of(topic), new CreateTopicsOptions().timeoutMs(millis))
                                    .values(),
                            topic.name()),
                    deadline);
        } catch (BrokerUnavailableException e) {
            throw new BrokerUnavailableException(
                    "Topic " + topic.name() + " could not be created in time, though a broker answered: brokers leave"
                            + " that to the cluster's controller, so check that most of the controllers run",
                    e.getCause());
        }
    }

    /**
     * Waits until the leaders of all partitions are at work. A partition is known before that. Should the leader refuse a
     * producer's first batch and take its second, the first is out of sequence for ever; a leader that tells its end
     * offset is at work.
     */
    void awaitLeaders(String topic, int count, long deadline) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < count; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        ask(
                (admin, millis) -> admin.listOffsets(ends, new ListOffsetsOptions().timeoutMs(millis))
                        .all(),
                deadline);
    }

    /** A consumer group; empty if the cluster knows none of that name. */
    Optional<ConsumerGroupDescription> group(String group, long deadline) {
        try {
            return Optional.of(ask(
                    (admin, millis) -> answer(
                            admin.describeConsumerGroups(
                                            List.of(group), new DescribeConsumerGroupsOptions().timeoutMs(millis))
                                    .describedGroups(),
                            group),
                    deadline));
        } catch (GroupIdNotFoundException e) {
            return Optional.empty();
        }
    }

    private static <K, V> KafkaFuture<V> answer(Map<K, KafkaFuture<V>> answers, K key) {
        KafkaFuture<V> answer = answers.get(key);
        if (answer == null) {
            throw new IllegalStateException(
                    "The admin client gave no answer for " + key + ", which it was asked about");
        }
        return answer;
    }

    private <V> V ask(BiFunction<Admin, Integer, KafkaFuture<V>> question, long deadline) {
        int millis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        try {
            return question.apply(admin(), millis).get(millis, TimeUnit.MILLISECONDS);
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

    BrokerUnavailableException unavailable(@Nullable Exception cause) {
        return new BrokerUnavailableException(
                "No Kafka broker answered at bootstrap.servers=" + settings.bootstrapServers()
                        + ": check the address, and that the broker runs",
                cause);
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
}
