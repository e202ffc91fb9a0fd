package dev.schemabus.bus;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Internal: records of retry topics that are not due yet. The first of them holds its partition: it is paused, so nothing
 * more than one poll's worth of it waits in memory; and of all together no more than may be in flight. Used by the poll thread alone.
 *
 * <p>The due time in the header is another machine's clock. It is read once, when the record comes; from then on a clock
 * counts that never jumps. And it is never believed beyond the delay that the policy names: a clock that is a day ahead
 * must not make a record wait for a day.
 */
final class Delays {

    private record Held(Incoming incoming, long due) {}

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final InFlight waiting;
    private final Map<TopicPartition, Deque<Held>> partitions = new HashMap<>();

    /** @param limits how much may wait */
    Delays(Clock clock, LongSupplier nanoTime, PollLimits limits) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.waiting = new InFlight(limits);
    }

    /** Takes a record that has come; {@link #due} gives it back when it is due, in order. */
    void add(Incoming incoming, Duration longest) {
        long wait = Math.max(0, Math.min(longest.toMillis(), incoming.retry().due() - clock.millis()));
        long due = nanoTime.getAsLong() + Duration.ofMillis(wait).toNanos();
        partitions
                .computeIfAbsent(incoming.partition(), partition -> new ArrayDeque<>())
                .add(new Held(incoming, due));
        waiting.add(incoming.bytes());
    }

    /** Gives what is due now. A record that is due waits for those before it. */
    List<Incoming> due() {
        List<Incoming> result = new ArrayList<>();
        for (Iterator<Deque<Held>> all = partitions.values().iterator(); all.hasNext(); ) {
            Deque<Held> held = all.next();
            while (!held.isEmpty() && nanoTime.getAsLong() - held.element().due() >= 0) {
                Incoming next = held.remove().incoming();
                waiting.release(next.bytes());
                result.add(next);
            }
            if (held.isEmpty()) {
                all.remove();
            }
        }
        return result;
    }

    /** The partitions that wait. */
    Set<TopicPartition> holding() {
        return new HashSet<>(partitions.keySet());
    }

    /** Whether there is no room for what another poll may bring. */
    boolean full() {
        return waiting.full();
    }

    void forget(Collection<TopicPartition> gone) {
        for (TopicPartition partition : gone) {
            Deque<Held> held = partitions.remove(partition);
            if (held != null) {
                held.forEach(one -> waiting.release(one.incoming().bytes()));
            }
        }
    }
}
