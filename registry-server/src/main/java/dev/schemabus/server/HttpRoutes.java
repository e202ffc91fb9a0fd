package dev.schemabus.server;

import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.SchemaRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP around the {@link RegistryApi}: finds the route, reads the body within a limit, writes answers and errors. */
final class HttpRoutes extends Handler.Abstract {

    static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    /** The largest request body, in bytes. */
    static final int MAX_REQUEST_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(HttpRoutes.class);

    private final List<Route> routes;

    HttpRoutes(SubjectStore store) {
        routes = new RegistryApi(store).routes();
    }

    /** An answer before it is written. */
    private record Answer(int status, String body, Optional<String> allow) {

        static Answer error(int code, String message) {
            // Detailed codes are the HTTP status with two more digits.
            return new Answer(code < 1000 ? code : code / 100, Json.error(code, message), Optional.empty());
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Answer answer = answer(request);
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
        answer.allow().ifPresent(verbs -> response.getHeaders().put(HttpHeader.ALLOW, verbs));
        Content.Sink.write(response, true, answer.body(), callback);
        return true;
    }

    private Answer answer(Request request) {
        String path = request.getHttpURI().getPath();
        try {
            return answer(request, path == null ? "/" : path);
        } catch (RegistryException e) {
            return Answer.error(e.code(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Answer.error(400, "The request ended before its body did: " + e.getMessage());
        } catch (RuntimeException e) {
            // A fault of this server: its details are for the log, not for whoever is asking.
            LOG.error("{} {} failed", request.getMethod(), path, e);
            return Answer.error(50001, "The registry failed on this request: its log says why");
        }
    }

    private Answer answer(Request request, String path) throws IOException {
        List<String> segments = new ArrayList<>();
        Map<String, String> query;
        try {
            for (String segment : Route.segments(path)) {
                segments.add(decode(segment.replace("+", "%2B")));
            }
            query = query(request.getHttpURI().getQuery());
        } catch (IllegalArgumentException e) {
            return Answer.error(400, "The URL is not well encoded: " + e.getMessage());
        }
        TreeSet<String> verbs = new TreeSet<>();
        for (Route route : routes) {
            Optional<List<String>> captured = route.match(segments);
            if (captured.isPresent() && route.verb().equals(request.getMethod())) {
                Object body = route.answer().apply(new Call(captured.get(), query, body(request)));
                return new Answer(200, body instanceof String text ? text : Json.write(body), Optional.empty());
            }
            captured.ifPresent(c -> verbs.add(route.verb()));
        }
        if (verbs.isEmpty()) {
            return Answer.error(
                    404,
                    "This registry has nothing at " + path + ": its paths begin with /subjects, /schemas,"
                            + " /compatibility, /config and /mode");
        }
        String allowed = String.join(", ", verbs);
        Answer refusal = Answer.error(
                405, request.getMethod() + " is not supported by this version at " + path + ": use " + allowed);
        return new Answer(refusal.status(), refusal.body(), Optional.of(allowed));
    }

    private static Map<String, String> query(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String body(Request request) throws IOException {
        if (request.getLength() > MAX_REQUEST_BYTES) {
            throw tooLarge();
        }
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] body = in.readNBytes(MAX_REQUEST_BYTES + 1);
            if (body.length > MAX_REQUEST_BYTES) {
                throw tooLarge();
            }
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static SchemaRefusedException tooLarge() {
        return new SchemaRefusedException(
                42209, "The request is larger than " + MAX_REQUEST_BYTES + " bytes: a schema must fit into that");
    }
}
