package dev.schemabus.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka clients of one node, each with the operator's properties and those that can't be left to anybody. */
final class KafkaClients {

    /** What the storage's guarantees rest on, or what follows from the topic. */
    private static final Set<String> FIXED = Set.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.CLIENT_ID_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

    private static final Map<String, Object> PRODUCER_DEFAULTS = Map.of(
            ProducerConfig.LINGER_MS_CONFIG, 0,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000,
            // The topic's own limit decides.
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 << 20);

    private static final Map<String, Object> ELECTION_DEFAULTS = Map.of(
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);

    /** Of an instance id, which has at most 249 characters. */
    private static final int MOST_READABLE = 200;

    private final KafkaStorage storage;
    private final String node;

    /**
     * @param node what tells this process from the others
     * @throws IllegalArgumentException for a property that no client knows, or that isn't the operator's to set
     */
    KafkaClients(KafkaStorage storage, String node) {
        this.storage = storage;
        this.node = node;
        Set<String> known = new TreeSet<>(ProducerConfig.configNames());
        known.addAll(ConsumerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        for (String name : storage.clientProperties().keySet()) {
            if (FIXED.contains(name)) {
                throw new IllegalArgumentException("The Kafka property " + name
                        + " can't be set: the registry's guarantees rest on its own value. Leave it out");
            }
            if (!known.contains(name)) {
                throw new IllegalArgumentException("No Kafka client knows a property " + name
                        + ": look its name up in Kafka's documentation of producer and consumer settings");
            }
        }
    }

    /** What the nodes of one registry share: their consumer group, and the name under which the leader writes. */
    String sharedName() {
        return "schemabus-registry." + storage.topic();
    }

    Admin admin() {
        Map<String, Object> properties = properties("admin", Map.of(), AdminClientConfig.configNames());
        return made("admin client", () -> Admin.create(properties));
    }

    /** Reads what is committed, from wherever it is told to, and joins no group. */
    Consumer<byte[], byte[]> reader() {
        Map<String, Object> properties = properties("reader", Map.of(), ConsumerConfig.configNames());
        forBytes(properties);
        return made("consumer", () -> new KafkaConsumer<>(properties));
    }

    /**
     * A member of the nodes' group. Its leader keeps its office when another node joins. A node that was killed and comes
     * back takes its own former place, since it has the same URL: nobody waits for a session to end.
     *
     * @param url where the other nodes reach this one
     */
    Consumer<byte[], byte[]> member(URI url) {
        Map<String, Object> properties = properties("election", ELECTION_DEFAULTS, ConsumerConfig.configNames());
        forBytes(properties);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, sharedName());
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId(url));
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return made("consumer", () -> new KafkaConsumer<>(properties));
    }

    /** Readable, of characters that Kafka takes, and another for each URL. */
    private static String instanceId(URI url) {
        String readable = url.toString().replaceAll("[^a-zA-Z0-9.]+", "-");
        return readable.substring(0, Math.min(readable.length(), MOST_READABLE)) + "-"
                + UUID.nameUUIDFromBytes(url.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** One of its name at a time: the newest fences those before. */
    Producer<byte[], byte[]> writer() {
        Map<String, Object> properties = properties("writer", PRODUCER_DEFAULTS, ProducerConfig.configNames());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, sharedName());
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        return made("producer", () -> new KafkaProducer<>(properties));
    }

    private static void forBytes(Map<String, Object> properties) {
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT));
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    }

    private Map<String, Object> properties(String role, Map<String, Object> defaults, Set<String> known) {
        Map<String, Object> properties = new HashMap<>(defaults);
        // Several nodes in one JVM would quarrel about the names of their JMX beans.
        properties.put(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        storage.clientProperties().forEach((name, value) -> {
            if (known.contains(name)) {
                properties.put(name, value);
            }
        });
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, storage.bootstrapServers());
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "schemabus-registry-" + role + "-" + node);
        return properties;
    }

    private interface Construction<C> {
        C get();
    }

    private static <C> C made(String what, Construction<C> construction) {
        try {
            return construction.get();
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "The Kafka " + what + " can't start with these properties: " + reason.getMessage(), e);
        }
    }
}
