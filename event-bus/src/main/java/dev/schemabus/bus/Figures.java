package dev.schemabus.bus;

import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Internal: the figures of a subscription. What only the poll thread may ask is asked once a second and kept. */
final class Figures implements SubscriptionFigures {

    private static final long INTERVAL_NANOS = 1_000_000_000L;
    private static final long NONE = Long.MIN_VALUE;

    private final String group;
    private final InFlight inFlight;
    private volatile long lag;
    private volatile long gap;
    private volatile long oldest = NONE;
    private long last = System.nanoTime() - INTERVAL_NANOS;

    Figures(String group, InFlight inFlight) {
        this.group = group;
        this.inFlight = inFlight;
    }

    /** Looks again if it is time to. For the poll thread. */
    void regularly(Consumer<byte[], byte[]> consumer, OffsetLedger ledger) {
        long now = System.nanoTime();
        if (now - last < INTERVAL_NANOS) {
            return;
        }
        last = now;
        long sum = 0;
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong known = consumer.currentLag(partition);
            sum += known.orElse(0);
        }
        lag = sum;
        gap = ledger.widestGap();
        oldest = ledger.oldest().orElse(NONE);
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public long inFlightRecords() {
        return inFlight.records();
    }

    @Override
    public long inFlightBytes() {
        return inFlight.bytes();
    }

    @Override
    public long lag() {
        return lag;
    }

    @Override
    public long watermarkGap() {
        return gap;
    }

    @Override
    public double oldestInFlightSeconds() {
        long since = oldest;
        return since == NONE || inFlight.empty() ? 0 : Math.max(0, System.nanoTime() - since) / 1e9;
    }
}
