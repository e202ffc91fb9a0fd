package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemabus.registry.RegistryAccessException;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.registry.RegistryMode;
import dev.schemabus.registry.SchemaRefusedException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The registry as a process of its own. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RegistryServerMainTest {

    private static Process run(String... args) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classPath, RegistryServerMain.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).start();
    }

    @Test
    void aProcessSaysWhenItServesAndStopsWhenAsked() throws Exception {
        Process process = run("--port", "0");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String ready = out.readLine();
            assertThat(ready).matches("READY http://127\\.0\\.0\\.1:\\d+");
            try (RegistryConnection registry = RegistryConnection.open(ready.substring("READY ".length()))) {
                assertThat(registry.subjects()).isEmpty();
            }

            // Not Process.destroy(): that closes the streams.
            process.toHandle().destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(out.readLine()).isNull();
            assertThat(process.errorReader(StandardCharsets.UTF_8).lines()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void usersAreMadeAndLetInByCommandLine(@TempDir Path directory) throws Exception {
        Path users = directory.resolve("users");
        Process made = run("user", "ann", "--role", "write", "--append-to", users.toString());
        try (BufferedWriter in = made.outputWriter(StandardCharsets.UTF_8)) {
            in.write("s3cret\n");
        }
        assertThat(made.waitFor()).isZero();
        assertThat(Files.readString(users)).startsWith("ann:write:").doesNotContain("s3cret");

        Process process = run("--port", "0", "--users", users.toString());
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String url = out.readLine().substring("READY ".length());
            try (RegistryConnection ann =
                            RegistryConnection.open(RegistryConfig.of(url).withBasicCredentials("ann:s3cret"));
                    RegistryConnection nobody = RegistryConnection.open(url)) {
                assertThat(ann.subjects()).isEmpty();
                assertThatThrownBy(nobody::subjects).isInstanceOf(RegistryAccessException.class);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aTakenPortIsOneClearLineAndExitCodeOne() throws Exception {
        try (RegistryServer server = RegistryServer.start(0)) {
            String port = server.url().substring(server.url().lastIndexOf(':') + 1);
            Process process = run("--port", port);
            try {
                assertThat(process.waitFor()).isEqualTo(1);
                assertThat(process.errorReader(StandardCharsets.UTF_8).lines())
                        .singleElement()
                        .asString()
                        .startsWith("Can't listen on 127.0.0.1:" + port + ": ")
                        .contains("Stop what listens there, or choose another address or port (0: any free one)");
                assertThat(process.inputReader(StandardCharsets.UTF_8).lines()).isEmpty();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void aFileMayHoldTheOptionsAndTheCommandLineCountsMore(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("registry.properties"), "port=1\nread-only=true\n");
        Process process = run("--config", file.toString(), "--port=0");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String ready = out.readLine();
            assertThat(ready).startsWith("READY http://127.0.0.1:");
            try (RegistryConnection registry = RegistryConnection.open(ready.substring("READY ".length()))) {
                assertThatExceptionOfType(SchemaRefusedException.class)
                        .isThrownBy(() -> registry.setMode(RegistryMode.IMPORT))
                        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(42205));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aFileThatIsNotThereIsOneClearLineAndExitCodeTwo() throws Exception {
        Process process = run("--config=nowhere.properties");
        try {
            assertThat(process.waitFor()).isEqualTo(2);
            assertThat(process.errorReader(StandardCharsets.UTF_8).lines())
                    .singleElement()
                    .asString()
                    .startsWith("Can't read --config nowhere.properties");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aKafkaPropertyThatIsNotTheOperatorsIsOneClearLineAndExitCodeOne() throws Exception {
        Process process = run("--port", "0", "--bootstrap-servers", "127.0.0.1:1", "--kafka.acks=1");
        try {
            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(process.errorReader(StandardCharsets.UTF_8).lines())
                    .singleElement()
                    .asString()
                    .contains("The Kafka property acks can't be set");
            assertThat(process.inputReader(StandardCharsets.UTF_8).lines()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }
}
