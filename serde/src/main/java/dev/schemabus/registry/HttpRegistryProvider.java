package dev.schemabus.registry;

import java.util.Set;

/** Reaches any Confluent-compatible registry over HTTP. */
public final class HttpRegistryProvider implements RegistryProvider {

    /** For {@link java.util.ServiceLoader}. */
    public HttpRegistryProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("http", "https");
    }

    @Override
    public RegistryConnection connect(RegistryConfig config) {
        return new HttpRegistry(new HttpCalls(config), config.normalize());
    }
}
