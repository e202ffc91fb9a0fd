package dev.schemabus.server;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where a durable registry keeps what it holds: a topic of a Kafka cluster, compacted, with one partition, in the format
 * of the reference's {@code _schemas}. All nodes of one registry name the same cluster and the same topic; one of them
 * leads and the others forward what would change anything.
 *
 * <p>Needs {@code kafka-clients} on the class path. The topic is created if there is none. Apart from the topic a node
 * uses the consumer group and the transactional id {@code schemabus-registry.<topic>}: with ACLs it needs READ and WRITE
 * on both and DESCRIBE_CONFIGS on the topic.
 *
 * @param bootstrapServers the cluster, as {@code host:port,host:port}
 * @param topic the topic, {@value #DEFAULT_TOPIC} unless there is a reason
 * @param replicationFactor how many brokers hold the topic if it is created here, 1 to 32767; fewer if there are fewer
 * @param advertisedUrl where the other nodes reach this one; empty for the URL it listens on, which is right on one
 *     machine
 * @param clientProperties properties for Kafka's clients, such as {@code security.protocol}. Those that the storage's
 *     guarantees rest on can't be changed
 */
public record KafkaStorage(
        String bootstrapServers,
        String topic,
        int replicationFactor,
        Optional<URI> advertisedUrl,
        Map<String, String> clientProperties) {

    /** The topic that the reference uses. */
    public static final String DEFAULT_TOPIC = "_schemas";

    /** As many brokers as can be had, up to this. */
    public static final int DEFAULT_REPLICATION_FACTOR = 3;

    /** @throws IllegalArgumentException if there is no server or topic, or no such replication factor can be */
    public KafkaStorage {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("The Kafka cluster has no address: give host:port,host:port");
        }
        if (topic.isBlank()) {
            throw new IllegalArgumentException("The Kafka topic has no name: " + DEFAULT_TOPIC + " is the usual one");
        }
        if (replicationFactor < 1 || replicationFactor > Short.MAX_VALUE) {
            throw new IllegalArgumentException("The topic can't be on " + replicationFactor
                    + " brokers: choose 1 or more, " + DEFAULT_REPLICATION_FACTOR + " where it counts");
        }
        clientProperties = Map.copyOf(clientProperties);
    }

    /** The usual topic on the cluster at these addresses, {@code host:port,host:port}. */
    public static KafkaStorage at(String bootstrapServers) {
        return new KafkaStorage(
                bootstrapServers, DEFAULT_TOPIC, DEFAULT_REPLICATION_FACTOR, Optional.empty(), Map.of());
    }

    public KafkaStorage withTopic(String newTopic) {
        return new KafkaStorage(bootstrapServers, newTopic, replicationFactor, advertisedUrl, clientProperties);
    }

    public KafkaStorage withReplicationFactor(int newFactor) {
        return new KafkaStorage(bootstrapServers, topic, newFactor, advertisedUrl, clientProperties);
    }

    public KafkaStorage withAdvertisedUrl(URI url) {
        return new KafkaStorage(bootstrapServers, topic, replicationFactor, Optional.of(url), clientProperties);
    }

    /** With these properties in place of all those before. */
    public KafkaStorage withClientProperties(Map<String, String> newProperties) {
        return new KafkaStorage(bootstrapServers, topic, replicationFactor, advertisedUrl, newProperties);
    }

    /**
     * Refuses a URL at which the other nodes wouldn't reach one that speaks this. A node without TLS may stand behind something
     * that has it.
     */
    void requireUrlOf(String scheme) {
        advertisedUrl
                .filter(url -> !KafkaAnnouncement.isOfANode(url)
                        || (scheme.equals("https") && !"https".equalsIgnoreCase(url.getScheme())))
                .ifPresent(url -> {
                    throw new IllegalArgumentException("The advertised URL is none at which the other nodes reach one"
                            + " that speaks " + scheme + ": write --advertised-url " + scheme + "://host:port");
                });
    }

    /** Names the properties without their values: some are passwords. */
    @Override
    public String toString() {
        return "KafkaStorage[" + topic + " at " + bootstrapServers + ", replicationFactor=" + replicationFactor
                + ", advertisedUrl=" + advertisedUrl.map(URI::toString).orElse("as listening")
                + ", clientProperties=" + clientProperties.keySet() + "]";
    }
}
