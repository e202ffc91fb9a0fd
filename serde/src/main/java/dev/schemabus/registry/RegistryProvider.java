package dev.schemabus.registry;

import java.util.Set;

/**
 * SPI: a registry backend, found through {@link java.util.ServiceLoader} and chosen by URL scheme. What it owes its
 * callers is written as a test class, {@code dev.schemabus.testkit.contract.SchemaRegistryContract}.
 */
public interface RegistryProvider {

    /** The URL schemes it serves, in lower case, such as {@code http}. */
    Set<String> schemes();

    /** Opens a connection. Must not block on the network: an unreachable registry shows at the first call. */
    RegistryConnection connect(RegistryConfig config);
}
