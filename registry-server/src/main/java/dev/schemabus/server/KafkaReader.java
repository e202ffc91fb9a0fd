package dev.schemabus.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic from its beginning, in a thread of its own, and knows how far it is. What it can't read now it tries
 * again; only a topic that isn't the one it was (cut off, or deleted and made anew) ends it.
 */
final class KafkaReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long position;
    private Optional<String> trouble = Optional.empty();
    private boolean ended;
    private boolean closed;

    /** @param each hears every message, in order, in the reader's thread */
    KafkaReader(
            Consumer<byte[], byte[]> consumer,
            String topic,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        this.consumer = consumer;
        this.partition = new TopicPartition(topic, 0);
        this.each = each;
        thread = new Thread(this::run, "schemabus-registry-reader");
        thread.setDaemon(true);
    }

    /**
     * Begins, and returns when everything is read that was there at the beginning.
     *
     * @return false if that takes longer
     * @throws KafkaException if Kafka doesn't say what is there
     */
    boolean start(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        Map<TopicPartition, Long> ends;
        try {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            ends = consumer.endOffsets(List.of(partition), atMost);
        } catch (KafkaException e) {
            consumer.close();
            throw e;
        }
        thread.start();
        return await(ends.getOrDefault(partition, 0L), Duration.ofNanos(deadline - System.nanoTime()));
    }

    /** The offset of the next message to be read: all before it have been heard. */
    long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all messages before an offset have been heard.
     *
     * @return false if that takes longer, or won't happen any more
     */
    boolean await(long offset, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (position < offset && !ended && left > 0) {
                left = moved.awaitNanos(left);
            }
            return position >= offset;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!isClosed()) {
                try {
                    consumer.poll(POLL).forEach(each);
                    moveTo(consumer.position(partition));
                } catch (WakeupException e) {
                    // Closing; the loop looks.
                } catch (InvalidOffsetException e) {
                    report(
                            "isn't what it was, it was cut off or made anew: this node goes on with what it has read"
                                    + " and must be restarted",
                            e);
                    return;
                } catch (KafkaException e) {
                    report("can't be read, trying again", e);
                    pause();
                }
            }
        } catch (Throwable e) {
            // An Error, or a fault of this server: what was read may be half applied, so nothing may come after it.
            report("is no longer read, since this node failed on it and must be restarted", e);
        } finally {
            end();
            consumer.close();
        }
    }

    private void report(String what, Throwable e) {
        String message = "Topic " + partition.topic() + " " + what;
        LOG.error("{}: {}", message, e.toString());
        lock.lock();
        try {
            trouble = Optional.of(message);
        } finally {
            lock.unlock();
        }
    }

    private void moveTo(long newPosition) {
        lock.lock();
        try {
            position = newPosition;
            trouble = Optional.empty();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        long left = PAUSE.toNanos();
        lock.lock();
        try {
            while (!closed && left > 0) {
                left = moved.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it reads no more, and never will. */
    boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** What keeps it from reading. */
    Optional<String> trouble() {
        lock.lock();
        try {
            return trouble;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Stops reading. Takes 10 seconds at most; without effect the second time. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        consumer.wakeup();
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(STOP_LIMIT.toNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
