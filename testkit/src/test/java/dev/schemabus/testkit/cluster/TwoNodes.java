package dev.schemabus.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.server.KafkaStorage;
import dev.schemabus.server.RegistryServer;
import dev.schemabus.testkit.EmbeddedKafka;
import java.util.Map;

/** Two nodes of one registry in this JVM: the first leads, the second sends it what writes. */
final class TwoNodes implements AutoCloseable {

    private final RegistryServer leader;
    private final RegistryServer follower;

    private TwoNodes(RegistryServer leader, RegistryServer follower) {
        this.leader = leader;
        this.follower = follower;
    }

    static TwoNodes start(EmbeddedKafka kafka, String topic) {
        KafkaStorage storage = KafkaStorage.at(kafka.bootstrapServers())
                .withTopic(topic)
                .withReplicationFactor(1)
                .withClientProperties(Map.of("heartbeat.interval.ms", "200"));
        RegistryServer leader = RegistryServer.start(RegistryServer.DEFAULT_HOST, 0, storage);
        // A write waits for a leader, so there is one before the other node comes.
        try (RegistryConnection registry = RegistryConnection.open(leader.url())) {
            registry.register(new Subject("first"), EventSchema.of(SchemaFormat.AVRO, "\"string\""));
        }
        return new TwoNodes(leader, RegistryServer.start(RegistryServer.DEFAULT_HOST, 0, storage));
    }

    String leader() {
        return leader.url();
    }

    String follower() {
        return follower.url();
    }

    /** Both have a lot to say, and it is the same. */
    void assertBothSayTheSame() throws Exception {
        assertThat(RegistryContent.of(leader())).hasSizeGreaterThan(50).isEqualTo(RegistryContent.of(follower()));
    }

    @Override
    public void close() {
        try (RegistryServer closedSecond = leader) {
            assertThat(closedSecond).isNotNull();
            follower.close();
        }
    }
}
