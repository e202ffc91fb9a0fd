package dev.schemabus.testkit;

import dev.schemabus.testkit.contract.RegistryRestContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The server's answers, on the wire. */
class HttpRegistryRestTest extends RegistryRestContract {

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static EmbeddedRegistry server;

    @BeforeAll
    static void start() {
        server = EmbeddedRegistry.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected String url() {
        return server.url();
    }
}
