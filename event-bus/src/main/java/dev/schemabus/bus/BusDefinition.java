package dev.schemabus.bus;

import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/**
 * Internal: every key of the bus with its type, default and meaning, the one place that says so;
 * {@code docs/configuration.md} is made of it.
 */
final class BusDefinition {

    /** The section whose keys may be set for one group, too. */
    static final String SUBSCRIPTIONS = "Subscriptions";

    private static final SubscriptionSettings.Builder SUBSCRIPTION = SubscriptionSettings.builder();

    private final ConfigDef definition = new ConfigDef();
    private String section = "";
    private int order;

    private BusDefinition() {}

    static ConfigDef make() {
        BusDefinition made = new BusDefinition();
        made.publishing();
        made.naming();
        made.topics();
        made.subscriptions();
        return made.definition;
    }

    private void publishing() {
        section = "Publishing";
        key(
                BusKeys.SOURCE,
                ConfigDef.Type.STRING,
                "",
                null,
                "What published events name as their origin (`ce_source`); by default `urn:schemabus:<client.id>`.");
        key(
                BusKeys.INTEGRITY_HEADER,
                ConfigDef.Type.BOOLEAN,
                true,
                null,
                "Whether published events carry a checksum over topic, key and value. Subscriptions compare it wherever it"
                        + " is.");
        key(
                BusKeys.TRANSACTIONAL_ID,
                ConfigDef.Type.STRING,
                "",
                null,
                "What the transactional ids begin with, unique for each running instance; by default the client id and a"
                        + " random text.");
        key(
                BusKeys.TRANSACTIONAL_PRODUCERS,
                ConfigDef.Type.INT,
                4,
                Range.atLeast(1),
                "How many transactions may run at the same time.");
    }

    private void naming() {
        section = "Topic names";
        key(
                BusKeys.TOPIC_NAMING,
                ConfigDef.Type.LIST,
                "entity-stream",
                null,
                "`entity-stream`, `domain-entity-event`, `record-name`, `visibility`, `explicit`, or a class that implements"
                        + " `TopicNaming`. In front of it, separated by commas and outermost first: `environment`,"
                        + " `tenant`, `versioned`; with nothing behind them they wrap `entity-stream`.");
        key(
                BusKeys.TOPIC_NAMING_VERSION,
                ConfigDef.Type.INT,
                1,
                Range.atLeast(1),
                "The major version in names of `versioned` and `visibility`.");
        key(
                BusKeys.TOPIC_NAMING_VISIBILITY,
                ConfigDef.Type.STRING,
                "internal",
                oneOf(TopicNamings.Visibility.class),
                "The first segment of names of `visibility`: `public`, `internal` or `private`.");
        key(
                BusKeys.TOPIC_NAMING_ENVIRONMENT,
                ConfigDef.Type.STRING,
                "",
                null,
                "The segment that `environment` puts in front, such as `prod`.");
        key(
                BusKeys.TOPIC_NAMING_TENANT,
                ConfigDef.Type.STRING,
                "",
                null,
                "The segment that `tenant` puts in front, such as `acme`.");
    }

    private void topics() {
        section = "Topic checks";
        key(
                BusKeys.TOPICS_MISSING,
                ConfigDef.Type.STRING,
                "FAIL",
                oneOf(TopicCheck.class),
                "What follows when an event topic or a dead letter topic doesn't exist: `FAIL`, `WARN`, or `CREATE` it.");
        number(BusKeys.TOPICS_PARTITIONS, "How many partitions an event topic should have.");
        check(BusKeys.TOPICS_PARTITIONS_CHECK);
        number(BusKeys.TOPICS_REPLICATION_FACTOR, "How many replicas it should have at least.");
        check(BusKeys.TOPICS_REPLICATION_FACTOR_CHECK);
        number(BusKeys.TOPICS_MIN_INSYNC_REPLICAS, "What its `min.insync.replicas` should be at least.");
        check(BusKeys.TOPICS_MIN_INSYNC_REPLICAS_CHECK);
        key(
                BusKeys.TOPICS_CLEANUP_POLICY,
                ConfigDef.Type.STRING,
                "",
                null,
                "What its `cleanup.policy` should be: `delete`, `compact` or `compact,delete`.");
        check(BusKeys.TOPICS_CLEANUP_POLICY_CHECK);
    }

    private void subscriptions() {
        section = SUBSCRIPTIONS;
        key(
                BusKeys.ORDERING,
                ConfigDef.Type.STRING,
                SUBSCRIPTION.ordering.name(),
                oneOf(Ordering.class),
                "Which records are handled one after the other: those of a key, those of a partition, or none.");
        key(
                BusKeys.CONCURRENCY,
                ConfigDef.Type.INT,
                SUBSCRIPTION.concurrency,
                Range.atLeast(1),
                "How many handlers of a subscription may run at the same time.");
        key(
                BusKeys.MAX_IN_FLIGHT_RECORDS,
                ConfigDef.Type.INT,
                SUBSCRIPTION.maxRecords,
                Range.atLeast(1),
                "How many records may be received and not finished before the partitions are paused.");
        key(
                BusKeys.MAX_IN_FLIGHT_BYTES,
                ConfigDef.Type.LONG,
                SUBSCRIPTION.maxBytes,
                Range.atLeast(1),
                "How many bytes their keys and values may take.");
        retries();
        key(
                BusKeys.HANDLER_TIMEOUT_MS,
                ConfigDef.Type.LONG,
                SUBSCRIPTION.handlerTimeout.toMillis(),
                Range.between(0, SubscriptionSettings.LONGEST_HANDLER_TIMEOUT.toMillis()),
                "How long a handler may take before it is interrupted and has failed, at most a day; 0: as long as it likes.");
        key(
                BusKeys.DEAD_LETTERS,
                ConfigDef.Type.STRING,
                SUBSCRIPTION.deadLetters.name(),
                oneOf(DeadLetterPolicy.class),
                "What becomes of records that can't be decoded or handled: `TOPIC`, or `STOP` the subscription.");
        key(
                BusKeys.UNKNOWN_SCHEMA_BUDGET_MS,
                ConfigDef.Type.LONG,
                SUBSCRIPTION.unknownSchemaBudget.toMillis(),
                Range.atLeast(0),
                "How long a schema id that the registry doesn't know may be a new one.");
        key(
                BusKeys.OFFSET_RESET,
                ConfigDef.Type.STRING,
                SUBSCRIPTION.offsetReset.name(),
                oneOf(OffsetReset.class),
                "Where a group goes on whose position the log doesn't have any more: `FAIL`, `EARLIEST` or `LATEST`.");
    }

    private void retries() {
        key(
                BusKeys.RETRY_KIND,
                ConfigDef.Type.STRING,
                RetryPolicy.Kind.IN_PLACE.name(),
                oneOf(RetryPolicy.Kind.class),
                "Where a record waits whose handler threw: `IN_PLACE`, in `TOPICS`, or in one topic that can"
                        + " `KEEP_KEY_ORDER`. It can't be another kind than the code says.");
        key(
                BusKeys.RETRY_ATTEMPTS,
                ConfigDef.Type.INT,
                3,
                Range.atLeast(1),
                "How often a handler that throws is called for a record, the first time included. With `TOPICS`, the number"
                        + " of delays says it.");
        key(
                BusKeys.RETRY_BACKOFF_MS,
                ConfigDef.Type.LONG,
                200L,
                Range.atLeast(0),
                "`IN_PLACE`: the longest wait before the second attempt; it doubles for each further one, up to 10 s.");
        key(
                BusKeys.RETRY_DELAYS_MS,
                ConfigDef.Type.LIST,
                "",
                null,
                "`TOPICS`: the wait in each retry topic, such as `10000,300000`. `KEEP_KEY_ORDER`: the one before each further"
                        + " attempt.");
        key(
                BusKeys.RETRY_ACCEPT_REORDERING,
                ConfigDef.Type.BOOLEAN,
                false,
                null,
                "`TOPICS`: accepts that later records of a key overtake one that waits.");
        key(
                BusKeys.CIRCUIT_BREAKER_FAILURES,
                ConfigDef.Type.INT,
                SUBSCRIPTION.circuitFailures,
                Range.atLeast(0),
                "After how many different records that failed, and none that succeeded between, no handler is called for a"
                        + " while; 0: never.");
        key(
                BusKeys.CIRCUIT_BREAKER_PAUSE_MS,
                ConfigDef.Type.LONG,
                SUBSCRIPTION.circuitPause.toMillis(),
                Range.atLeast(0),
                "For how long then.");
    }

    private void number(String name, String meaning) {
        Validator range = Range.between(1, Short.MAX_VALUE);
        key(
                name,
                ConfigDef.Type.INT,
                null,
                (key, value) -> {
                    if (value != null) { // nothing is expected then; a range would refuse it
                        range.ensureValid(key, value);
                    }
                },
                meaning + " By default nothing is expected.");
    }

    private void check(String name) {
        key(
                name,
                ConfigDef.Type.STRING,
                "CREATE",
                oneOf(TopicCheck.class),
                "What follows if it isn't: `FAIL`, `WARN`, or nothing: with `CREATE` only created topics get it.");
    }

    private static Validator oneOf(Class<? extends Enum<?>> constants) {
        return CaseInsensitiveValidString.in(Arrays.stream(constants.getEnumConstants())
                .map(constant -> constant.name().toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
    }

    private void key(
            String name,
            ConfigDef.Type type,
            @Nullable Object byDefault,
            @Nullable Validator validator,
            String meaning) {
        definition.define(
                name, type, byDefault, validator, Importance.MEDIUM, meaning, section, order++, Width.NONE, name);
    }
}
