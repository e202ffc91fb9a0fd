package dev.schemabus.bus;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: makes sure at the start of a subscription that the topics it needs are there. */
final class SubscriptionTopics {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionTopics.class);

    private final TopicCatalog catalog;
    private final String group;
    private final Duration wait;

    /** @param wait how long a broker may take to answer */
    SubscriptionTopics(TopicCatalog catalog, String group, Duration wait) {
        this.catalog = catalog;
        this.group = group;
        this.wait = wait;
    }

    /**
     * Checks the event topics and those derived from them.
     *
     * @return what to read: the event topics, the retry topics, those of earlier policies, and for replays those that only
     *     this group reads, if they exist
     * @throws TopicMissingException if one that is needed doesn't exist and must not be created
     * @throws BusConfigurationException if one isn't as expected, or its name collides with another's
     */
    Set<String> prepare(Set<String> topics, DeadLetterPolicy deadLetters, RetryTopics retries) {
        Set<String> read = new LinkedHashSet<>(topics);
        for (String topic : topics) {
            Optional<Integer> partitions = catalog.atStart(topic, wait);
            catalog.claim(topic, group, wait);
            if (deadLetters == DeadLetterPolicy.TOPIC) {
                catalog.requireDerived(TopicNames.deadLetter(topic, group), partitions.orElse(1), wait);
                replay(topic, partitions).ifPresent(read::add);
            }
        }
        read.addAll(retries(retries));
        read.addAll(leftOver(topics, read, retries));
        return read;
    }

    /**
     * Retry topics that the policy doesn't name, but an earlier one did. What stands there is committed in its source: if
     * nobody reads it, it is lost.
     */
    private Set<String> leftOver(Set<String> topics, Set<String> read, RetryTopics retries) {
        Set<String> leftOver = catalog.existingRetries(topics, group, wait);
        leftOver.removeAll(read);
        if (leftOver.isEmpty()) {
            return leftOver;
        }
        if (retries.keepsOrder()) {
            LOG.error(
                    "Group {}: nobody reads {}, retry topics of an earlier policy, because RetryPolicy.keepKeyOrder reads"
                            + " but its own: let the earlier policy empty them (kafka-consumer-groups --describe), then"
                            + " delete them",
                    group,
                    leftOver);
            return Set.of();
        }
        LOG.warn(
                "Group {}: {} are retry topics of an earlier policy: what stands there is handled at once, with its"
                        + " attempts counted; delete them when they are empty",
                group,
                leftOver);
        return leftOver;
    }

    /** With retry topics the subscription can't do without them, nor without the numbers of their sources' partitions. */
    private List<String> retries(RetryTopics retries) {
        List<String> names = retries.names();
        for (String name : names) {
            String source = Objects.requireNonNull(retries.source(name));
            int expected = catalog.require(source, wait);
            RetryTopics.checkPartitions(name, catalog.requireDerived(name, expected, wait), source, expected);
        }
        return names;
    }

    /** Needed for replays only, so a subscription does without where topics aren't created. */
    private Optional<String> replay(String topic, Optional<Integer> partitions) {
        String replay = TopicNames.replay(topic, group);
        if ((partitions.isPresent() && catalog.creates())
                || catalog.find(replay, wait).isPresent()) {
            catalog.requireDerived(replay, partitions.orElse(1), wait);
            return Optional.of(replay);
        }
        LOG.info(
                "Group {}: topic {} does not exist, so dead letters can't be replayed to this group alone before it is"
                        + " created and the subscription started again",
                group,
                replay);
        return Optional.empty();
    }
}
