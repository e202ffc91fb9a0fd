package dev.schemabus.testkit.contract;

import dev.schemabus.server.RegistryServer;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
class SerdeOnHttpRegistryTest extends SerdeOnRegistryContract {

    private static final RegistryServer REGISTRY = RegistryServer.start(0);

    private final EmbeddedKafka kafka;

    SerdeOnHttpRegistryTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @AfterAll
    static void stopRegistry() {
        REGISTRY.close();
    }

    @Override
    protected String registryUrl() {
        return REGISTRY.url();
    }

    @Override
    protected String bootstrapServers() {
        return kafka.bootstrapServers();
    }
}
