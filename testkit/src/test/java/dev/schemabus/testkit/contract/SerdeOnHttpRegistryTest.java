package dev.schemabus.testkit.contract;

import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.testkit.SchemabusExtension;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
class SerdeOnHttpRegistryTest extends SerdeOnRegistryContract {

    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;

    SerdeOnHttpRegistryTest(EmbeddedKafka kafka, EmbeddedRegistry registry) {
        this.kafka = kafka;
        this.registry = registry;
    }

    @Override
    protected String registryUrl() {
        return registry.url();
    }

    @Override
    protected String bootstrapServers() {
        return kafka.bootstrapServers();
    }
}
