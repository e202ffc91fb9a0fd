package dev.schemabus.testkit;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.testkit.contract.RegistryAdminContract;
import org.junit.jupiter.api.AfterEach;

class HttpRegistryAdminTest extends RegistryAdminContract {

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
