package dev.schemabus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemabus.registry.CacheConfig;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.Subject;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.io.UncheckedIOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

class EmbeddedRegistryTest {

    private static final Subject SUBJECT = new Subject("orders-value");
    private static final EventSchema SCHEMA = EventSchema.of(SchemaFormat.AVRO, "\"string\"");

    @Test
    void anOutageKeepsThePortAndTheSchemas() {
        try (EmbeddedRegistry server = EmbeddedRegistry.start();
                RegistryConnection registry = RegistryConnection.open(server.url())) {
            String url = server.url();
            SchemaId id = registry.register(SUBJECT, SCHEMA).id();

            server.stop();
            assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(() -> registry.byId(id));

            server.restart();
            assertThat(server.url()).isEqualTo(url);
            assertThat(registry.byId(id)).isEqualTo(SCHEMA);
        }
    }

    @Test
    void whatIsCachedSurvivesAnOutage() {
        try (EmbeddedRegistry server = EmbeddedRegistry.start();
                RegistryConnection registry =
                        RegistryConnection.cached(RegistryConnection.open(server.url()), CacheConfig.standard())) {
            SchemaId id = registry.register(SUBJECT, SCHEMA).id();
            registry.byId(id);
            registry.latest(SUBJECT);

            server.stop();
            assertThat(registry.register(SUBJECT, SCHEMA).id()).isEqualTo(id);
            assertThat(registry.byId(id)).isEqualTo(SCHEMA);
            assertThat(registry.latest(SUBJECT).version()).isEqualTo(1);
        }
    }

    @Test
    void aTakenPortIsRefusedWithWhatToDo() {
        try (EmbeddedRegistry server = EmbeddedRegistry.start()) {
            int port = URI.create(server.url()).getPort();

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> EmbeddedRegistry.start(port))
                    .withMessageContaining("127.0.0.1:" + port)
                    .withMessageContaining("Stop what listens there, or choose another");
        }
    }
}
