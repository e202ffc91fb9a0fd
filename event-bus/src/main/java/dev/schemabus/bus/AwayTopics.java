package dev.schemabus.bus;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Internal: topics that nobody could write to lately. Each attempt keeps its thread for {@code max.block.ms}, so now and then
 * one record tries, and the others are told at once: meanwhile the threads write to other topics.
 */
final class AwayTopics {

    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    /** Between two attempts, and longer than one takes: else each would find the one before it still at it. */
    private final long pause;

    private final LongSupplier nanoTime;
    private final Map<String, Away> away = new ConcurrentHashMap<>();

    private record Away(TimeoutException error, long until) {}

    /**
     * Nothing is away.
     *
     * @param nanoTime a clock that never jumps
     * @param maxBlock how long an attempt may take
     */
    AwayTopics(LongSupplier nanoTime, Duration maxBlock) {
        Duration longer = maxBlock.plusSeconds(1);
        this.pause = (longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer).toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Asks to write to a topic. Who may tells what came of it.
     *
     * @throws TimeoutException what the last one got, if the topic was away then
     */
    void enter(String topic) {
        Away last = away.get(topic);
        if (last == null) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (now - last.until() < 0 || !away.replace(topic, last, new Away(last.error(), now + pause))) {
            throw last.error();
        }
    }

    /** A topic was written to, or couldn't be for a reason of the record's own. */
    void there(String topic) {
        away.remove(topic);
    }

    /** What a topic was written to with failed. */
    void failed(String topic, Throwable error) {
        if (error instanceof TimeoutException timeout) {
            away.put(topic, new Away(timeout, nanoTime.getAsLong() + pause));
        } else {
            there(topic);
        }
    }
}
