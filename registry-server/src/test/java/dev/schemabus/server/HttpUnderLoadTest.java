package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who only asks is answered, whatever others do. */
class HttpUnderLoadTest {

    private static final int WRITES = 200;
    private static final Duration SOON = Duration.ofSeconds(5);

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

    private void assertAnswers(RegistryServer server) throws IOException, InterruptedException {
        for (String path : List.of("/health/live", "/config", "/subjects")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                    .timeout(SOON)
                    .build();
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
                writes.add(client.sendAsync(
                                HttpRequest.newBuilder(URI.create(server.url() + "/subjects/s" + i + "/versions"))
                                        .POST(BodyPublishers.ofString("{\"schema\":\"\\\"string\\\"\"}"))
                                        .build(),
                                BodyHandlers.ofString())
                        .whenComplete((answer, failure) -> answered.countDown()));
            }
            assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
            assertAnswers(server);

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
}
