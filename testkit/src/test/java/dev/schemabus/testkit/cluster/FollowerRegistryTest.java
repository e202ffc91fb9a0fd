package dev.schemabus.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.server.KafkaStorage;
import dev.schemabus.server.RegistryServer;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import dev.schemabus.testkit.contract.RegistryAdminContract;
import dev.schemabus.testkit.contract.RegistryRestContract;
import dev.schemabus.testkit.contract.SchemaRegistryContract;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The registry's promises, kept by a node that sends every write to another one. */
@ExtendWith(SchemabusExtension.class)
class FollowerRegistryTest {

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static RegistryServer leader;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static RegistryServer follower;

    @BeforeAll
    static void start(EmbeddedKafka kafka) {
        KafkaStorage storage = KafkaStorage.at(kafka.bootstrapServers())
                .withTopic("contract-two-nodes")
                .withReplicationFactor(1)
                .withClientProperties(Map.of("heartbeat.interval.ms", "200"));
        leader = RegistryServer.start(RegistryServer.DEFAULT_HOST, 0, storage);
        // A write waits for a leader, so there is one before the other node comes.
        try (RegistryConnection registry = RegistryConnection.open(leader.url())) {
            registry.register(new Subject("first"), EventSchema.of(SchemaFormat.AVRO, "\"string\""));
        }
        follower = RegistryServer.start(RegistryServer.DEFAULT_HOST, 0, storage);
    }

    @AfterAll
    static void bothSayTheSame() throws Exception {
        try (RegistryServer closedSecond = leader;
                RegistryServer closedFirst = follower) {
            assertThat(RegistryContent.of(closedSecond.url()))
                    .hasSizeGreaterThan(50)
                    .isEqualTo(RegistryContent.of(closedFirst.url()));
        }
    }

    @Nested
    class ForSerializers extends SchemaRegistryContract {

        @Override
        protected RegistryConnection open() {
            return RegistryConnection.open(follower.url());
        }
    }

    @Nested
    class ForOperators extends RegistryAdminContract {

        @Override
        protected RegistryConnection open() {
            return RegistryConnection.open(follower.url());
        }
    }

    @Nested
    class OverHttp extends RegistryRestContract {

        @Override
        protected String url() {
            return follower.url();
        }
    }
}
