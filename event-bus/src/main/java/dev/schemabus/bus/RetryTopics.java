package dev.schemabus.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Internal: the retry topics of a subscription. Each has as many partitions as its source, and a record keeps its
 * partition, so that the same keys stand together in both.
 *
 * @param keepsOrder whether they keep the order of keys: then there is one per source
 * @param sources the source of each
 * @param delays the longest wait in each
 */
record RetryTopics(boolean keepsOrder, Map<String, String> sources, Map<String, Duration> delays) {

    /** A subscription without them. */
    static final RetryTopics NONE = new RetryTopics(false, Map.of(), Map.of());

    static RetryTopics of(RetryPolicy policy, Set<String> topics, String group) {
        Map<String, String> sources = new HashMap<>();
        Map<String, Duration> delays = new HashMap<>();
        boolean keepsOrder = policy.kind() == RetryPolicy.Kind.KEEP_KEY_ORDER;
        List<Duration> waits = policy.delays();
        for (String topic : topics) {
            for (int i = 0; i < (keepsOrder ? 1 : waits.size()); i++) {
                String name = TopicNames.retry(topic, group, keepsOrder ? 0 : i + 1);
                sources.put(name, topic);
                delays.put(name, waits.isEmpty() ? Duration.ZERO : waits.get(i));
            }
        }
        return new RetryTopics(keepsOrder, Map.copyOf(sources), Map.copyOf(delays));
    }

    /** Where a record goes after an attempt. */
    String after(String source, String group, int attempts) {
        return TopicNames.retry(source, group, keepsOrder ? 0 : attempts);
    }

    /** The longest wait in a topic; null if it is no retry topic. */
    @Nullable
    Duration delay(String topic) {
        return delays.get(topic);
    }

    /** The source of a topic; null if it is no retry topic. */
    @Nullable
    String source(String topic) {
        return sources.get(topic);
    }

    boolean isRetry(TopicPartition partition) {
        return delays.containsKey(partition.topic());
    }

    /** All of them, in order. */
    List<String> names() {
        List<String> names = new ArrayList<>(sources.keySet());
        names.sort(null);
        return names;
    }

    /**
     * Checks that a record can keep its partition.
     *
     * @throws BusConfigurationException otherwise
     */
    static void checkPartitions(String topic, int found, String source, int expected) {
        if (found != expected) {
            throw new BusConfigurationException("Retry topic " + topic + " has " + found + " partitions and its source "
                    + source + " has " + expected + ": a record keeps its partition, so create the retry topic with "
                    + expected);
        }
    }

    /**
     * Checks that a policy fits to the order a subscription keeps.
     *
     * @throws BusConfigurationException otherwise
     */
    static void check(RetryPolicy policy, Ordering ordering) {
        if (policy.kind() == RetryPolicy.Kind.TOPICS && ordering != Ordering.NONE && !policy.reorderingAccepted()) {
            throw new BusConfigurationException("Retry topics let later records of a key overtake one that failed, and"
                    + " the subscription is ordered " + ordering + ": use RetryPolicy.keepKeyOrder(…), or say"
                    + " .acceptReordering() or .ordering(NONE)");
        }
        if (policy.kind() == RetryPolicy.Kind.KEEP_KEY_ORDER && ordering == Ordering.NONE) {
            throw new BusConfigurationException("RetryPolicy.keepKeyOrder(…) keeps an order that the subscription"
                    + " doesn't have (ordering NONE): use RetryPolicy.topics(…), or .ordering(BY_KEY)");
        }
    }
}
