package dev.schemabus.benchmarks.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The JDK's own HTTP server, which answers every request with the same bytes: what the machine and HTTP alone cost. */
final class ConstantServer {

    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private ConstantServer() {}

    /**
     * Serves until it is ended.
     *
     * @param args the answer
     */
    public static void main(String[] args) throws IOException {
        System.setProperty(NO_DELAY, "true"); // or it waits 40 ms for each answer
        byte[] answer = args[0].getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        System.out.println("READY http://127.0.0.1:" + server.getAddress().getPort());
    }
}
