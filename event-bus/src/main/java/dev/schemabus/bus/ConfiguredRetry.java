package dev.schemabus.bus;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * Internal: the retry policy that keys describe. Each kind has keys of its own, and one that means nothing to the kind is an
 * error. What the code says of a group, keys give other numbers and never another kind: records that stand in retry topics
 * would be left, or lose their order.
 */
final class ConfiguredRetry {

    private static final Set<String> KEYS = Set.of(
            BusKeys.RETRY_KIND,
            BusKeys.RETRY_DELAYS_MS,
            BusKeys.RETRY_ATTEMPTS,
            BusKeys.RETRY_BACKOFF_MS,
            BusKeys.RETRY_ACCEPT_REORDERING);

    private final Set<String> given = new TreeSet<>();
    private final AbstractConfig config;
    private final String group;

    /**
     * A policy from keys.
     *
     * @param given the keys that were set
     * @param config their values
     * @param group whose they are, for messages; empty: of all
     */
    private ConfiguredRetry(Map<String, Object> given, AbstractConfig config, String group) {
        this.config = config;
        this.group = group;
        this.given.addAll(given.keySet());
        this.given.retainAll(KEYS);
        // What says what is so anyway means nothing to any kind.
        if (config.getList(BusKeys.RETRY_DELAYS_MS).isEmpty()) {
            this.given.remove(BusKeys.RETRY_DELAYS_MS);
        }
        if (!config.getBoolean(BusKeys.RETRY_ACCEPT_REORDERING)) {
            this.given.remove(BusKeys.RETRY_ACCEPT_REORDERING);
        }
    }

    /** Sets the policy of a subscription if keys say something about it. */
    static void apply(Map<String, Object> given, AbstractConfig config, SubscriptionSettings.Builder settings) {
        ConfiguredRetry retry = new ConfiguredRetry(given, config, settings.group);
        if (!retry.given.isEmpty()) {
            settings.retry = retry.of(settings.saidRetry().orElseGet(settings::defaultRetry), settings.retryInCode);
            settings.retryForAll = false;
        }
    }

    /** Checks what is wrong whatever policy the code names. */
    static void checkValues(Map<String, Object> given, AbstractConfig config, String group) {
        ConfiguredRetry retry = new ConfiguredRetry(given, config, group);
        if (retry.given.contains(BusKeys.RETRY_DELAYS_MS)) {
            RetryPolicy.topics(retry.delays(RetryPolicy.DEFAULT, false).toArray(Duration[]::new));
        }
    }

    private RetryPolicy of(RetryPolicy before, boolean inCode) {
        RetryPolicy.Kind kind = given.contains(BusKeys.RETRY_KIND)
                ? RetryPolicy.Kind.valueOf(config.getString(BusKeys.RETRY_KIND).toUpperCase(Locale.ROOT))
                : before.kind();
        if (kind != before.kind() && inCode) {
            throw refuse(
                    BusKeys.RETRY_KIND + "=" + kind + " contradicts the code, which says " + before,
                    "leave one of them out. Records that stand in retry topics would be left or lose their order");
        }
        return switch (kind) {
            case IN_PLACE -> inPlace(kind == before.kind() ? before : RetryPolicy.DEFAULT);
            case TOPICS -> topics(before);
            case KEEP_KEY_ORDER -> keepKeyOrder(before);
        };
    }

    private RetryPolicy inPlace(RetryPolicy before) {
        only(before, RetryPolicy.Kind.IN_PLACE, BusKeys.RETRY_ATTEMPTS, BusKeys.RETRY_BACKOFF_MS);
        RetryPolicy policy = before;
        if (given.contains(BusKeys.RETRY_ATTEMPTS)) {
            policy = policy.withAttempts(config.getInt(BusKeys.RETRY_ATTEMPTS));
        }
        if (given.contains(BusKeys.RETRY_BACKOFF_MS)) {
            policy = policy.withBackoff(Duration.ofMillis(config.getLong(BusKeys.RETRY_BACKOFF_MS)));
        }
        return policy;
    }

    private RetryPolicy topics(RetryPolicy before) {
        only(before, RetryPolicy.Kind.TOPICS, BusKeys.RETRY_DELAYS_MS, BusKeys.RETRY_ACCEPT_REORDERING);
        boolean same = before.kind() == RetryPolicy.Kind.TOPICS;
        List<Duration> delays = delays(before, same);
        RetryPolicy policy = RetryPolicy.topics(delays.toArray(Duration[]::new)).with(before.exceptions());
        boolean accepted = given.contains(BusKeys.RETRY_ACCEPT_REORDERING) || (same && before.reorderingAccepted());
        return accepted ? policy.acceptReordering() : policy;
    }

    private RetryPolicy keepKeyOrder(RetryPolicy before) {
        only(before, RetryPolicy.Kind.KEEP_KEY_ORDER, BusKeys.RETRY_DELAYS_MS, BusKeys.RETRY_ATTEMPTS);
        boolean same = before.kind() == RetryPolicy.Kind.KEEP_KEY_ORDER;
        // With a single attempt there is no wait, and so none is known.
        List<Duration> delays = same && before.delays().isEmpty() && !given.contains(BusKeys.RETRY_DELAYS_MS)
                ? List.of(Duration.ZERO)
                : delays(before, same);
        if (delays.stream().distinct().count() != 1) {
            throw refuse(
                    BusKeys.RETRY_DELAYS_MS + "=" + config.getList(BusKeys.RETRY_DELAYS_MS)
                            + " has several delays, and KEEP_KEY_ORDER has one topic",
                    "give one delay, and the number of " + BusKeys.RETRY_ATTEMPTS);
        }
        int attempts = given.contains(BusKeys.RETRY_ATTEMPTS) || !same
                ? config.getInt(BusKeys.RETRY_ATTEMPTS)
                : before.attempts();
        return RetryPolicy.keepKeyOrder(delays.get(0), attempts).with(before.exceptions());
    }

    private List<Duration> delays(RetryPolicy before, boolean same) {
        if (given.contains(BusKeys.RETRY_DELAYS_MS)) {
            return config.getList(BusKeys.RETRY_DELAYS_MS).stream()
                    .map(this::delay)
                    .toList();
        }
        if (same) {
            return before.delays();
        }
        throw refuse(
                BusKeys.RETRY_KIND + "=" + config.getString(BusKeys.RETRY_KIND) + " has no delays",
                "add " + BusKeys.RETRY_DELAYS_MS + ", such as 10000,300000");
    }

    private Duration delay(String text) {
        try {
            return Duration.ofMillis(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw refuse(BusKeys.RETRY_DELAYS_MS + ": '" + text + "' is no number", "give milliseconds");
        }
    }

    private void only(RetryPolicy before, RetryPolicy.Kind kind, String... meant) {
        Set<String> others = new TreeSet<>(given);
        others.remove(BusKeys.RETRY_KIND);
        List.of(meant).forEach(others::remove);
        if (!others.isEmpty()) {
            boolean said = given.contains(BusKeys.RETRY_KIND);
            throw refuse(
                    others + " mean nothing to retries of kind " + kind
                            + (said ? "" : ", which " + (group.isEmpty() ? "all" : "this group") + " has: " + before),
                    "use " + String.join(" and ", meant) + ", or set " + BusKeys.RETRY_KIND);
        }
    }

    private BusConfigurationException refuse(String what, String remedy) {
        String whose = group.isEmpty() ? "" : "In the settings of group " + group + ", ";
        return new BusConfigurationException(whose + what + ": " + remedy);
    }
}
