package dev.schemabus.bus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Internal: assigns the partitions of event topics as Kafka's cooperative sticky assignor does, and gives each member
 * those of the group's retry topics that have the same numbers. So retries find the keys of their partition, and members
 * share the events evenly: an assignor that takes all topics for alike may give one member events and another nothing but
 * retry topics. Public only because Kafka makes it by its name.
 */
public final class FollowingAssignor implements ConsumerPartitionAssignor, Configurable {

    private final CooperativeStickyAssignor sources = new CooperativeStickyAssignor();
    private String group = "";

    @Override
    public void configure(Map<String, ?> configs) {
        group = Objects.toString(configs.get(ConsumerConfig.GROUP_ID_CONFIG), "");
    }

    @Override
    public String name() {
        return "schemabus-following";
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return sources.supportedProtocols();
    }

    @Override
    public @Nullable ByteBuffer subscriptionUserData(Set<String> topics) {
        return sources.subscriptionUserData(topics);
    }

    @Override
    public void onAssignment(@Nullable Assignment assignment, @Nullable ConsumerGroupMetadata metadata) {
        sources.onAssignment(assignment, metadata);
    }

    @Override
    public GroupAssignment assign(Cluster cluster, GroupSubscription groupSubscription) {
        Map<String, Subscription> members = groupSubscription.groupSubscription();
        Map<String, Subscription> withSourcesOnly = new HashMap<>();
        members.forEach((member, subscription) -> withSourcesOnly.put(member, withSourcesOnly(subscription)));
        Map<String, Assignment> assigned =
                sources.assign(cluster, new GroupSubscription(withSourcesOnly)).groupAssignment();
        Map<TopicPartition, String> owners = owners(members);
        Map<TopicPartition, String> sourceOwners = new HashMap<>();
        assigned.forEach((member, assignment) ->
                assignment.partitions().forEach(partition -> sourceOwners.put(partition, member)));
        Map<String, List<TopicPartition>> result = new HashMap<>();
        assigned.forEach((member, assignment) -> result.put(member, new ArrayList<>(assignment.partitions())));
        for (String topic : retryTopics(members)) {
            String source = TopicNames.source(topic, group).orElseThrow();
            Integer count = cluster.partitionCountForTopic(topic);
            for (int number = 0; count != null && number < count; number++) {
                TopicPartition partition = new TopicPartition(topic, number);
                String member = sourceOwners.get(new TopicPartition(source, number));
                String owner = owners.get(partition);
                // Who has it gives it back first, and then everybody is asked again: as with the partitions of sources.
                if (member != null && (owner == null || owner.equals(member)) && reads(members, member, topic)) {
                    Objects.requireNonNull(result.get(member)).add(partition);
                }
            }
        }
        Map<String, Assignment> all = new HashMap<>();
        result.forEach((member, partitions) -> all.put(
                member,
                new Assignment(
                        partitions, Objects.requireNonNull(assigned.get(member)).userData())));
        return new GroupAssignment(all);
    }

    private Subscription withSourcesOnly(Subscription subscription) {
        Subscription result = new Subscription(
                subscription.topics().stream().filter(topic -> !isRetry(topic)).toList(),
                subscription.userData(),
                subscription.ownedPartitions().stream()
                        .filter(partition -> !isRetry(partition.topic()))
                        .toList(),
                subscription.generationId().orElse(-1),
                subscription.rackId());
        result.setGroupInstanceId(subscription.groupInstanceId());
        return result;
    }

    /** Who says that he has a retry partition; of several, who heard of the group last. */
    private Map<TopicPartition, String> owners(Map<String, Subscription> members) {
        Map<TopicPartition, String> owners = new HashMap<>();
        Map<TopicPartition, Integer> generations = new HashMap<>();
        members.forEach((member, subscription) -> {
            int generation = subscription.generationId().orElse(-1);
            for (TopicPartition partition : subscription.ownedPartitions()) {
                if (isRetry(partition.topic())
                        && generations.getOrDefault(partition, Integer.MIN_VALUE) <= generation) {
                    generations.put(partition, generation);
                    owners.put(partition, member);
                }
            }
        });
        return owners;
    }

    private Set<String> retryTopics(Map<String, Subscription> members) {
        Set<String> topics = new TreeSet<>();
        members.values()
                .forEach(subscription ->
                        subscription.topics().stream().filter(this::isRetry).forEach(topics::add));
        return topics;
    }

    private static boolean reads(Map<String, Subscription> members, String member, String topic) {
        return new HashSet<>(Objects.requireNonNull(members.get(member)).topics()).contains(topic);
    }

    private boolean isRetry(String topic) {
        return TopicNames.source(topic, group).isPresent();
    }

    @Override
    public short version() {
        return sources.version();
    }
}
