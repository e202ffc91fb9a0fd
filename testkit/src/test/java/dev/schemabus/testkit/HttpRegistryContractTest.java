package dev.schemabus.testkit;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.testkit.contract.SchemaRegistryContract;
import org.junit.jupiter.api.AfterEach;

class HttpRegistryContractTest extends SchemaRegistryContract {

    private final EmbeddedRegistry server = EmbeddedRegistry.start();

    @Override
    protected RegistryConnection open() {
        return RegistryConnection.open(server.url());
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
