package dev.schemabus.testkit;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.testkit.contract.RegistryAdminContract;
import java.util.concurrent.atomic.AtomicInteger;

class MemoryRegistryAdminTest extends RegistryAdminContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Override
    protected RegistryConnection open() {
        return RegistryConnection.open("memory:admin-" + NUMBER.incrementAndGet());
    }
}
