package dev.schemabus.bus;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Internal: the settings of a subscription, beside its handlers. An immutable value made by its {@link Builder}, which
 * starts from the defaults; each setting's meaning stands at {@link SubscriptionBuilder}.
 */
final class SubscriptionSettings {

    /** Beyond that nobody waits for an alarm, and a far larger number is meant as none: that is zero. */
    static final Duration LONGEST_HANDLER_TIMEOUT = Duration.ofDays(1);

    private final Builder given;

    private SubscriptionSettings(Builder given) {
        this.given = given;
    }

    static Builder builder() {
        return new Builder();
    }

    /** The consumer group. */
    String group() {
        return given.group;
    }

    Ordering ordering() {
        return given.ordering;
    }

    /** How many handlers may run at the same time. */
    int concurrency() {
        return given.concurrency;
    }

    RetryPolicy retry() {
        return given.saidRetry().orElseGet(given::defaultRetry);
    }

    DeadLetterPolicy deadLetters() {
        return given.deadLetters;
    }

    /** How long an unknown schema id may be a new one. */
    Duration unknownSchemaBudget() {
        return given.unknownSchemaBudget;
    }

    /** How many records may be in flight. */
    int maxRecords() {
        return given.maxRecords;
    }

    /** How many bytes of keys and values may be in flight. */
    long maxBytes() {
        return given.maxBytes;
    }

    OffsetReset offsetReset() {
        return given.offsetReset;
    }

    /** How many keys of a partition may be parked, with key-ordered retries. */
    int maxParkedKeys() {
        return given.maxParkedKeys;
    }

    /** How many records of a key may be parked. */
    int maxParkedRecords() {
        return given.maxParkedRecords;
    }

    /** How many different records must fail in a row before no handler is called for a while; 0: never. */
    int circuitFailures() {
        return given.circuitFailures;
    }

    Duration circuitPause() {
        return given.circuitPause;
    }

    /** How long a handler may take; zero: as long as it likes. */
    Duration handlerTimeout() {
        return given.handlerTimeout;
    }

    DeliveryMode delivery() {
        return given.delivery;
    }

    /** Remembers what was handled. */
    Optional<ConsumptionStore> store() {
        return Optional.ofNullable(given.store);
    }

    /** Fields with the defaults, set by {@link SubscriptionBuilder}. */
    static final class Builder implements Cloneable {
        String group = "";
        Ordering ordering = Ordering.BY_KEY;
        int concurrency = 1;

        @Nullable
        RetryPolicy retry;

        /** Whether it is from code, where no key may change its kind. */
        boolean retryInCode;

        /** Whether it is from keys for all groups. */
        boolean retryForAll;

        DeadLetterPolicy deadLetters = DeadLetterPolicy.TOPIC;
        Duration unknownSchemaBudget = Duration.ofMinutes(2);
        int maxRecords = 10_000;
        long maxBytes = 64L << 20;
        OffsetReset offsetReset = OffsetReset.FAIL;
        Duration handlerTimeout = Duration.ZERO;
        int circuitFailures;
        Duration circuitPause = Duration.ofSeconds(30);
        int maxParkedKeys = 10_000;
        int maxParkedRecords = 1_000;

        @Nullable
        ConsumptionStore store;

        DeliveryMode delivery = DeliveryMode.AT_LEAST_ONCE;

        private Builder() {}

        /** The policy, unless nobody named one for this group. What is set for all is not meant for one that can't retry. */
        Optional<RetryPolicy> saidRetry() {
            return retryForAll && delivery == DeliveryMode.AT_MOST_ONCE ? Optional.empty() : Optional.ofNullable(retry);
        }

        /** The policy when nobody names one. */
        RetryPolicy defaultRetry() {
            return delivery == DeliveryMode.AT_MOST_ONCE ? RetryPolicy.none() : RetryPolicy.DEFAULT;
        }

        /** @throws BusConfigurationException if a setting is missing or out of range, or two contradict each other */
        SubscriptionSettings build() {
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
            if (handlerTimeout.isNegative() || handlerTimeout.compareTo(LONGEST_HANDLER_TIMEOUT) > 0) {
                throw new BusConfigurationException(
                        "A handler's time is not negative, and at most a day: handlerTimeout(" + handlerTimeout
                                + "); zero is no limit");
            }
            if (maxParkedKeys < 1 || maxParkedRecords < 1) {
                throw new BusConfigurationException("The limits of parked keys and records are at least 1: "
                        + maxParkedKeys + " keys, " + maxParkedRecords + " records");
            }
            if (circuitFailures < 0 || circuitPause.isNegative()) {
                throw new BusConfigurationException(
                        "A circuit breaker opens after at least 1 failure, for a time that is"
                                + " not negative: circuitBreaker(" + circuitFailures + ", " + circuitPause + ")");
            }
            SubscriptionSettings built = new SubscriptionSettings(copy());
            if (delivery == DeliveryMode.AT_MOST_ONCE && built.retry().attempts() > 1) {
                throw new BusConfigurationException("delivery(AT_MOST_ONCE) and retry("
                        + built.retry().attempts()
                        + " attempts) contradict each other: another attempt hands a record over twice. Leave retry"
                        + " out, in code and in the keys of this group, or deliver AT_LEAST_ONCE");
            }
            RetryTopics.check(built.retry(), ordering);
            return built;
        }

        // A setting added later can't be forgotten here.
        private Builder copy() {
            try {
                return (Builder) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
