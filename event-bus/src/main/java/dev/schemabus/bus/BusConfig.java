package dev.schemabus.bus;

import dev.schemabus.registry.CacheConfig;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.serde.SerdeConfig;
import dev.schemabus.serde.SerdeKeys;
import dev.schemabus.serde.UnknownKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Internal: the settings of a bus, read once from a property map. */
final class BusConfig {

    private static final ConfigDef DEFINITION = BusDefinition.make();

    /** Of the serdes' keys, those that mean something to a bus, beside all about reaching the registry. */
    private static final Set<String> SHARED_KEYS = Set.of(SerdeKeys.FORMAT, SerdeKeys.VALUE_SUBJECT_NAME_STRATEGY);

    private static final String REGISTRY_SECTION = "The registry";

    private final Map<String, Object> kafka = new LinkedHashMap<>();
    private final Map<String, Object> serde = new HashMap<>();
    private final Map<String, Object> own = new HashMap<>();
    private final Map<String, Map<String, Object>> byGroup = new HashMap<>();
    private final AbstractConfig config;
    private final SerdeConfig registry;

    /** @throws BusConfigurationException if a value is wrong, or a key is unknown or without effect on a bus */
    BusConfig(Map<String, ?> properties) {
        properties.forEach((key, value) -> {
            if (value != null) {
                sort(key, value);
            }
        });
        own.keySet().stream()
                .filter(key -> !DEFINITION.names().contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new BusConfigurationException(UnknownKeys.message(key, DEFINITION.names()));
                });
        try {
            config = new AbstractConfig(DEFINITION, own, false);
            Map<String, Object> withUrl = new HashMap<>(serde);
            withUrl.putIfAbsent(SerdeKeys.SCHEMA_REGISTRY_URL, "memory:given-in-code");
            registry = new SerdeConfig(withUrl, false);
            applyTo(SubscriptionSettings.builder());
            // What they mean depends on what the code says of the group, which is known when it starts.
            byGroup.forEach((group, given) ->
                    ConfiguredRetry.checkValues(given, new AbstractConfig(DEFINITION, given, false), group));
        } catch (ConfigException e) {
            throw new BusConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    private void sort(String key, Object value) {
        if (key.startsWith(BusKeys.GROUP_PREFIX)) {
            sortByGroup(key, value);
        } else if (key.startsWith("schemabus.bus.") || key.startsWith("schemabus.topic.")) {
            own.put(key, value);
        } else if (key.startsWith(SerdeKeys.REQUEST_HEADER_PREFIX) || isShared(key)) {
            serde.put(key, value);
        } else if (SerdeConfig.definition().names().contains(key)) {
            throw new BusConfigurationException(
                    key + " is a setting of serializers and deserializers and without effect on a bus: remove it");
        } else if (key.startsWith("schemabus.") && !key.startsWith("schemabus.bootstrap.")) {
            throw new BusConfigurationException(UnknownKeys.message(key, allNames()));
        } else {
            kafka.put(key, value);
        }
    }

    /** A group's name may have dots: the key is the longest ending that there is. */
    private void sortByGroup(String key, Object value) {
        Map<String, ConfigDef.ConfigKey> keys = DEFINITION.configKeys();
        Optional<String> name = keys.values().stream()
                .filter(known -> known.group.equals(BusDefinition.SUBSCRIPTIONS))
                .map(known -> known.name)
                .filter(known -> key.endsWith(known.substring("schemabus.bus".length())))
                .max((a, b) -> Integer.compare(a.length(), b.length()));
        String ending = name.orElseThrow(() -> new BusConfigurationException(key
                        + " is no setting of a group: it is " + BusKeys.GROUP_PREFIX
                        + "<group>.<setting>, such as " + BusKeys.GROUP_PREFIX + "billing.concurrency=64"))
                .substring("schemabus.bus".length());
        String group = key.substring(
                BusKeys.GROUP_PREFIX.length(), Math.max(BusKeys.GROUP_PREFIX.length(), key.length() - ending.length()));
        if (group.isEmpty()) {
            throw new BusConfigurationException(
                    key + " names no group: it is " + BusKeys.GROUP_PREFIX + "<group>" + ending);
        }
        byGroup.computeIfAbsent(group, g -> new HashMap<>()).put(name.get(), value);
    }

    private static boolean isShared(String key) {
        ConfigDef.ConfigKey known = SerdeConfig.definition().configKeys().get(key);
        return known != null && (SHARED_KEYS.contains(key) || known.group.equals(REGISTRY_SECTION));
    }

    private static Set<String> allNames() {
        Set<String> names = new TreeSet<>(DEFINITION.names());
        SerdeConfig.definition().names().stream().filter(BusConfig::isShared).forEach(names::add);
        return names;
    }

    /** All that is neither ours nor the registry client's. */
    Map<String, Object> kafka() {
        return kafka;
    }

    /** Empty if no URL was given: then the connection is. */
    Optional<RegistryConfig> registry() {
        return serde.containsKey(SerdeKeys.SCHEMA_REGISTRY_URL) ? Optional.of(registry.registry()) : Optional.empty();
    }

    CacheConfig caches() {
        return registry.caches();
    }

    SchemaFormat format() {
        return registry.format();
    }

    /** A bus has several types in a topic, so its default differs from the serializers'. */
    SubjectNaming subjects() {
        return serde.containsKey(SerdeKeys.VALUE_SUBJECT_NAME_STRATEGY)
                ? registry.naming()
                : SubjectNaming.TOPIC_RECORD;
    }

    boolean integrityHeader() {
        return config.getBoolean(BusKeys.INTEGRITY_HEADER);
    }

    Optional<String> transactionalId() {
        return text(BusKeys.TRANSACTIONAL_ID);
    }

    int transactionalProducers() {
        return config.getInt(BusKeys.TRANSACTIONAL_PRODUCERS);
    }

    Optional<String> source() {
        return text(BusKeys.SOURCE);
    }

    TopicNaming naming() {
        return ConfiguredNaming.of(config, own.keySet());
    }

    TopicChecks checks() {
        TopicChecks checks = TopicChecks.standard().missing(check(BusKeys.TOPICS_MISSING));
        Integer partitions = config.getInt(BusKeys.TOPICS_PARTITIONS);
        if (partitions != null) {
            checks = checks.partitions(partitions, check(BusKeys.TOPICS_PARTITIONS_CHECK));
        }
        Integer replicas = config.getInt(BusKeys.TOPICS_REPLICATION_FACTOR);
        if (replicas != null) {
            checks = checks.replicationFactor(replicas, check(BusKeys.TOPICS_REPLICATION_FACTOR_CHECK));
        }
        Integer inSync = config.getInt(BusKeys.TOPICS_MIN_INSYNC_REPLICAS);
        if (inSync != null) {
            checks = checks.minInSyncReplicas(inSync, check(BusKeys.TOPICS_MIN_INSYNC_REPLICAS_CHECK));
        }
        Optional<String> policy = text(BusKeys.TOPICS_CLEANUP_POLICY);
        if (policy.isPresent()) {
            checks = checks.cleanupPolicy(policy.get(), check(BusKeys.TOPICS_CLEANUP_POLICY_CHECK));
        }
        return checks;
    }

    /** Sets what is said for all subscriptions. */
    void applyTo(SubscriptionSettings.Builder settings) {
        apply(own, settings);
        settings.retryForAll = settings.retry != null && !settings.retryInCode;
    }

    /** Sets what is said for one group. */
    void applyTo(SubscriptionSettings.Builder settings, String group) {
        apply(byGroup.getOrDefault(group, Map.of()), settings);
    }

    /** Only what was given: what wasn't stays as it is. */
    private static void apply(Map<String, Object> given, SubscriptionSettings.Builder settings) {
        AbstractConfig config = new AbstractConfig(DEFINITION, given, false);
        if (given.containsKey(BusKeys.ORDERING)) {
            settings.ordering = constant(Ordering.class, config, BusKeys.ORDERING);
        }
        if (given.containsKey(BusKeys.CONCURRENCY)) {
            settings.concurrency = config.getInt(BusKeys.CONCURRENCY);
        }
        if (given.containsKey(BusKeys.MAX_IN_FLIGHT_RECORDS)) {
            settings.maxRecords = config.getInt(BusKeys.MAX_IN_FLIGHT_RECORDS);
        }
        if (given.containsKey(BusKeys.MAX_IN_FLIGHT_BYTES)) {
            settings.maxBytes = config.getLong(BusKeys.MAX_IN_FLIGHT_BYTES);
        }
        ConfiguredRetry.apply(given, config, settings);
        if (given.containsKey(BusKeys.CIRCUIT_BREAKER_FAILURES)) {
            settings.circuitFailures = config.getInt(BusKeys.CIRCUIT_BREAKER_FAILURES);
        }
        if (given.containsKey(BusKeys.CIRCUIT_BREAKER_PAUSE_MS)) {
            settings.circuitPause = Duration.ofMillis(config.getLong(BusKeys.CIRCUIT_BREAKER_PAUSE_MS));
        }
        if (given.containsKey(BusKeys.HANDLER_TIMEOUT_MS)) {
            settings.handlerTimeout = Duration.ofMillis(config.getLong(BusKeys.HANDLER_TIMEOUT_MS));
        }
        if (given.containsKey(BusKeys.DEAD_LETTERS)) {
            settings.deadLetters = constant(DeadLetterPolicy.class, config, BusKeys.DEAD_LETTERS);
        }
        if (given.containsKey(BusKeys.UNKNOWN_SCHEMA_BUDGET_MS)) {
            settings.unknownSchemaBudget = Duration.ofMillis(config.getLong(BusKeys.UNKNOWN_SCHEMA_BUDGET_MS));
        }
        if (given.containsKey(BusKeys.OFFSET_RESET)) {
            settings.offsetReset = constant(OffsetReset.class, config, BusKeys.OFFSET_RESET);
        }
    }

    private TopicCheck check(String key) {
        return constant(TopicCheck.class, config, key);
    }

    private Optional<String> text(String key) {
        return Optional.of(Objects.requireNonNullElse(config.getString(key), ""))
                .filter(text -> !text.isBlank());
    }

    static <E extends Enum<E>> E constant(Class<E> type, AbstractConfig config, String key) {
        return Enum.valueOf(type, config.getString(key).toUpperCase(Locale.ROOT));
    }

    /** The keys of the bus, for documentation. */
    static List<ConfigDef.ConfigKey> keys() {
        return DEFINITION.configKeys().values().stream()
                .sorted((a, b) -> Integer.compare(a.orderInGroup, b.orderInGroup))
                .toList();
    }
}
