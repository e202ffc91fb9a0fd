package dev.schemabus.testkit.apicurio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Apicurio Registry in a process of its own, with nothing in it, in memory. */
final class ApicurioProcess implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[^ ]+:\\d+)");
    private static final int SECONDS_TO_START = 60;
    private static final int KEPT_LINES = 20;

    private final Process process;
    private final CompletableFuture<String> address = new CompletableFuture<>();

    private ApicurioProcess(Process process) {
        this.process = process;
        Thread output = new Thread(this::read, "Apicurio's output");
        output.setDaemon(true);
        output.start();
    }

    /**
     * Starts it; {@link #url} waits for it.
     *
     * @param java of a JDK 21 or newer
     * @param directory where the distribution was unpacked
     */
    static ApicurioProcess start(Path java, Path directory) {
        List<String> command = List.of(
                java.toString(),
                "-Xmx256m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0",
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=0",
                // Or versions can't be deleted at all.
                "-Dapicurio.rest.deletion.artifact-version.enabled=true",
                "-Dapicurio.rest.deletion.artifact.enabled=true",
                "-jar",
                "quarkus-run.jar");
        try {
            return new ApicurioProcess(new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("Can't start " + String.join(" ", command), e);
        }
    }

    private void read() {
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    address.complete(listening.group(1));
                }
                last.add(line);
                if (last.size() > KEPT_LINES) {
                    last.remove();
                }
            }
        } catch (IOException e) {
            last.add(e.toString());
        }
        address.completeExceptionally(new IOException("Apicurio ended:\n" + String.join("\n", last)));
    }

    /** Where it serves the API of Confluent's registry. */
    String url() {
        try {
            return address.get(SECONDS_TO_START, TimeUnit.SECONDS) + "/apis/ccompat/v7";
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Apicurio didn't start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
