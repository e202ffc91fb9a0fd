package dev.schemabus.bus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Internal: which partitions are fetched now. All of them may be held back, and each for reasons of its own; one is
 * fetched when nothing holds it. Polling goes on either way, or the group would think this member dead. Used by the poll
 * thread alone.
 */
final class Intake {

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Set<Object>> reasons = new HashMap<>();
    private boolean all;
    private Predicate<TopicPartition> spared = partition -> false;

    Intake(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Holds back everything, or lets go of that; takes effect at {@link #apply}. */
    void holdAll(boolean held) {
        holdAllBut(partition -> false, held);
    }

    /** Holds back everything but some. */
    void holdAllBut(Predicate<TopicPartition> exceptions, boolean held) {
        all = held;
        spared = exceptions;
    }

    boolean holdsAll() {
        return all;
    }

    /** Holds back a partition for a reason, until that is released. */
    void hold(TopicPartition partition, Object reason) {
        reasons.computeIfAbsent(partition, p -> new HashSet<>()).add(reason);
    }

    /** Holds back these partitions for a reason, and no others for this one. */
    void holdOnly(Set<TopicPartition> held, Object reason) {
        for (TopicPartition partition : Set.copyOf(reasons.keySet())) {
            if (!held.contains(partition)) {
                release(partition, reason);
            }
        }
        held.forEach(partition -> hold(partition, reason));
    }

    void release(TopicPartition partition, Object reason) {
        Set<Object> held = reasons.get(partition);
        if (held != null && held.remove(reason) && held.isEmpty()) {
            reasons.remove(partition);
        }
    }

    /** Forgets a partition that went away. */
    void forget(TopicPartition partition) {
        reasons.remove(partition);
    }

    /** Tells the consumer. To be repeated, because a rebalance may have brought partitions meanwhile. */
    void apply() {
        Set<TopicPartition> paused = consumer.paused();
        Set<TopicPartition> pause = new HashSet<>();
        Set<TopicPartition> resume = new HashSet<>();
        for (TopicPartition partition : consumer.assignment()) {
            boolean held = (all && !spared.test(partition)) || reasons.containsKey(partition);
            if (held && !paused.contains(partition)) {
                pause.add(partition);
            } else if (!held && paused.contains(partition)) {
                resume.add(partition);
            }
        }
        if (!pause.isEmpty()) {
            consumer.pause(pause);
        }
        if (!resume.isEmpty()) {
            consumer.resume(resume);
        }
    }
}
