package dev.schemabus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** However many serdes a JVM has, there is one client per configuration. */
class SharedConnectionsTest {

    private static final String ANSWER = "{\"schema\":\"\\\"string\\\"\"}";
    private static final CacheConfig CACHES = CacheConfig.standard();

    private static List<String> opened(String url) {
        return RegistryHealth.ofShared().stream()
                .map(RegistryHealth::registry)
                .filter(url::equals)
                .toList();
    }

    @Test
    void whoConfiguresAlikeSharesOneCache() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, ANSWER);
                RegistryConnection one = RegistryConnection.shared(RegistryConfig.of(server.url()), CACHES);
                RegistryConnection two = RegistryConnection.shared(RegistryConfig.of(server.url()), CACHES)) {
            one.byId(new SchemaId(7));
            two.byId(new SchemaId(7));

            assertThat(server.requests()).hasSize(1);
            assertThat(one.metrics()).isEqualTo(two.metrics());
            assertThat(opened(server.url())).hasSize(1);
        }
    }

    @Test
    void anotherConfigurationIsAnotherClient() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, ANSWER);
                RegistryConnection one = RegistryConnection.shared(RegistryConfig.of(server.url()), CACHES);
                RegistryConnection two = RegistryConnection.shared(
                        RegistryConfig.of(server.url()).withBasicCredentials("ann:s3cret"), CACHES)) {
            one.byId(new SchemaId(7));
            two.byId(new SchemaId(7));

            assertThat(server.requests()).hasSize(2);
            assertThat(server.authorizations()).hasSize(1);
            assertThat(opened(server.url())).hasSize(2);
        }
    }

    @Test
    void itIsClosedWithTheLast() {
        try (ScriptedServer server = ScriptedServer.answering(200, ScriptedServer.JSON, ANSWER)) {
            RegistryConfig config = RegistryConfig.of(server.url());
            RegistryConnection one = RegistryConnection.shared(config, CACHES);
            RegistryConnection two = RegistryConnection.shared(config, CACHES);
            one.byId(new SchemaId(7));

            one.close();
            one.close();
            assertThat(opened(server.url())).hasSize(1);
            two.byId(new SchemaId(7));
            assertThat(server.requests()).hasSize(1);

            two.close();
            assertThat(opened(server.url())).isEmpty();

            // Who comes later starts anew.
            try (RegistryConnection three = RegistryConnection.shared(config, CACHES)) {
                three.byId(new SchemaId(7));
            }
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void whatCannotBeOpenedIsNotShared() {
        assertThatThrownBy(() -> RegistryConnection.shared(RegistryConfig.of("ftp://nowhere"), CACHES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(opened("ftp://nowhere")).isEmpty();
    }
}
