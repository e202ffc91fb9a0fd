package dev.schemabus.server;

import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.RegistryProvider;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Registries in this JVM, by name: {@code memory:orders} and {@code mock://orders} reach the same one, from anywhere in
 * the process. A registry begins empty when its name is first used and ends with the JVM. Its rules are those of
 * {@link RegistryServer}; only the network is left out.
 */
public final class MemoryRegistryProvider implements RegistryProvider {

    /** One per class loader, as a mock scope of the reference is. */
    private static final Map<String, SubjectStore> STORES = new ConcurrentHashMap<>();

    /** For {@link java.util.ServiceLoader}. */
    public MemoryRegistryProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("memory", "mock");
    }

    @Override
    public RegistryConnection connect(RegistryConfig config) {
        String name = name(config.urls().get(0));
        SubjectStore store = STORES.computeIfAbsent(name, n -> SubjectStore.inMemory());
        return RegistryConnection.over("memory:" + name, new LocalEndpoint(store), config.normalize());
    }

    private static String name(URI url) {
        String name = url.getSchemeSpecificPart().replaceAll("^/+|/+$", "");
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "Registry URL '" + url + "' has no name: write for instance " + url.getScheme() + "://test");
        }
        return name;
    }
}
