package dev.schemabus.testkit.contract;

import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** On any Confluent-compatible registry: {@code mvn verify -Dschemabus.test.registry=http://localhost:8081}. */
@EnabledIfSystemProperty(
        named = SerdeOnGivenRegistryTest.REGISTRY,
        matches = ".+",
        disabledReason = "to run it, add -D" + SerdeOnGivenRegistryTest.REGISTRY + "=http://localhost:8081")
@ExtendWith(SchemabusExtension.class)
class SerdeOnGivenRegistryTest extends SerdeOnRegistryContract {

    static final String REGISTRY = "schemabus.test.registry";

    private final EmbeddedKafka kafka;

    SerdeOnGivenRegistryTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Override
    protected String registryUrl() {
        return System.getProperty(REGISTRY, "");
    }

    @Override
    protected String bootstrapServers() {
        return kafka.bootstrapServers();
    }
}
