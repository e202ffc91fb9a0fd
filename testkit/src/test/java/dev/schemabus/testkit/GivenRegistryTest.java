package dev.schemabus.testkit;

import dev.schemabus.testkit.contract.RegistryContracts;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same promises, kept by any Confluent-compatible registry: {@code -Dschemabus.test.registry=http://…}. */
@EnabledIfSystemProperty(
        named = GivenRegistryTest.REGISTRY,
        matches = ".+",
        disabledReason = "to run it, add -D" + GivenRegistryTest.REGISTRY + "=http://localhost:8081")
class GivenRegistryTest extends RegistryContracts {

    static final String REGISTRY = "schemabus.test.registry";

    @Override
    protected String registryUrl() {
        return System.getProperty(REGISTRY, "");
    }
}
