package dev.schemabus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that well-behaved clients don't make, byte by byte. */
class HttpRoutesTest {

    private static RegistryServer server;

    @BeforeAll
    static void start() {
        server = RegistryServer.start(0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String answer(String request) {
        return answer(request, StandardCharsets.US_ASCII);
    }

    private static String answer(String request, Charset charset) {
        URI uri = URI.create(server.url());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream().write(request.getBytes(charset));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String request(String verbAndPath, String headers, String body) {
        return verbAndPath + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n" + body;
    }

    @Test
    void aRequestThatSaysItIsTooLargeIsRefusedUnread() {
        String answer = answer(request("POST /subjects/a/versions", "Content-Length: 99000000\r\n", "{"));

        assertThat(answer).startsWith("HTTP/1.1 422").contains("\"error_code\":42209", "1048576 bytes");
    }

    @Test
    void aRequestThatGrowsTooLargeIsRefused() {
        String chunk = "100000\r\n" + "x".repeat(0x100000) + "\r\n";
        String answer = answer(
                request("POST /subjects/a/versions", "Transfer-Encoding: chunked\r\n", chunk + "1\r\nx\r\n0\r\n\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 422").contains("\"error_code\":42209");
    }

    @Test
    void aVerbThatIsNotServedIsAnsweredWithThoseThatAre() {
        assertThat(answer(request("PATCH /config", "", "")))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: DELETE, GET, PUT\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /subjects/%zz/versions",
        "GET /subjects/%E0%80/versions?deleted=%",
        "GET /%00",
        "GET no-slash",
        "GET /subjects/a/versions/99999999999999999999",
        "GET /subjects?limit=many",
        "GET /../../etc/passwd",
        "GET //subjects",
    })
    void oddRequestsAreAnsweredInTheProtocolsForm(String verbAndPath) {
        String answer = answer(request(verbAndPath, "", ""));

        assertThat(answer)
                .containsPattern("^HTTP/1.1 4\\d\\d")
                .contains("Content-Type: application/vnd.schemaregistry.v1+json", "{\"error_code\":4", "\"message\":")
                .doesNotContain("\tat ", "java.", "Exception");
    }

    @Test
    void aDeeplyNestedSchemaIsRefused() {
        int depth = 100_000;
        String schema = "{\\\"type\\\":\\\"array\\\",\\\"items\\\":".repeat(depth / 10);
        String body = "{\"schema\":\"" + schema + "\"}";
        String nested = "[".repeat(depth);

        assertThat(answer(request("POST /subjects/a/versions", "Content-Length: " + body.length() + "\r\n", body)))
                .startsWith("HTTP/1.1 422")
                .contains("\"error_code\":42201");
        assertThat(answer(request("POST /subjects/a/versions", "Content-Length: " + depth + "\r\n", nested)))
                .startsWith("HTTP/1.1 422")
                .contains("\"error_code\":42201");
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        String body = "{\"schema\":\"\\\"string\\\"\",\"note\":\"\u00e9\"}";
        String answer = answer(
                request("POST /subjects/a/versions", "Content-Length: " + body.length() + "\r\n", body),
                StandardCharsets.ISO_8859_1);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("is not UTF-8");
    }

    @Test
    void whoKnowsASchemaIsToldThatItIsTheSame() {
        String body = "{\"schema\":\"\\\"string\\\"\"}";
        answer(request("POST /subjects/tagged/versions", "Content-Length: " + body.length() + "\r\n", body));
        String path = "GET /subjects/tagged/versions/1";
        Matcher tag = Pattern.compile("ETag: (\"\\w+\")").matcher(answer(request(path, "", "")));

        assertThat(tag.find()).isTrue();
        assertThat(answer(request(path, "If-None-Match: \"other\", " + tag.group(1) + "\r\n", "")))
                .startsWith("HTTP/1.1 304")
                .contains("ETag: " + tag.group(1))
                .doesNotContain("schemaType");
        assertThat(answer(request(path, "If-None-Match: \"other\"\r\n", ""))).startsWith("HTTP/1.1 200");
    }

    @Test
    void healthAndMetricsAreForThoseWhoRunIt() {
        assertThat(answer(request("GET /health/live", "", "")))
                .startsWith("HTTP/1.1 200")
                .contains("{\"status\":\"UP\"}");
        assertThat(answer(request("GET /health/ready", "", "")))
                .startsWith("HTTP/1.1 200")
                .contains("{\"status\":\"UP\"}");
        answer(request("GET /subjects/nobody/versions", "", ""));
        assertThat(answer(request("GET /metrics", "", "")))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: text/plain; version=0.0.4")
                .contains("# TYPE schemabus_registry_request_seconds histogram\n")
                .containsPattern("schemabus_registry_request_seconds_bucket\\{path=\"/subjects/\\*/versions\","
                        + "verb=\"GET\",status=\"404\",le=\"\\+Inf\"} \\d+\n")
                .containsPattern("\nschemabus_registry_subjects \\d+\n")
                .contains("\nschemabus_registry_writable 1\n");
    }

    @Test
    void anAnswerForWhichThereIsNoMemorySaysNothingOfTheServersInside() {
        ChangeLog full = new ChangeLog() {
            @Override
            public void follow(Consumer<Change> follower) {}

            @Override
            public void append(List<Change> changes) {
                throw new OutOfMemoryError("no memory left");
            }

            @Override
            public void close() {}
        };
        Answer answer = new Router(new SubjectStore(full))
                .answer("PUT", "/config", null, () -> "{\"compatibility\":\"NONE\"}")
                .answer();

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("50001").doesNotContain("java.", "OutOfMemory");
    }
}
