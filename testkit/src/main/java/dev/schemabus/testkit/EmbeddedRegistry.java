package dev.schemabus.testkit;

import dev.schemabus.server.RegistryServer;

/**
 * A schema registry in this JVM, reached over HTTP on a loopback port: the same server that runs stand-alone, with the
 * same rules. It can stop and come back, for tests of outages.
 *
 * <pre>{@code
 * try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
 *     properties.put("schema.registry.url", registry.url());
 * }
 * }</pre>
 */
public final class EmbeddedRegistry implements AutoCloseable {

    private final RegistryServer server;

    private EmbeddedRegistry(RegistryServer server) {
        this.server = server;
    }

    /** Starts an empty registry on a free port. */
    public static EmbeddedRegistry start() {
        return start(0);
    }

    /**
     * Starts an empty registry.
     *
     * @param port 1 to 65535, or 0 for any free one
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static EmbeddedRegistry start(int port) {
        return new EmbeddedRegistry(RegistryServer.start(port));
    }

    /** Where it answers, or answered before it stopped, such as {@code http://127.0.0.1:43210}. */
    public String url() {
        return server.url();
    }

    /** Begins an outage: the port is closed, what is registered is kept. Doing it twice is fine. */
    public void stop() {
        server.suspend();
    }

    /** Ends an outage: the same port, the same schemas. Without an outage it begins one and ends it. */
    public void restart() {
        server.suspend();
        server.resume();
    }

    /** Stops for good. Doing it twice is fine. */
    @Override
    public void close() {
        server.close();
    }
}
