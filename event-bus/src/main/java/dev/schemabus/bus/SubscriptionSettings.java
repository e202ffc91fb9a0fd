package dev.schemabus.bus;

import java.time.Duration;

/**
 * Internal: the settings of a subscription, beside its handlers.
 *
 * @param group the consumer group
 * @param concurrency how many handlers may run at the same time
 * @param unknownSchemaBudget how long an unknown schema id may be a new one
 * @param maxRecords how many records may be in flight
 * @param maxBytes how many bytes of keys and values may be in flight
 */
record SubscriptionSettings(
        String group,
        Ordering ordering,
        int concurrency,
        RetryPolicy retry,
        DeadLetterPolicy deadLetters,
        Duration unknownSchemaBudget,
        int maxRecords,
        long maxBytes) {

    static final int DEFAULT_CONCURRENCY = 1;
    static final Duration DEFAULT_UNKNOWN_SCHEMA_BUDGET = Duration.ofMinutes(2);
    static final int DEFAULT_MAX_RECORDS = 10_000;
    static final long DEFAULT_MAX_BYTES = 64L << 20;

    SubscriptionSettings {
        if (group.isBlank()) {
            throw new BusConfigurationException("A subscription needs a group: add .group(\"…\")");
        }
        if (concurrency < 1 || maxRecords < 1 || maxBytes < 1) {
            throw new BusConfigurationException("Concurrency and the limits in flight are at least 1: concurrency "
                    + concurrency + ", records " + maxRecords + ", bytes " + maxBytes);
        }
        if (unknownSchemaBudget.isNegative()) {
            throw new BusConfigurationException(
                    "The budget for unknown schemas is not negative: " + unknownSchemaBudget);
        }
    }
}
