package dev.schemabus.bus;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Internal: whether the producer may have sent a record more than once. An answer to the second attempt doesn't say what
 * became of the first, and Kafka doesn't tell how many there were; but the producer counts its retries, and if the count
 * is the same at the end as at the start, there was none.
 */
final class Retries {

    /** An older count is as right as a new one, only more cautious; asking for every record would cost. */
    private static final long STALE = Duration.ofMillis(100).toNanos();

    private final @Nullable Metric total;
    private volatile Sample last;

    /**
     * A count of retries.
     *
     * @param at when it was taken, by {@link System#nanoTime}
     */
    record Sample(double count, long at) {}

    Retries(Producer<byte[], byte[]> producer) {
        this.total = producer.metrics().entrySet().stream()
                .filter(entry -> isTotal(entry.getKey()))
                .<Metric>map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        this.last = new Sample(count(), System.nanoTime());
    }

    private static boolean isTotal(MetricName name) {
        return name.name().equals("record-retry-total") && name.group().equals("producer-metrics");
    }

    /** To be taken before a record is sent. */
    Sample before() {
        Sample known = last;
        long now = System.nanoTime();
        if (now - known.at() > STALE) {
            known = new Sample(count(), now);
            last = known;
        }
        return known;
    }

    /** Whether nothing at all was sent again since. */
    boolean noneSince(Sample before) {
        return count() == before.count();
    }

    /** NaN, which equals nothing, if the producer doesn't count. */
    private double count() {
        return total != null && total.metricValue() instanceof Double count ? count : Double.NaN;
    }
}
