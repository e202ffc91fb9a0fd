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

    /** Between two attempts, and longer than one takes. */
    private static final long PAUSE = Duration.ofSeconds(6).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Away> away = new ConcurrentHashMap<>();

    private record Away(TimeoutException error, long until) {}

    /** @param nanoTime a clock that never jumps */
    AwayTopics(LongSupplier nanoTime) {
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
        if (now - last.until() < 0 || !away.replace(topic, last, new Away(last.error(), now + PAUSE))) {
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
            away.put(topic, new Away(timeout, nanoTime.getAsLong() + PAUSE));
        } else {
            there(topic);
        }
    }
}
