package dev.schemabus.testkit.cluster;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import dev.schemabus.testkit.contract.RegistryAdminContract;
import dev.schemabus.testkit.contract.RegistryRestContract;
import dev.schemabus.testkit.contract.SchemaRegistryContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The registry's promises, kept by a node that sends every write to another one. */
@ExtendWith(SchemabusExtension.class)
class FollowerRegistryTest {

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TwoNodes nodes;

    @BeforeAll
    static void start(EmbeddedKafka kafka) {
        nodes = TwoNodes.start(kafka, "contract-follower");
    }

    @AfterAll
    static void bothSayTheSame() throws Exception {
        try (TwoNodes closed = nodes) {
            closed.assertBothSayTheSame();
        }
    }

    @Nested
    class ForSerializers extends SchemaRegistryContract {

        @Override
        protected RegistryConnection open() {
            return RegistryConnection.open(nodes.follower());
        }
    }

    @Nested
    class ForOperators extends RegistryAdminContract {

        @Override
        protected RegistryConnection open() {
            return RegistryConnection.open(nodes.follower());
        }
    }

    @Nested
    class OverHttp extends RegistryRestContract {

        @Override
        protected String url() {
            return nodes.follower();
        }
    }
}
