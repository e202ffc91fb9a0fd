package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who only asks is answered, whatever others do. */
class HttpUnderLoadTest {

    private static final int WRITES = 200;
    private static final String HALF_SENT = "POST /subjects/x HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{";
    private static final Duration SOON = Duration.ofSeconds(3);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A log that takes nothing before it is told to. */
    private static final class SlowLog implements ChangeLog {
        private final CountDownLatch goOn = new CountDownLatch(1);
        private Consumer<Change> follower = change -> {};

        @Override
        public void follow(Consumer<Change> newFollower) {
            follower = newFollower;
        }

        @Override
        public void append(List<Change> changes) {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            changes.forEach(follower);
        }

        @Override
        public void close() {}
    }

    private void assertAnswers(String url) throws IOException, InterruptedException {
        for (String path : List.of("/health/live", "/config", "/subjects")) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url + path)).timeout(SOON).build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void readsAreAnsweredWhileWritesWaitForASlowLog() throws Exception {
        SlowLog log = new SlowLog();
        try (RegistryServer server = RegistryServer.start(ServerOptions.of(RegistryServer.DEFAULT_HOST, 0), log)) {
            int tooMany = WRITES - Writes.MOST_AT_A_TIME;
            CountDownLatch answered = new CountDownLatch(tooMany);
            List<CompletableFuture<HttpResponse<String>>> writes = new ArrayList<>();
            for (int i = 0; i < WRITES; i++) {
                writes.add(client.sendAsync(registering(server, "s" + i), BodyHandlers.ofString())
                        .whenComplete((answer, failure) -> answered.countDown()));
            }
            assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
            assertAnswers(server.url());

            log.goOn.countDown();
            int refused = 0;
            for (CompletableFuture<HttpResponse<String>> write : writes) {
                HttpResponse<String> answer = write.get();
                if (answer.statusCode() != 200) {
                    refused++;
                    assertThat(answer.body()).contains("50003", "Nothing was changed");
                }
            }
            assertThat(refused).isEqualTo(tooMany);
        }
    }

    /** A request of which only the first byte of the body is sent. */
    private static List<Socket> halfSent(int port, int count) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.add(socket);
            socket.getOutputStream().write(HALF_SENT.getBytes(StandardCharsets.US_ASCII));
        }
        return sockets;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void requestsThatAreOnlyHalfSentKeepNobodyFromAnAnswer() throws Exception {
        try (RegistryServer server = RegistryServer.start(0)) {
            List<Socket> sockets = halfSent(URI.create(server.url()).getPort(), 300);
            assertAnswers(server.url());
            assertThat(client.send(registering(server, "s"), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            close(sockets);
        }
    }

    /** A server with four threads for requests, and this in front of what answers. */
    private static Server withFewThreads(UnaryOperator<Handler> front) throws Exception {
        Server server = new Server(new QueuedThreadPool(8, 8));
        server.addConnector(new ServerConnector(server, 1, 1));
        server.setHandler(
                front.apply(new HttpRoutes(SubjectStore.inMemory(), ServerOptions.of(RegistryServer.DEFAULT_HOST, 0))));
        server.start();
        return server;
    }

    @Test
    void bodiesThatAreReadByAThreadEachWouldTakeAllThreads() throws Exception {
        // The control of the test above.
        Server server = withFewThreads(routes -> routes);
        List<Socket> sockets = halfSent(server.getURI().getPort(), 20);
        try {
            assertThatIOException().isThrownBy(() -> assertAnswers(url(server)));
        } finally {
            close(sockets);
            server.stop();
        }

        Server mended = withFewThreads(routes -> new WholeBodyHandler(1000, routes));
        sockets = halfSent(mended.getURI().getPort(), 20);
        try {
            assertAnswers(url(mended));
        } finally {
            close(sockets);
            mended.stop();
        }
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsWaitedForNoLonger() throws Exception {
        Server server =
                withFewThreads(routes -> new WholeBodyHandler(1000, Duration.ofMillis(300), Long.MAX_VALUE, routes));
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.getURI().getPort())) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream().write(HALF_SENT.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("\"error_code\":408", "didn't arrive");
        } finally {
            server.stop();
        }
    }

    @Test
    void bodiesTogetherTakeNoMoreThanTheirLimit() throws Exception {
        Server server = withFewThreads(routes -> new WholeBodyHandler(1000, SOON, 5, routes));
        List<Socket> sockets = halfSent(server.getURI().getPort(), 5);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.getURI().getPort())) {
            // One after the other: whichever is the sixth is refused.
            sockets.add(socket);
            socket.getOutputStream().write(HALF_SENT.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout((int) SOON.toMillis());
            List<String> answers = new ArrayList<>();
            for (Socket one : sockets) {
                one.setSoTimeout((int) SOON.toMillis() * 3);
                String answer = new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                answers.add(answer.substring(0, 12));
            }
            assertThat(answers)
                    .containsOnlyOnce("HTTP/1.1 503")
                    .filteredOn("HTTP/1.1 408"::equals)
                    .hasSize(5);
        } finally {
            close(sockets);
            server.stop();
        }
    }

    @Test
    void whatABodyTookIsGivenBackHoweverItEnds() throws Exception {
        Server server = withFewThreads(routes -> new WholeBodyHandler(1000, Duration.ofMillis(300), 100, routes));
        int port = server.getURI().getPort();
        try {
            for (int i = 0; i < 10; i++) {
                // In time, 40 bytes of 1000; broken off, and then too late.
                List<Socket> brokenOff = halfSent(port, 1);
                brokenOff.get(0).getOutputStream().write(new byte[40]);
                close(brokenOff);
                List<Socket> late = halfSent(port, 1);
                late.get(0).getOutputStream().write(new byte[40]);
                late.get(0).setSoTimeout((int) SOON.toMillis());
                assertThat(new String(late.get(0).getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 408");
                close(late);
            }
            // Answered ones count for nothing afterwards, too; together they are more than the limit.
            for (int i = 0; i < 10; i++) {
                assertThat(client.send(registering(url(server), "s"), BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
            }
        } finally {
            server.stop();
        }
    }

    /** Requests with wrong passwords, another each, that have been sent and not been answered. */
    private static List<Socket> wrongLogins(int port, int count) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.add(socket);
            String login = Base64.getEncoder().encodeToString(("ann:" + i).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream()
                    .write(("GET /subjects HTTP/1.1\r\nHost: a\r\nAuthorization: Basic " + login + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }
        return sockets;
    }

    @Test
    void wrongPasswordsTakeNotAllThreads(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("users"), UserCommand.line("ann", "read", "right"));
        Users users = Users.read(file);
        Server server = withFewThreads(routes -> new Authenticating(users, 2, routes));
        List<Socket> sockets = wrongLogins(server.getURI().getPort(), 60);
        try {
            int tooMany = 0;
            for (Socket socket : sockets) {
                socket.setSoTimeout((int) SOON.toMillis() * 3);
                String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                assertThat(answer).isIn("HTTP/1.1 401", "HTTP/1.1 429");
                tooMany += answer.endsWith("429") ? 1 : 0;
            }
            // With room for all, each of the four threads would wait for its turn to check.
            assertThat(tooMany).isPositive();
        } finally {
            close(sockets);
            server.stop();
        }
    }

    private static String url(Server server) {
        return "http://" + RegistryServer.DEFAULT_HOST + ":" + server.getURI().getPort();
    }

    private static HttpRequest registering(RegistryServer server, String subject) {
        return registering(server.url(), subject);
    }

    private static HttpRequest registering(String url, String subject) {
        return HttpRequest.newBuilder(URI.create(url + "/subjects/" + subject + "/versions"))
                .POST(BodyPublishers.ofString("{\"schema\":\"\\\"string\\\"\"}"))
                .build();
    }
}
