package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.Credentials;
import dev.schemabus.registry.RegistryAccessException;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.RegistrySecurity;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.TlsConfig;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A registry that isn't for everybody. */
class ServerSecurityTest {

    private static final Subject SUBJECT = new Subject("orders-value");
    private static final EventSchema SCHEMA = EventSchema.of(SchemaFormat.AVRO, "\"string\"");
    private static final String PASSWORD = TestStores.PASSWORD;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private Path users() throws IOException {
        Path file = directory.resolve("users");
        Files.write(
                file,
                List.of(
                        "# who may use it",
                        UserCommand.line("rita", "read", "rita-s3cret"),
                        "",
                        UserCommand.line("will", "write", "will:s3cret"),
                        UserCommand.line("ada", "admin", "ädä")));
        return file;
    }

    private static RegistryConnection as(String userAndPassword, RegistryServer server) {
        return RegistryConnection.open(RegistryConfig.of(server.url()).withBasicCredentials(userAndPassword));
    }

    private static int status(RegistryServer server, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url() + path)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void usersMayDoWhatTheirRoleSays() throws IOException {
        ServerSecurity security = ServerSecurity.none().withUsers(users());
        try (RegistryServer server = RegistryServer.start(RegistryServer.DEFAULT_HOST, 0, security);
                RegistryConnection rita = as("rita:rita-s3cret", server);
                RegistryConnection will = as("will:will:s3cret", server);
                RegistryConnection ada = as("ada:ädä", server)) {
            assertThatThrownBy(() -> rita.register(SUBJECT, SCHEMA))
                    .isInstanceOf(RegistryAccessException.class)
                    .hasMessageContaining("User 'rita' has the role read, and POST needs write there (code 403)");
            will.register(SUBJECT, SCHEMA);
            assertThat(rita.lookup(SUBJECT, SCHEMA).version()).isEqualTo(1);
            assertThat(rita.incompatibilities(SUBJECT, SCHEMA)).isEmpty();
            assertThatThrownBy(() -> will.setCompatibility(CompatibilityLevel.NONE))
                    .isInstanceOf(RegistryAccessException.class)
                    .hasMessageContaining("PUT needs admin there");
            ada.setCompatibility(CompatibilityLevel.NONE);
            assertThat(will.compatibility()).isEqualTo(CompatibilityLevel.NONE);
        }
    }

    @Test
    void nobodyElseMayDoAnything() throws Exception {
        ServerSecurity security = ServerSecurity.none().withUsers(users());
        try (RegistryServer server = RegistryServer.start(RegistryServer.DEFAULT_HOST, 0, security)) {
            for (String wrong : List.of("rita:wrong", "rita:", "nobody:rita-s3cret", "RITA:rita-s3cret", ":")) {
                try (RegistryConnection registry = as(wrong, server)) {
                    assertThatThrownBy(registry::subjects)
                            .isInstanceOf(RegistryAccessException.class)
                            .hasMessageContaining("The user or the password is wrong (code 401)");
                }
            }
            try (RegistryConnection registry = RegistryConnection.open(server.url())) {
                assertThatThrownBy(registry::subjects)
                        .isInstanceOf(RegistryAccessException.class)
                        .hasMessageContaining("This registry wants a user and a password (code 401). It wants"
                                + " credentials: set basic.auth.user.info=user:password");
            }
            assertThat(status(server, "/subjects")).isEqualTo(401);
            assertThat(status(server, "/%73ubjects")).isEqualTo(401);
            assertThat(status(server, "/health/../subjects")).isEqualTo(401);
            assertThat(status(server, "/metrics")).isEqualTo(401);
            assertThat(status(server, "/health/live")).isEqualTo(200);
        }
    }

    @Test
    void aPasswordThatWasRightOrWrongIsNotHashedAgain() throws IOException {
        Users users = Users.read(users());
        Users.Login right = new Users.Login("rita", "rita-s3cret");

        assertThat(users.known(right)).isEmpty();
        assertThat(users.checked(right)).contains(new Users.User("rita", Role.READ));
        assertThat(users.known(right)).contains(new Users.User("rita", Role.READ));
        assertThat(users.known(new Users.Login("rita", "wrong"))).isEmpty();
        assertThat(users.checked(new Users.Login("rita", "wrong"))).isEmpty();
        assertThat(users.wasWrong(new Users.Login("rita", "wrong"))).isTrue();
        assertThat(users.wasWrong(new Users.Login("will", "wrong"))).isFalse();
        assertThat(users.wasWrong(right)).isFalse();
        assertThat(right.toString()).doesNotContain("s3cret");
    }

    @Test
    void theSamePasswordIsNeverHashedAlike() {
        String one = UserCommand.line("rita", "read", "s3cret");

        assertThat(one).startsWith("rita:read:pbkdf2-sha512$210000$").doesNotContain("s3cret");
        assertThat(UserCommand.line("rita", "read", "s3cret")).isNotEqualTo(one);
    }

    @Test
    void aLineThatIsNoneIsNamed() throws IOException {
        String good = UserCommand.line("rita", "read", "s3cret");
        Path file = directory.resolve("users");
        for (List<String> bad : List.of(
                List.of("rita", "write name:role:hash, as the command 'user' makes it"),
                List.of("rita:read:s3cret", "the hash is none that the command 'user' makes"),
                List.of("rita:root:" + good.substring(10), "'root' is no role: use read, write or admin"))) {
            Files.write(file, List.of("# comment", bad.get(0)));
            assertThatThrownBy(() -> Users.read(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(file + ", line 2: " + bad.get(1));
        }
        Files.write(file, List.of(good, good));
        assertThatThrownBy(() -> Users.read(file)).hasMessage(file + ", line 2: 'rita' is there twice");
        Files.write(file, List.of(""));
        assertThatThrownBy(() -> Users.read(file)).hasMessageContaining("has none: add lines");
        assertThatThrownBy(() -> Users.read(directory.resolve("missing"))).hasMessageContaining("can't be read");
        assertThatThrownBy(() -> UserCommand.line("a:b", "read", "s3cret")).hasMessageContaining("no colon");
        assertThatThrownBy(() -> UserCommand.line("a", "read", "")).hasMessageContaining("There is no password");
    }

    @Test
    void aServerWithAKeyStoreSpeaksTlsAndMayWantClientCertificates() throws Exception {
        Path own = TestStores.keyStore(directory, "server");
        Path client = TestStores.keyStore(directory, "client");
        ServerSecurity security = ServerSecurity.none().withKeyStore(new ServerSecurity.Store(own, PASSWORD));
        TlsConfig trusting =
                TlsConfig.standard().withTrusted(TestStores.file(TestStores.trustStore(directory, "trusted", own)));

        try (RegistryServer server = RegistryServer.start(RegistryServer.DEFAULT_HOST, 0, security)) {
            assertThat(server.url()).startsWith("https://127.0.0.1:");
            assertThat(subjects(server, trusting)).isEmpty();
            assertThatThrownBy(() -> subjects(server, TlsConfig.standard()))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("its certificate (CN=server) is self-signed");
        }
        ServerSecurity mutual = security.withClientAuthorities(
                new ServerSecurity.Store(TestStores.trustStore(directory, "authorities", client), PASSWORD));
        try (RegistryServer server = RegistryServer.start(RegistryServer.DEFAULT_HOST, 0, mutual)) {
            assertThat(subjects(server, trusting.withOwn(TestStores.file(client))))
                    .isEmpty();
            assertThatThrownBy(() -> subjects(server, trusting))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("schema.registry.ssl.keystore.location");
        }
        assertThat(mutual.toString()).doesNotContain(PASSWORD);
    }

    private static List<Subject> subjects(RegistryServer server, TlsConfig tls) {
        RegistrySecurity security =
                RegistrySecurity.none().withTls(tls).withCredentials(new Credentials.Basic("any:any"));
        try (RegistryConnection registry =
                RegistryConnection.open(RegistryConfig.of(server.url()).withSecurity(security))) {
            return registry.subjects();
        }
    }

    /** The name may have been lost from a file of options, and then the server would speak http. */
    @ParameterizedTest
    @ValueSource(strings = {"--tls-key-store", "--tls-client-authorities"})
    void thePasswordOfAStoreThatIsNotNamedIsRefused(String option) {
        SecurityOptions options = new SecurityOptions();
        new CommandLine(options).parseArgs(option + "-password", "any");

        assertThatThrownBy(options::security)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option + "-password is there, and " + option + " is missing");
    }

    @Test
    void aKeyStoreThatIsNoneIsNamed() throws Exception {
        Path own = TestStores.keyStore(directory, "server");
        Path trust = TestStores.trustStore(directory, "trusted", own);
        assertThatThrownBy(() -> start(new ServerSecurity.Store(own, "wr0ng-s3cret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The key store " + own + " can't be read (")
                .hasMessageNotContaining("wr0ng-s3cret");
        assertThatThrownBy(() -> start(new ServerSecurity.Store(trust, PASSWORD)))
                .hasMessage("The key store " + trust + " holds no private key with its certificate");
        assertThatThrownBy(() -> ServerSecurity.none().withClientAuthorities(new ServerSecurity.Store(trust, PASSWORD)))
                .hasMessageStartingWith("Client certificates need TLS");
        assertThatCode(() -> start(new ServerSecurity.Store(own, PASSWORD))).doesNotThrowAnyException();
    }

    private static void start(ServerSecurity.Store keyStore) {
        RegistryServer.start(
                        RegistryServer.DEFAULT_HOST, 0, ServerSecurity.none().withKeyStore(keyStore))
                .close();
    }
}
