package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The answers that clients of any maker rely on, byte for byte: {@code http.golden.txt} holds requests ({@code >}) and
 * answers ({@code <}) in the order they are made. When a change is meant, run this test with
 * {@code -Dgolden.update=true} and review what changed in the file.
 */
class HttpGoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/schemabus/server/http.golden.txt");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void everyAnswerIsAsRecorded() throws Exception {
        List<String> golden = Files.readAllLines(GOLDEN);
        StringBuilder actual = new StringBuilder();
        try (RegistryServer server = RegistryServer.start(0)) {
            for (int i = 0; i < golden.size(); i++) {
                String line = golden.get(i);
                if (line.startsWith("> ")) {
                    String next = i + 1 < golden.size() ? golden.get(i + 1) : "";
                    String body = next.startsWith(">> ") ? next.substring(3) : "";
                    actual.append(line).append('\n');
                    if (!body.isEmpty()) {
                        actual.append(next).append('\n');
                    }
                    HttpResponse<String> answer = send(server, line.substring(2), body);
                    actual.append("< ")
                            .append(answer.statusCode())
                            .append(' ')
                            .append(answer.body())
                            .append('\n');
                    assertThat(answer.headers().firstValue("Content-Type")).contains(HttpRoutes.CONTENT_TYPE);
                } else if (!line.startsWith("< ") && !line.startsWith(">> ")) {
                    actual.append(line).append('\n');
                }
            }
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, actual);
        }
        assertThat(actual.toString().lines().toList()).containsExactlyElementsOf(Files.readAllLines(GOLDEN));
    }

    private HttpResponse<String> send(RegistryServer server, String verbAndPath, String body)
            throws IOException, InterruptedException {
        String[] parts = verbAndPath.split(" ", 2);
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + parts[1]))
                .method(parts[0], body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
