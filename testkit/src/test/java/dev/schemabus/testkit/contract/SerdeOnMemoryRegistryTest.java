package dev.schemabus.testkit.contract;

import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SchemabusExtension.class)
class SerdeOnMemoryRegistryTest extends SerdeOnRegistryContract {

    private final EmbeddedKafka kafka;

    SerdeOnMemoryRegistryTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Override
    protected String registryUrl() {
        return "memory:serde-contract";
    }

    @Override
    protected String bootstrapServers() {
        return kafka.bootstrapServers();
    }
}
