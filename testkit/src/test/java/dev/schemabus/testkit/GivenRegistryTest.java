package dev.schemabus.testkit;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.testkit.contract.RegistryAdminContract;
import dev.schemabus.testkit.contract.RegistryRestContract;
import dev.schemabus.testkit.contract.SchemaRegistryContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same promises, kept by any Confluent-compatible registry: {@code -Dschemabus.test.registry=http://…}. */
@EnabledIfSystemProperty(
        named = GivenRegistryTest.REGISTRY,
        matches = ".+",
        disabledReason = "to run it, add -D" + GivenRegistryTest.REGISTRY + "=http://localhost:8081")
class GivenRegistryTest {

    static final String REGISTRY = "schemabus.test.registry";

    private static String given() {
        return System.getProperty(REGISTRY, "");
    }

    @Nested
    class ForSerializers extends SchemaRegistryContract {

        @Override
        protected RegistryConnection open() {
            return RegistryConnection.open(given());
        }
    }

    @Nested
    class ForOperators extends RegistryAdminContract {

        @Override
        protected RegistryConnection open() {
            return RegistryConnection.open(given());
        }
    }

    @Nested
    class OverHttp extends RegistryRestContract {

        @Override
        protected String url() {
            return given();
        }
    }
}
