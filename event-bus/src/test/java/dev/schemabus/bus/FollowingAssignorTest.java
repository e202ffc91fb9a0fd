package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A group that calls its assignor until nothing moves any more, as Kafka's members do. */
class FollowingAssignorTest {

    private static final int PARTITIONS = 12;
    private static final List<String> TOPICS =
            List.of("shop.orders", "shop.orders.billing.retry.0", "shop.stock", "shop.stock.billing.retry.0");

    private final Cluster cluster = cluster();
    private final Map<String, List<TopicPartition>> owned = new TreeMap<>();
    private int generation;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whoeverComesAndGoesRetryPartitionsAreWithTheirSourcesAndSourcesAreSharedEvenly(long seed) {
        Random random = new Random(seed);
        FollowingAssignor assignor = assignor();
        for (int change = 0; change < 30; change++) {
            comeOrGo(random, change);
            settle(assignor);
            check(seed);
        }
    }

    /** The control: an assignor that takes all topics for alike. */
    @Test
    void theAssignorForItselfParts() {
        Random random = new Random(1);
        long apart = 0;
        for (int change = 0; change < 30; change++) {
            comeOrGo(random, change);
            settle(new CooperativeStickyAssignor());
            apart += owned.values().stream()
                    .flatMap(own -> own.stream()
                            .filter(partition -> !isRetry(partition))
                            .filter(partition -> !own.contains(
                                    new TopicPartition(partition.topic() + ".billing.retry.0", partition.partition()))))
                    .count();
        }

        assertThat(apart).isPositive();
    }

    private void comeOrGo(Random random, int change) {
        if (owned.size() > 1 && random.nextBoolean()) {
            owned.remove(List.copyOf(owned.keySet()).get(random.nextInt(owned.size())));
        } else {
            owned.put("member-" + change, List.of());
        }
    }

    private void settle(ConsumerPartitionAssignor assignor) {
        boolean moved = true;
        for (int round = 0; moved; round++) {
            assertThat(round).as("rounds until nothing moves").isLessThan(5);
            Map<String, Subscription> members = new HashMap<>();
            owned.forEach((member, partitions) -> members.put(
                    member,
                    new Subscription(
                            TOPICS,
                            assignor.subscriptionUserData(Set.copyOf(TOPICS)),
                            partitions,
                            generation,
                            Optional.empty())));
            Map<String, ConsumerPartitionAssignor.Assignment> result =
                    assignor.assign(cluster, new GroupSubscription(members)).groupAssignment();
            generation++;
            moved = false;
            Map<TopicPartition, String> before = new HashMap<>();
            owned.forEach((member, partitions) -> partitions.forEach(partition -> before.put(partition, member)));
            for (Map.Entry<String, ConsumerPartitionAssignor.Assignment> entry : result.entrySet()) {
                for (TopicPartition partition : entry.getValue().partitions()) {
                    assertThat(before.getOrDefault(partition, entry.getKey()))
                            .as("who has %s gives it back first", partition)
                            .isEqualTo(entry.getKey());
                }
                moved |= !new HashSet<>(entry.getValue().partitions())
                        .equals(new HashSet<>(owned.getOrDefault(entry.getKey(), List.of())));
            }
            result.forEach((member, assignment) -> owned.put(member, List.copyOf(assignment.partitions())));
        }
    }

    private void check(long seed) {
        int sources = 0;
        for (Map.Entry<String, List<TopicPartition>> member : owned.entrySet()) {
            List<TopicPartition> own = member.getValue().stream()
                    .filter(partition -> !isRetry(partition))
                    .toList();
            sources += own.size();
            assertThat(member.getValue()).as("seed %d", seed).hasSize(2 * own.size());
            for (TopicPartition partition : own) {
                assertThat(member.getValue())
                        .as("seed %d", seed)
                        .contains(new TopicPartition(partition.topic() + ".billing.retry.0", partition.partition()));
            }
            assertThat(own.size())
                    .as("seed %d", seed)
                    .isBetween(2 * PARTITIONS / owned.size(), 2 * PARTITIONS / owned.size() + 1);
        }
        assertThat(sources).as("seed %d", seed).isEqualTo(2 * PARTITIONS);
    }

    private static boolean isRetry(TopicPartition partition) {
        return partition.topic().endsWith(".retry.0");
    }

    private static FollowingAssignor assignor() {
        FollowingAssignor assignor = new FollowingAssignor();
        assignor.configure(Map.of(ConsumerConfig.GROUP_ID_CONFIG, "billing"));
        return assignor;
    }

    private static Cluster cluster() {
        Node node = new Node(0, "localhost", 9092);
        List<PartitionInfo> partitions = new ArrayList<>();
        for (String topic : TOPICS) {
            for (int number = 0; number < PARTITIONS; number++) {
                partitions.add(new PartitionInfo(topic, number, node, new Node[] {node}, new Node[] {node}));
            }
        }
        return new Cluster("test", List.of(node), partitions, Set.of(), Set.of());
    }
}
