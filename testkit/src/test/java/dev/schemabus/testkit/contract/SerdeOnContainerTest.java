package dev.schemabus.testkit.contract;

import dev.schemabus.server.RegistryServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** On the broker as it is shipped, in a container. Runs where there is Docker. */
@Testcontainers(disabledWithoutDocker = true)
class SerdeOnContainerTest extends SerdeOnRegistryContract {

    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.1.0");

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static RegistryServer registry;

    @BeforeAll
    static void startRegistry() {
        registry = RegistryServer.start(0);
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    @Override
    protected String registryUrl() {
        return registry.url();
    }

    @Override
    protected String bootstrapServers() {
        return KAFKA.getBootstrapServers();
    }
}
