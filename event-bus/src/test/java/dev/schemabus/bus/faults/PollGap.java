package dev.schemabus.bus.faults;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * How long consumers went without polling, as Kafka's own metric has it: so nobody need trust what the bus says of its
 * poll thread. Named in {@code metric.reporters}, with {@link #NAME} for the test.
 */
public final class PollGap implements MetricsReporter {

    /** The property that says under which name the gap is kept. */
    static final String NAME = "test.poll.gap";

    private static final Map<String, KafkaMetric> LONGEST = new ConcurrentHashMap<>();

    private String name = "";

    /** What makes a consumer report here. */
    static Map<String, Object> reportedAs(String name) {
        return Map.of("metric.reporters", PollGap.class.getName(), NAME, name);
    }

    /** The longest time between two polls in the last minute, in milliseconds. */
    static double longestMillis(String name) {
        KafkaMetric metric = LONGEST.get(name);
        if (metric == null) {
            throw new IllegalStateException("No consumer reports as " + name);
        }
        return (Double) metric.metricValue();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        name = String.valueOf(configs.get(NAME));
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        metrics.forEach(this::metricChange);
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        if (metric.metricName().name().equals("time-between-poll-max")) {
            LONGEST.put(name, metric);
        }
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        // What was measured stays of interest.
    }

    @Override
    public void close() {}
}
