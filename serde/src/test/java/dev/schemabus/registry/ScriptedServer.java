package dev.schemabus.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A server that answers as a test says, to show what a client makes of it. Only for faults: else use a real one. */
final class ScriptedServer implements AutoCloseable {

    static final String JSON = "application/vnd.schemaregistry.v1+json";

    /** What to do with a request. */
    interface Script {
        void answer(HttpExchange exchange, CountDownLatch closing) throws IOException, InterruptedException;
    }

    private final String scheme;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    ScriptedServer(Script script) {
        this(script, "http", () -> HttpServer.create(anyPort(), 0));
    }

    /** One that speaks TLS. */
    static ScriptedServer overTls(SSLContext tls, boolean wantsClientCertificate, Script script) {
        return new ScriptedServer(script, "https", () -> {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters ssl = tls.getDefaultSSLParameters();
                    ssl.setNeedClientAuth(wantsClientCertificate);
                    parameters.setSSLParameters(ssl);
                }
            });
            return server;
        });
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private interface Opening {
        HttpServer open() throws IOException;
    }

    private ScriptedServer(Script script, String scheme, Opening opening) {
        this.scheme = scheme;
        try {
            server = opening.open();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            authorizations.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            try {
                script.answer(exchange, closing);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        });
        server.start();
    }

    /** Answers everything the same. */
    static ScriptedServer answering(int status, String contentType, String body) {
        return new ScriptedServer((exchange, closing) -> send(exchange, status, contentType, body));
    }

    /** Takes every request and never answers. */
    static ScriptedServer hanging() {
        return new ScriptedServer((exchange, closing) -> closing.await());
    }

    static void send(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Verb and path of every request so far. */
    List<String> requests() {
        return requests;
    }

    /** The body of every request so far, empty where there was none. */
    List<String> bodies() {
        return bodies;
    }

    List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
