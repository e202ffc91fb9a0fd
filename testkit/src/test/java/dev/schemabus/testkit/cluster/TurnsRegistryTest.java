package dev.schemabus.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The registry's promises, kept by two nodes that are asked in turns. A node shows what another was asked to write a
 * moment later; the {@link Turns} wait for it, and everything else is as it is with one node.
 */
@ExtendWith(SchemabusExtension.class)
class TurnsRegistryTest extends ClusterContracts {

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TwoNodes nodes;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Turns turns;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static String broker;

    @BeforeAll
    static void start(EmbeddedKafka kafka) {
        broker = kafka.bootstrapServers();
        nodes = TwoNodes.start(kafka, "contract-turns");
        turns = new Turns(nodes.leader(), nodes.follower());
    }

    @AfterAll
    static void bothSayTheSame() throws Exception {
        try (TwoNodes closedSecond = nodes;
                Turns closedFirst = turns) {
            assertThat(closedFirst.leastAnswers()).isGreaterThan(100);
            closedSecond.assertBothSayTheSame();
        }
    }

    @Override
    protected String registryUrl() {
        return turns.url();
    }

    @Override
    String bootstrapServers() {
        return broker;
    }
}
