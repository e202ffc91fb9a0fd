package dev.schemabus.testkit.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A balancer before two nodes of a registry: one request goes to the one, the next to the other. After a write it waits
 * until the other node has read as much of the topic as the one that was asked.
 */
final class Turns implements AutoCloseable {

    private static final Pattern POSITION = Pattern.compile("(?m)^schemabus_registry_log_position (\\d+)$");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> nodes;
    private final List<AtomicInteger> answers = List.of(new AtomicInteger(), new AtomicInteger());
    private final AtomicInteger turn = new AtomicInteger();
    private final HttpServer server;

    Turns(String first, String second) {
        nodes = List.of(first, second);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many requests the node has answered that has answered fewer. */
    int leastAnswers() {
        return Math.min(answers.get(0).get(), answers.get(1).get());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            int asked = turn.getAndIncrement() & 1;
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(nodes.get(asked) + exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
            for (String name : List.of("Content-Type", "Accept")) {
                exchange.getRequestHeaders()
                        .getOrDefault(name, List.of())
                        .forEach(value -> request.header(name, value));
            }
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            answers.get(asked).incrementAndGet();
            if (!exchange.getRequestMethod().equals("GET")) {
                awaitTheOther(asked);
            }
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitTheOther(int asked) throws IOException, InterruptedException {
        long there = position(nodes.get(asked));
        String other = nodes.get(1 - asked);
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> position(other) >= there);
    }

    private long position(String node) throws IOException, InterruptedException {
        String metrics = http.send(
                        HttpRequest.newBuilder(URI.create(node + "/metrics")).build(), BodyHandlers.ofString())
                .body();
        Matcher position = POSITION.matcher(metrics);
        if (!position.find()) {
            throw new IOException(node + " doesn't say how far it has read");
        }
        return Long.parseLong(position.group(1));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
