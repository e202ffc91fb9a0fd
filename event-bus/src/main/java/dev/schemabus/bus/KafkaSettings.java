package dev.schemabus.bus;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Internal: the user's Kafka properties, checked once, and the properties of each client made from them.
 *
 * @param user the properties as given; null stands for none
 */
record KafkaSettings(Map<String, Object> user) {

    /** How long publishing may wait before an event is handed to the producer. */
    static final Duration MAX_BLOCK = Duration.ofSeconds(5);

    /** How long the producer tries to get an event acknowledged. */
    static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(2);

    /**
     * In bytes. Kafka's default, 16 KiB, is for records without headers: each batch costs a compressor and its buffers,
     * which with lz4 are larger than such a batch.
     */
    private static final int BATCH_SIZE = 64 * 1024;

    /** How long each step of a transaction may take: its start, its commit, its abort. */
    static final Duration TRANSACTION_WAIT = Duration.ofSeconds(30);

    /** A member that died is missed after this long. */
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    static final int DEFAULT_MAX_POLL_INTERVAL_MS = 300_000;

    /** @throws BusConfigurationException if a property contradicts what the bus promises; the message names it */
    KafkaSettings {
        user = user.entrySet().stream()
                .filter(setting -> setting.getValue() != null)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        if (text(user, CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).isBlank()) {
            throw new BusConfigurationException(
                    "bootstrap.servers is missing: give it in kafka(…), such as localhost:9092");
        }
        require(
                user,
                ProducerConfig.ACKS_CONFIG,
                Set.of("all", "-1"),
                "an acknowledged event is on all in-sync replicas");
        require(user, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, Set.of("true"), "the producer must not write twice");
        require(
                user,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                Set.of("1", "2", "3", "4", "5"),
                "beyond 5 an idempotent producer can't keep the order");
        require(
                user,
                ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
                Set.of("false"),
                "events with the same key stay in one partition");
        require(
                user,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                Set.of("false"),
                "it commits records that are not handled yet; the bus commits what is");
        require(
                user,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                Set.of("read_committed"),
                "subscriptions don't handle what a transaction wrote that was aborted");
        refuse(user, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "the bus writes bytes itself");
        refuse(user, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "the bus writes bytes itself");
        refuse(user, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "the bus reads bytes and decodes them on its lanes");
        refuse(
                user,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                "the bus reads bytes and decodes them on its lanes");
        refuse(user, ConsumerConfig.GROUP_ID_CONFIG, "each subscription names its group: subscribe(…).group(…)");
        refuse(
                user,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "the bus gives its transactional producers ids: start them with transactions(prefix, …)");
    }

    String bootstrapServers() {
        return text(user, CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }

    /** The base of all client ids, also the default source of events. */
    String clientId() {
        String given = text(user, CommonClientConfigs.CLIENT_ID_CONFIG);
        return given.isBlank() ? "schemabus" : given;
    }

    /** How long a producer may block before it takes an event. */
    Duration maxBlock() {
        Object given = user.get(ProducerConfig.MAX_BLOCK_MS_CONFIG);
        return given == null
                ? MAX_BLOCK
                : Duration.ofMillis(Long.parseLong(given.toString().strip()));
    }

    Map<String, Object> producer() {
        Map<String, Object> properties = without(ConsumerConfig.configNames(), ProducerConfig.configNames());
        properties.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        properties.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_SIZE);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return properties;
    }

    /** Those of a producer of transactions. It may wait longer, because a commit that isn't waited for is indeterminate. */
    Map<String, Object> transactionalProducer(String transactionalId) {
        Map<String, Object> properties = producer();
        if (!user.containsKey(ProducerConfig.MAX_BLOCK_MS_CONFIG)) {
            properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_WAIT.toMillis());
        }
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId);
        return properties;
    }

    /**
     * The properties of a subscription's consumer. Aborted transactions are not seen. Unless the user says otherwise: a new
     * group starts with the earliest record, and partitions move cooperatively.
     */
    Map<String, Object> consumer(String group) {
        Map<String, Object> properties = without(ProducerConfig.configNames(), ConsumerConfig.configNames());
        properties.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        if (!text(user, ConsumerConfig.GROUP_PROTOCOL_CONFIG).equalsIgnoreCase("consumer")) {
            // The newer group protocol takes both from the broker and refuses them here.
            properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
            properties.putIfAbsent(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(FollowingAssignor.class));
        }
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId() + "-" + group);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return properties;
    }

    /** The properties of a consumer that reads topics from end to end, as a member of no group. */
    Map<String, Object> reader(String name) {
        Map<String, Object> properties = consumer(name);
        properties.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return properties;
    }

    Map<String, Object> admin() {
        Set<String> others = new TreeSet<>(ProducerConfig.configNames());
        others.addAll(ConsumerConfig.configNames());
        return without(others, AdminClientConfig.configNames());
    }

    /** How long a revocation waits for running handlers: 10 s, or half of {@code max.poll.interval.ms} if less. */
    Duration revocationWait() {
        String given = text(user, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        long interval = given.isBlank() ? DEFAULT_MAX_POLL_INTERVAL_MS : Long.parseLong(given);
        return Duration.ofMillis(Math.min(10_000, interval / 2));
    }

    /** All but what only another kind of client knows: it would warn about those. */
    private Map<String, Object> without(Collection<String> others, Collection<String> own) {
        Map<String, Object> properties = new LinkedHashMap<>(user);
        properties.keySet().removeIf(key -> others.contains(key) && !own.contains(key));
        return properties;
    }

    private static void require(Map<String, Object> user, String key, Set<String> allowed, String reason) {
        String given = text(user, key).toLowerCase(Locale.ROOT);
        if (!given.isEmpty() && !allowed.contains(given)) {
            throw new BusConfigurationException(
                    key + "=" + given + " contradicts what the bus promises: " + reason + ": remove it, or set "
                            + (allowed.size() == 1 ? allowed.iterator().next() : new TreeSet<>(allowed)));
        }
    }

    private static void refuse(Map<String, Object> user, String key, String reason) {
        if (user.containsKey(key)) {
            throw new BusConfigurationException(key + " can't be set here: " + reason + ": remove it");
        }
    }

    private static String text(Map<String, Object> properties, String key) {
        return Objects.toString(properties.get(key), "").strip();
    }
}
