package dev.schemabus.samples.quickstart;

import dev.schemabus.server.RegistryServer;
import dev.schemabus.testkit.EmbeddedKafka;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The broker and the registry of a tour: started here on free loopback ports, or those that the user named. */
final class Surroundings implements AutoCloseable {

    private final @Nullable EmbeddedKafka kafka;
    private final @Nullable RegistryServer server;
    private final String bootstrapServers;
    private final String registryUrl;

    private Surroundings(
            @Nullable EmbeddedKafka kafka,
            @Nullable RegistryServer server,
            String bootstrapServers,
            String registryUrl) {
        this.kafka = kafka;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
    }

    static Surroundings open(Optional<String> bootstrapServers, Optional<String> registryUrl) {
        EmbeddedKafka kafka = bootstrapServers.isPresent() ? null : EmbeddedKafka.start();
        RegistryServer server = registryUrl.isPresent() ? null : RegistryServer.start(0);
        return new Surroundings(
                kafka,
                server,
                kafka == null ? bootstrapServers.orElseThrow() : kafka.bootstrapServers(),
                server == null ? registryUrl.orElseThrow() : server.url());
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    String registryUrl() {
        return registryUrl;
    }

    String kafkaOrigin() {
        return kafka == null ? "yours" : "started in this JVM";
    }

    String registryOrigin() {
        return server == null ? "yours" : "started in this JVM";
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }
}
