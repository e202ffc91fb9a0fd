package dev.schemabus.bus;

/** The keys that {@link EventBusBuilder#fromProperties} reads, beside Kafka's and those of the registry client. */
public final class BusKeys {

    public static final String SOURCE = "schemabus.bus.source";

    public static final String INTEGRITY_HEADER = "schemabus.bus.integrity.header";
    public static final String TRANSACTIONAL_ID = "schemabus.bus.transactional.id";
    public static final String TRANSACTIONAL_PRODUCERS = "schemabus.bus.transactional.producers";

    public static final String TOPIC_NAMING = "schemabus.topic.naming";
    public static final String TOPIC_NAMING_VERSION = "schemabus.topic.naming.version";
    public static final String TOPIC_NAMING_VISIBILITY = "schemabus.topic.naming.visibility";
    public static final String TOPIC_NAMING_ENVIRONMENT = "schemabus.topic.naming.environment";
    public static final String TOPIC_NAMING_TENANT = "schemabus.topic.naming.tenant";

    public static final String TOPICS_MISSING = "schemabus.bus.topics.missing";
    public static final String TOPICS_PARTITIONS = "schemabus.bus.topics.partitions";
    public static final String TOPICS_PARTITIONS_CHECK = "schemabus.bus.topics.partitions.check";
    public static final String TOPICS_REPLICATION_FACTOR = "schemabus.bus.topics.replication.factor";
    public static final String TOPICS_REPLICATION_FACTOR_CHECK = "schemabus.bus.topics.replication.factor.check";
    public static final String TOPICS_MIN_INSYNC_REPLICAS = "schemabus.bus.topics.min.insync.replicas";
    public static final String TOPICS_MIN_INSYNC_REPLICAS_CHECK = "schemabus.bus.topics.min.insync.replicas.check";
    public static final String TOPICS_CLEANUP_POLICY = "schemabus.bus.topics.cleanup.policy";
    public static final String TOPICS_CLEANUP_POLICY_CHECK = "schemabus.bus.topics.cleanup.policy.check";

    public static final String ORDERING = "schemabus.bus.ordering";
    public static final String CONCURRENCY = "schemabus.bus.concurrency";
    public static final String MAX_IN_FLIGHT_RECORDS = "schemabus.bus.max.in.flight.records";
    public static final String MAX_IN_FLIGHT_BYTES = "schemabus.bus.max.in.flight.bytes";
    public static final String RETRY_KIND = "schemabus.bus.retry.kind";
    public static final String RETRY_DELAYS_MS = "schemabus.bus.retry.delays.ms";
    public static final String RETRY_ACCEPT_REORDERING = "schemabus.bus.retry.accept.reordering";
    public static final String RETRY_ATTEMPTS = "schemabus.bus.retry.attempts";
    public static final String RETRY_BACKOFF_MS = "schemabus.bus.retry.backoff.ms";
    public static final String CIRCUIT_BREAKER_FAILURES = "schemabus.bus.circuit.breaker.failures";
    public static final String CIRCUIT_BREAKER_PAUSE_MS = "schemabus.bus.circuit.breaker.pause.ms";
    public static final String HANDLER_TIMEOUT_MS = "schemabus.bus.handler.timeout.ms";
    public static final String DEAD_LETTERS = "schemabus.bus.dead.letters";
    public static final String UNKNOWN_SCHEMA_BUDGET_MS = "schemabus.bus.unknown.schema.budget.ms";
    public static final String OFFSET_RESET = "schemabus.bus.offset.reset";

    /** In front of a group's name and the rest of a subscription's key: {@code schemabus.bus.group.billing.concurrency}. */
    public static final String GROUP_PREFIX = "schemabus.bus.group.";

    private BusKeys() {}
}
