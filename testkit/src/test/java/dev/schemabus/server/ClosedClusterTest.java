package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.Credentials;
import dev.schemabus.registry.RegistryAccessException;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.RegistrySecurity;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.TlsConfig;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that speak TLS and know users: who may not write can't do it by way of the node that doesn't lead. */
@ExtendWith(SchemabusExtension.class)
class ClosedClusterTest {

    private static final EventSchema SCHEMA = EventSchema.of(SchemaFormat.AVRO, "\"string\"");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ServerSecurity.Store keys;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TlsConfig trusting;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static RegistryServer leader;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static RegistryServer follower;

    @BeforeAll
    static void start(EmbeddedKafka kafka) throws Exception {
        Path users = directory.resolve("users");
        Files.write(
                users,
                List.of(
                        UserCommand.line("rita", "read", "rita-s3cret"),
                        UserCommand.line("will", "write", "will-s3cret")));
        keys = new ServerSecurity.Store(TestStores.keyStore(directory, "nodes"), TestStores.PASSWORD);
        trusting = TlsConfig.standard()
                .withTrusted(TestStores.file(TestStores.trustStore(directory, "trusted", keys.file())));
        ServerSecurity security = ServerSecurity.none().withUsers(users).withKeyStore(keys);
        KafkaStorage storage = KafkaStorage.at(kafka.bootstrapServers())
                .withTopic("closed-cluster")
                .withReplicationFactor(1)
                .withClientProperties(Map.of("heartbeat.interval.ms", "200"));
        leader = RegistryServer.start(RegistryServer.DEFAULT_HOST, 0, security, storage);
        // A write waits for a leader, so there is one before the other node comes.
        try (RegistryConnection will = as("will", leader)) {
            will.register(new Subject("first"), SCHEMA);
        }
        follower = RegistryServer.start(RegistryServer.DEFAULT_HOST, 0, security, storage);
    }

    private static RegistryConnection as(String user, RegistryServer server) {
        return RegistryConnection.open(RegistryConfig.of(server.url())
                .withSecurity(RegistrySecurity.none()
                        .withTls(trusting)
                        .withCredentials(new Credentials.Basic(user + ":" + user + "-s3cret"))));
    }

    @AfterAll
    static void stop() {
        follower.close();
        leader.close();
    }

    @Test
    void aWriteIsSentOnWithWhoeverMakesIt() {
        Subject subject = new Subject("sent-on");
        try (RegistryConnection will = as("will", follower);
                RegistryConnection rita = as("rita", leader)) {
            assertThat(follower.url()).startsWith("https:").isNotEqualTo(leader.url());
            int id = will.register(subject, SCHEMA).id().value();

            assertThat(rita.lookup(subject, SCHEMA).id().value()).isEqualTo(id);
        }
    }

    @Test
    void whoMayNotWriteMayNotDoItThroughTheFollower() {
        try (RegistryConnection rita = as("rita", follower);
                RegistryConnection nobody = as("nobody", follower)) {
            assertThatThrownBy(() -> rita.register(new Subject("not-ritas"), SCHEMA))
                    .isInstanceOf(RegistryAccessException.class)
                    .hasMessageContaining("User 'rita' has the role read");
            assertThatThrownBy(() -> nobody.register(new Subject("nobodys"), SCHEMA))
                    .isInstanceOf(RegistryAccessException.class)
                    .hasMessageContaining("(code 401)");
            assertThat(rita.subjects()).doesNotContain(new Subject("not-ritas"), new Subject("nobodys"));
        }
    }

    /** To look like another node opens no door. */
    @Test
    void theLeaderAsksAgainWhoItIs() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(
                        ServerSecurity.none().withKeyStore(keys).toOtherNodes().orElseThrow())
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(leader.url() + "/subjects/forged/versions"))
                .header(ForwardHandler.FORWARDED, "1")
                .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":\"\\\"string\\\"\"}"))
                .build();

        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }
}
