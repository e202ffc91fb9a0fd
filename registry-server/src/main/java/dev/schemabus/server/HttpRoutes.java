package dev.schemabus.server;

import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.SchemaRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP around the {@link RegistryApi}: finds the route, reads the body within a limit, writes answers and errors. */
final class HttpRoutes extends Handler.Abstract {

    static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    /** The largest request body, in bytes, unless a server is told otherwise. */
    static final int MAX_REQUEST_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(HttpRoutes.class);

    private static final String CONTEXTS = "contexts";

    /** In metrics, what is none of the API's paths. */
    private static final String ELSEWHERE = "elsewhere";

    private final List<Route> routes;
    private final ServerMetrics metrics;
    private final Operations operations;
    private final int maxRequestBytes;

    HttpRoutes(SubjectStore store, ServerOptions options) {
        routes = new RegistryApi(store).routes();
        metrics = new ServerMetrics(store);
        operations = new Operations(store, metrics);
        maxRequestBytes = options.maxRequestBytes();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Answer answer = answer(request);
        response.setStatus(answer.status());
        answer.headers().forEach(response.getHeaders()::put);
        Content.Sink.write(response, true, answer.body(), callback);
        return true;
    }

    private Answer answer(Request request) {
        long start = System.nanoTime();
        String path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("/");
        Optional<Answer> operation = operations.answer(request.getMethod(), path);
        if (operation.isPresent()) {
            return operation.get();
        }
        List<String> segments = new ArrayList<>();
        Map<String, List<String>> query;
        String context = QualifiedSubject.DEFAULT_CONTEXT;
        try {
            for (String segment : Route.segments(path)) {
                segments.add(decode(segment.replace("+", "%2B")));
            }
            query = query(request.getHttpURI().getQuery());
            if (segments.size() > 1 && segments.get(0).equals(CONTEXTS)) {
                context = QualifiedSubject.context(segments.get(1));
                segments = segments.subList(2, segments.size());
            }
        } catch (IllegalArgumentException e) {
            return Answer.error(400, "The URL is not well encoded: " + e.getMessage());
        } catch (RegistryException e) {
            return Answer.error(e.code(), String.valueOf(e.getMessage()));
        }
        TreeSet<String> verbs = new TreeSet<>();
        for (Route route : routes) {
            Optional<List<String>> captured = route.match(segments);
            if (captured.isPresent() && route.verb().equals(request.getMethod())) {
                Answer answer = answer(request, route, context, captured.get(), query);
                metrics.answered(route.verb(), route.path(), answer.status(), System.nanoTime() - start);
                return answer;
            }
            captured.ifPresent(c -> verbs.add(route.verb()));
        }
        Answer answer = refusal(request.getMethod(), path, String.join(", ", verbs));
        metrics.answered(ELSEWHERE, ELSEWHERE, answer.status(), System.nanoTime() - start);
        return answer;
    }

    private Answer answer(
            Request request, Route route, String context, List<String> captured, Map<String, List<String>> query) {
        try {
            Object body = route.answer().apply(new Call(context, captured, query, body(request)));
            Answer answer = Answer.ok(body instanceof String text ? text : Json.write(body));
            if (route.kind() == Route.Kind.READS_IMMUTABLE) {
                String known = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
                return answer.unlessKnown(known == null ? "" : known);
            }
            return answer;
        } catch (RegistryException e) {
            return Answer.error(e.code(), String.valueOf(e.getMessage()));
        } catch (CharacterCodingException e) {
            return Answer.error(400, "The request body is not UTF-8: send the schema as JSON in UTF-8");
        } catch (IOException e) {
            return Answer.error(400, "The request ended before its body did: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            // A fault of this server: its details are for the log, not for whoever is asking.
            LOG.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), e);
            return Answer.error(50001, "The registry failed on this request: its log says why");
        }
    }

    private static Answer refusal(String verb, String path, String allowed) {
        if (allowed.isEmpty()) {
            return Answer.error(
                    404,
                    "This registry has nothing at " + path + ": its paths begin with /subjects, /schemas,"
                            + " /compatibility, /config, /mode and /contexts");
        }
        return Answer.error(405, verb + " is not supported by this version at " + path + ": use " + allowed)
                .with("Allow", allowed);
    }

    static Map<String, List<String>> query(@Nullable String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters
                        .computeIfAbsent(decode(name), key -> new ArrayList<>())
                        .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
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
        return new SchemaRefusedException(
                42209, "The request is larger than " + maxRequestBytes + " bytes: a schema must fit into that");
    }
}
