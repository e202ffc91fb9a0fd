package dev.schemabus.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemabus.server.KafkaStorage;
import dev.schemabus.server.RegistryServer;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The registry's promises, kept by a node that holds everything in Kafka. */
@ExtendWith(SchemabusExtension.class)
class KafkaRegistryTest extends ClusterContracts {

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static KafkaStorage storage;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static RegistryServer server;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static String broker;

    @BeforeAll
    static void start(EmbeddedKafka kafka) {
        broker = kafka.bootstrapServers();
        storage = KafkaStorage.at(kafka.bootstrapServers())
                .withTopic("contract-one-node")
                .withReplicationFactor(1)
                .withClientProperties(Map.of("heartbeat.interval.ms", "200"));
        server = RegistryServer.start(RegistryServer.DEFAULT_HOST, 0, storage);
    }

    /** After all that the contracts have done to it: what the topic says is what the node has answered. */
    @AfterAll
    static void whoStartsOnTheTopicSaysTheSame() throws Exception {
        Map<String, JsonNode> before = RegistryContent.of(server.url());
        server.close();
        try (RegistryServer restarted = RegistryServer.start(RegistryServer.DEFAULT_HOST, 0, storage)) {
            assertThat(before).hasSizeGreaterThan(50);
            assertThat(RegistryContent.of(restarted.url())).isEqualTo(before);
        }
    }

    @Override
    protected String registryUrl() {
        return server.url();
    }

    @Override
    String bootstrapServers() {
        return broker;
    }
}
