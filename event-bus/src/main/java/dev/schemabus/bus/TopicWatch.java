package dev.schemabus.bus;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal: notices that a topic of a running subscription was deleted. Its consumer wouldn't say: the partitions are taken
 * away from it, as if another member had them, and come back when the topic does.
 */
final class TopicWatch {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(5);

    private final String group;
    private final Set<String> topics;
    private final TopicCatalog catalog;
    private final Executor threads;
    private final long interval;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile Set<String> missing = Set.of();
    /** Those that were there once: the others may never have been. */
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private long last = System.nanoTime();

    /**
     * A watch over some topics.
     *
     * @param threads ask the cluster, which may take long
     * @param interval between two questions
     */
    TopicWatch(String group, Set<String> topics, TopicCatalog catalog, Executor threads, Duration interval) {
        this.group = group;
        this.topics = topics;
        this.catalog = catalog;
        this.threads = threads;
        this.interval = interval.toNanos();
    }

    /** Asks again if it is time to, and doesn't wait for the answer. For the poll thread. */
    void regularly() {
        long now = System.nanoTime();
        if (topics.isEmpty() || now - last < interval || !underWay.compareAndSet(false, true)) {
            return;
        }
        last = now;
        try {
            threads.execute(this::look);
        } catch (RejectedExecutionException e) {
            LOG.debug("Group {} ends", group, e);
        }
    }

    private void look() {
        try {
            Set<String> before = missing;
            Set<String> now = catalog.missing(topics, ANSWER_WAIT);
            missing = now;
            without(now, before)
                    .forEach(topic -> LOG.error(
                            "Group {}: topic {} does not exist{}. The subscription goes on with its others, and with this"
                                    + " one when somebody has created it",
                            group,
                            topic,
                            seen.contains(topic) ? " any more" : ""));
            seen.addAll(without(topics, now));
            without(before, now).forEach(topic -> LOG.info("Group {}: topic {} is there", group, topic));
        } catch (RuntimeException e) {
            // Whether brokers are away is seen elsewhere.
            LOG.debug("Group {}: nobody tells which topics exist", group, e);
        } finally {
            underWay.set(false);
        }
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    /** What is missing, a sentence each; empty if nothing is. May be asked from any thread. */
    List<String> reasons() {
        return missing.stream()
                .sorted()
                .map(topic -> "Topic " + topic + " does not exist")
                .toList();
    }
}
