package dev.schemabus.server;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses one node of several through Kafka's group protocol: the nodes are a consumer group, the topic has one
 * partition, and whoever is given it is the leader. It reads nothing as a member. The group only says who should lead;
 * that two never write is the {@link KafkaTerm}'s doing.
 */
final class LeaderElection implements AutoCloseable {

    /** What a chosen node does. All calls come from one thread. */
    interface Office {

        /** Whether this node can lead at all, now or later. If not, it leaves the choice to the others for good. */
        boolean able();

        /** Whether it was taken and neither left nor lost. */
        boolean held();

        /**
         * Begins to lead.
         *
         * @throws RuntimeException if that can't be done now; it is asked for again
         */
        void take();

        void leave();
    }

    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final Consumer<byte[], byte[]> member;
    private final String topic;
    private final Office office;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    LeaderElection(Consumer<byte[], byte[]> member, String topic, Office office) {
        this.member = member;
        this.topic = topic;
        this.office = office;
        thread = new Thread(this::run, "schemabus-registry-election");
        thread.setDaemon(true);
    }

    /** Stands for election, until closed. */
    void start() {
        thread.start();
    }

    private void run() {
        try {
            member.subscribe(List.of(topic), new Changes());
            boolean stop = false;
            while (!stop) {
                try {
                    member.poll(POLL);
                    if (!office.able()) {
                        LOG.error("This node takes no part in the election of a leader any more, it must be restarted");
                        return;
                    }
                    if (!isClosed() && !member.assignment().isEmpty() && !office.held()) {
                        office.take();
                    }
                    stop = isClosed();
                } catch (WakeupException e) {
                    stop = true;
                } catch (FencedInstanceIdException e) {
                    LOG.error("Another node of this registry was started with the same URL, so this one leads no more:"
                            + " give each a URL of its own (--advertised-url) and restart this one");
                    return;
                } catch (RuntimeException e) {
                    LOG.warn("This node can't take part in the election of a leader, trying again: {}", e.toString());
                    stop = closesWithin(PAUSE);
                }
            }
        } finally {
            office.leave();
            close(member);
        }
    }

    private static void close(Consumer<byte[], byte[]> member) {
        try {
            // Or the group would keep its place until the session ends, and choose nobody else meanwhile.
            member.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        } catch (KafkaException e) {
            LOG.warn("This node couldn't take its leave from the group of nodes: {}", e.toString());
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    private boolean closesWithin(Duration time) {
        try {
            return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private final class Changes implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // A place to stand on, without a look at the topic, and nothing to fetch.
            partitions.forEach(partition -> member.seek(partition, 0));
            member.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                office.leave();
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            office.leave();
        }
    }

    /** Leaves office and group, so that another is chosen at once. Takes 15 seconds at most. */
    @Override
    public void close() {
        closing.countDown();
        member.wakeup();
        try {
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
