package dev.schemabus.testkit;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.testkit.contract.SchemaRegistryContract;
import java.util.concurrent.atomic.AtomicInteger;

class MemoryRegistryContractTest extends SchemaRegistryContract {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Override
    protected RegistryConnection open() {
        return RegistryConnection.open("memory:contract-" + NUMBER.incrementAndGet());
    }
}
