package dev.schemabus.testkit.cluster;

import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import dev.schemabus.testkit.contract.RegistryContracts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The registry's promises, kept by a node that sends every write to another one. */
@ExtendWith(SchemabusExtension.class)
class FollowerRegistryTest extends RegistryContracts {

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

    @Override
    protected String registryUrl() {
        return nodes.follower();
    }
}
