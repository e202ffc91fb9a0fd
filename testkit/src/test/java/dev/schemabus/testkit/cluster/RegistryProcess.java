package dev.schemabus.testkit.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node of a registry in a process of its own, so that it can be killed, or stopped in mid-thought. */
final class RegistryProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Process process;
    private final String url;

    private RegistryProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts a node and waits until it serves. A leader that is gone is missed after 1.5 s. */
    static RegistryProcess start(String bootstrapServers, String topic) {
        return start(bootstrapServers, topic, 0, Duration.ofMillis(1500));
    }

    /**
     * Starts a node and waits until it serves.
     *
     * @param port to listen on, 0 for any free one
     * @param session after which a node that is gone is missed
     */
    static RegistryProcess start(String bootstrapServers, String topic, int port, Duration session) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("dev.schemabus.server.RegistryServerMain");
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(List.of("--bootstrap-servers", bootstrapServers, "--kafka-topic", topic));
        command.add("--kafka.session.timeout.ms=" + session.toMillis());
        command.add("--kafka.heartbeat.interval.ms=200");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        try {
            Process process = builder.start();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String ready = out.readLine();
            if (ready == null || !ready.startsWith("READY ")) {
                process.destroyForcibly();
                throw new IllegalStateException("The registry didn't start: " + ready);
            }
            return new RegistryProcess(process, ready.substring("READY ".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return url;
    }

    int port() {
        return URI.create(url).getPort();
    }

    /** As {@code kill -9} does. Returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** It neither runs nor ends, until {@link #resume}. */
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }

    /** The answer's body, or an exception with its status and body if it is not 200. */
    String send(String verb, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(verb + " " + url + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    String get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return url;
    }
}
