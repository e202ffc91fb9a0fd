package dev.schemabus.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ForwardHandlerTest {

    @ParameterizedTest
    @CsvSource({
        "/config/a|b?x=[1],          /config/a%7Cb?x=%5B1%5D",
        "/config/a%7Cb?x=%5B1%5D,    /config/a%7Cb?x=%5B1%5D",
        "/config/\u00E9,             /config/%C3%A9",
        "/config/{a}\\^`,            /config/%7Ba%7D%5C%5E%60",
    })
    void whatClientsLeaveUnencodedIsEncodedForTheLeader(String sent, String sentOn) {
        assertThat(ForwardHandler.encoded(sent)).isEqualTo(sentOn);
        assertThat(URI.create("http://leader" + sentOn).toString()).endsWith(sentOn);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /subjects/s/versions,                          true",
        "POST,   /subjects/s/versions/,                         true",
        "POST,   /contexts/.eu/subjects/s/versions,             true",
        "POST,   /subjects/a%2Fb/versions,                      true",
        "POST,   /subjects/s/version%73,                        true",
        "POST,   /%63ontexts/.eu/subjects/s/versions,           true",
        "POST,   /subjects/s%2Fversions,                        false",
        "POST,   /subjects/s/version%zz,                        false",
        "POST,   /subjects/s,                                   false",
        "POST,   /contexts/.eu/subjects/s,                      false",
        "POST,   /compatibility/subjects/s/versions,            false",
        "POST,   /compatibility/subjects/s/versions/latest,     false",
        "PUT,    /config,                                       true",
        "PUT,    /mode/s,                                       true",
        "DELETE, /subjects/s/versions/1,                        true",
        "GET,    /subjects/s/versions,                          false",
        "HEAD,   /subjects,                                     false",
    })
    void onlyWhatMayChangeSomethingIsForTheLeader(String method, String path, boolean write) {
        assertThat(ForwardHandler.isWrite(method, path)).isEqualTo(write);
    }

    /** A node whose leader is another one. */
    private record Follower(URI other, List<Duration> waits) implements ClusterLog {

        Follower(URI other) {
            this(other, new CopyOnWriteArrayList<>());
        }

        @Override
        public Optional<URI> leader() {
            return Optional.of(other);
        }

        @Override
        public boolean mayWrite() {
            return false;
        }

        @Override
        public void join(URI url) {}

        @Override
        public void withdraw() {}

        @Override
        public long position() {
            return 0;
        }

        @Override
        public boolean awaitPosition(long wanted, Duration atMost) {
            waits.add(atMost);
            return wanted == 0;
        }

        @Override
        public long term() {
            return 1;
        }

        @Override
        public long leadership() {
            return 1;
        }

        @Override
        public void awaitLeadershipAfter(long seen, Duration atMost) {}

        @Override
        public void follow(Consumer<Change> follower) {}

        @Override
        public void append(List<Change> changes) {}

        @Override
        public void close() {}
    }

    private static Handler nothing() {
        return new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                return false;
            }
        };
    }

    private static Server serving(Handler handler) throws Exception {
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setHandler(handler);
        server.start();
        return server;
    }

    private static HttpResponse<String> written(Server server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.getURI().resolve("/config"))
                .header("Authorization", "Basic YW5uOnMzY3JldA==")
                .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aNodeWithTlsSendsNoPasswordToALeaderWithout() throws Exception {
        List<String> got = new CopyOnWriteArrayList<>();
        Server leader = serving(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                got.add(request.getHeaders().get("Authorization"));
                callback.succeeded();
                return true;
            }
        });
        Follower log = new Follower(leader.getURI());
        Server secure = serving(
                new ForwardHandler(log, Optional.of(SSLContext.getDefault()), 1000, ForwardHandler.LIMIT, nothing()));
        Server open = serving(new ForwardHandler(log, Optional.empty(), 1000, ForwardHandler.LIMIT, nothing()));
        try {
            HttpResponse<String> refused = written(secure);
            assertThat(refused.statusCode()).isEqualTo(500);
            assertThat(refused.body()).contains("50004", "by https only", "--advertised-url");
            assertThat(got).isEmpty();

            // The control: who speaks http is forwarded by http.
            assertThat(written(open).statusCode()).isEqualTo(200);
            assertThat(got).hasSize(1);
        } finally {
            secure.stop();
            open.stop();
            leader.stop();
        }
    }

    @Test
    void aLeaderThatStopsAmidItsAnswerIsNotWaitedForLonger() throws Exception {
        try (ServerSocket leader = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread stalling = new Thread(() -> beginToAnswer(leader));
            stalling.start();
            URI url = URI.create("http://127.0.0.1:" + leader.getLocalPort());
            Server server = serving(
                    new ForwardHandler(new Follower(url), Optional.empty(), 1000, Duration.ofMillis(300), nothing()));
            try {
                HttpResponse<String> refused = written(server);

                assertThat(refused.statusCode()).isEqualTo(500);
                assertThat(refused.body()).contains("50003", "may or may not count", "no whole answer within");
                // Its end is the end of the connection: nobody waits there any more.
                stalling.join();
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void aNodeThatIsBehindIsWaitedForWithinTheSameLimit() throws Exception {
        Server leader = serving(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.getHeaders().put(ForwardHandler.POSITION, "5");
                callback.succeeded();
                return true;
            }
        });
        Follower log = new Follower(leader.getURI());
        Duration limit = Duration.ofSeconds(10);
        Server server = serving(new ForwardHandler(log, Optional.empty(), 1000, limit, nothing()));
        try {
            HttpResponse<String> behind = written(server);

            assertThat(behind.statusCode()).isEqualTo(500);
            assertThat(behind.body()).contains("50002", "within the 10 s of a request", "what was written counts");
            assertThat(log.waits())
                    .singleElement()
                    .satisfies(wait -> assertThat(wait).isLessThan(limit));
        } finally {
            server.stop();
            leader.stop();
        }
    }

    private static void beginToAnswer(ServerSocket leader) {
        try (Socket connection = leader.accept()) {
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".getBytes(UTF_8));
            connection.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://a:8081,        true",
        "HTTPS://a/registry,   true",
        "https://ann:x@a,      false",
        "file:///etc/passwd,   false",
        "http:///,             false",
        "https://a?x=,         false",
        "a,                    false",
    })
    void onlyTheUrlOfANodeIsTakenFromTheTopic(URI url, boolean taken) {
        assertThat(KafkaAnnouncement.read(new ConsumerRecord<>(
                                "_schemas",
                                0,
                                3,
                                new byte[0],
                                KafkaAnnouncement.of(url, "n").valueBytes()))
                        .isPresent())
                .isEqualTo(taken);
    }

    @Test
    void aNodeWithTlsGivesNoOtherUrl() {
        KafkaStorage storage = KafkaStorage.at("localhost:9092").withAdvertisedUrl(URI.create("http://a:8081"));

        assertThatThrownBy(() -> storage.requireUrlOf("https"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write --advertised-url https://host:port");
        assertThatCode(() -> storage.requireUrlOf("http")).doesNotThrowAnyException();
    }
}
