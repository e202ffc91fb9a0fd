package dev.schemabus.server;

import dev.schemabus.registry.SchemaRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** HTTP around the {@link Router}: reads bodies within a limit, writes answers, tags and counts them. */
final class HttpRoutes extends Handler.Abstract {

    static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    /** The largest request body, in bytes, unless a server is told otherwise. */
    static final int MAX_REQUEST_BYTES = 1 << 20;

    private final Router router;
    private final ServerMetrics metrics;
    private final Operations operations;
    private final int maxRequestBytes;

    HttpRoutes(SubjectStore store, ServerOptions options) {
        router = new Router(store);
        metrics = new ServerMetrics(store);
        operations = new Operations(store, metrics);
        maxRequestBytes = options.maxRequestBytes();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("/");
        Answer answer = operations.answer(request.getMethod(), path).orElseGet(() -> answer(request, path));
        response.setStatus(answer.status());
        answer.headers().forEach(response.getHeaders()::put);
        Content.Sink.write(response, true, answer.body(), callback);
        return true;
    }

    private Answer answer(Request request, String path) {
        long start = System.nanoTime();
        Router.Outcome outcome =
                router.answer(request.getMethod(), path, request.getHttpURI().getQuery(), () -> body(request));
        Answer answer = outcome.answer();
        metrics.answered(outcome.route(), answer.status(), System.nanoTime() - start);
        boolean tagged = answer.status() == 200
                && outcome.route()
                        .filter(r -> r.kind() == Route.Kind.READS_IMMUTABLE)
                        .isPresent();
        return tagged
                ? answer.unlessKnown(Optional.ofNullable(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))
                        .orElse(""))
                : answer;
    }

    private String body(Request request) throws IOException {
        if (request.getLength() > maxRequestBytes) {
            throw tooLarge();
        }
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] body = in.readNBytes(maxRequestBytes + 1);
            if (body.length > maxRequestBytes) {
                throw tooLarge();
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        }
    }

    private SchemaRefusedException tooLarge() {
        return new SchemaRefusedException(42209, tooLarge(maxRequestBytes));
    }

    static String tooLarge(int maxRequestBytes) {
        return "The request is larger than " + maxRequestBytes + " bytes: a schema must fit into that";
    }
}
