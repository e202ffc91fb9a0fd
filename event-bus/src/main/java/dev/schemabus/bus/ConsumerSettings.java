package dev.schemabus.bus;

import dev.schemabus.bus.OffsetResets.NewGroupStart;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;

/**
 * Internal: what a subscription's consumer is told, and what the poll loop must know of it.
 *
 * @param properties Kafka's own
 * @param limits what one poll may bring, and what may be in flight
 * @param revocationWait how long a revocation waits for running handlers
 * @param start where a group begins that has no position
 */
record ConsumerSettings(
        Map<String, Object> properties, PollLimits limits, Duration revocationWait, NewGroupStart start) {

    private static final int PATTERN_METADATA_AGE_MS = 30_000;
    private static final int LONGEST_WATCH_MS = 10_000;

    /**
     * @param byPattern whether topics may come later, which are noticed when metadata is asked for
     * @throws BusConfigurationException if a property can't be used
     */
    static ConsumerSettings of(KafkaSettings kafka, SubscriptionSettings subscription, boolean byPattern) {
        Map<String, Object> properties = kafka.consumer(subscription.group());
        PollLimits limits = PollLimits.of(
                subscription,
                number(properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
                number(properties, ConsumerConfig.FETCH_MAX_BYTES_CONFIG));
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, limits.pollRecords());
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, limits.fetchBytes());
        if (byPattern) {
            properties.putIfAbsent(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, PATTERN_METADATA_AGE_MS);
        }
        NewGroupStart start = start(text(properties, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG));
        // Kafka's own reset would skip records in silence: see OffsetResets.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        if (subscription.retry().kind() == RetryPolicy.Kind.KEEP_KEY_ORDER) {
            assignTogether(properties, kafka.user());
        }
        return new ConsumerSettings(properties, limits, kafka.revocationWait(), start);
    }

    /**
     * Key-ordered retry needs a source partition and the retry partition of the same number at the same member. And a
     * retry partition must be read to its end, which only its leader knows.
     */
    private static void assignTogether(Map<String, Object> properties, Map<String, Object> user) {
        String strategy = ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG;
        String given = text(user, strategy);
        if (!given.isEmpty() && !given.equals(RangeAssignor.class.getName())) {
            throw new BusConfigurationException(
                    strategy + "=" + given + " contradicts RetryPolicy.keepKeyOrder(…), which"
                            + " needs the partitions of a topic and of its retry topic together: remove it, or set "
                            + RangeAssignor.class.getName());
        }
        if (text(properties, ConsumerConfig.GROUP_PROTOCOL_CONFIG).equalsIgnoreCase("consumer")) {
            properties.put(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, "range");
        }
        properties.remove(ConsumerConfig.CLIENT_RACK_CONFIG);
    }

    /** A member whose polls are further apart is as good as dead: half of what makes its group give it up. */
    Duration longestPollGap() {
        int interval = number(properties, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        return Duration.ofMillis((interval > 0 ? interval : KafkaSettings.DEFAULT_MAX_POLL_INTERVAL_MS) / 2);
    }

    /** How often to look whether topics are still there: as often as metadata is asked for, and each 10 s if that is less. */
    Duration topicWatchInterval() {
        int age = number(properties, CommonClientConfigs.METADATA_MAX_AGE_CONFIG);
        return Duration.ofMillis(age > 0 ? Math.min(age, LONGEST_WATCH_MS) : LONGEST_WATCH_MS);
    }

    private static NewGroupStart start(String given) {
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "earliest" -> NewGroupStart.EARLIEST;
            case "latest" -> NewGroupStart.LATEST;
            case "none" -> NewGroupStart.NONE;
            default ->
                throw new BusConfigurationException(
                        "auto.offset.reset=" + given + " is not among earliest, latest and none");
        };
    }

    private static int number(Map<String, Object> properties, String key) {
        String given = text(properties, key);
        try {
            return given.isEmpty() ? 0 : Integer.parseInt(given);
        } catch (NumberFormatException e) {
            throw new BusConfigurationException(key + "=" + given + " is no number", e);
        }
    }

    private static String text(Map<String, Object> properties, String key) {
        return Objects.toString(properties.get(key), "").strip();
    }
}
