package dev.schemabus.server;

import dev.schemabus.registry.RegistryException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a request in the {@link RegistryApi}, and makes an answer of whatever comes of it. */
final class Router {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private static final String CONTEXTS = "contexts";

    private final List<Route> routes;

    Router(SubjectStore store) {
        routes = new RegistryApi(store).routes();
    }

    /** Where a request's body comes from, if a route wants it. */
    interface Body {

        /**
         * All of it.
         *
         * @throws CharacterCodingException if it isn't UTF-8
         * @throws IOException if it can't be read to its end
         */
        String read() throws IOException;
    }

    /**
     * What came of a request.
     *
     * @param route what was asked; empty if there is no such thing
     */
    record Outcome(Optional<Route> route, Answer answer) {}

    /**
     * Answers a request, whatever it is.
     *
     * @param path as it was sent, percent-encoded
     * @param query as it was sent, without the question mark; null if there is none
     */
    Outcome answer(String verb, String path, @Nullable String query, Body body) {
        try {
            return route(verb, path, query, body);
        } catch (IllegalArgumentException e) {
            return refused(Answer.error(400, "The URL is not well encoded: " + e.getMessage()));
        } catch (RegistryException e) {
            return refused(Answer.error(e.code(), String.valueOf(e.getMessage())));
        }
    }

    private static Outcome refused(Answer answer) {
        return new Outcome(Optional.empty(), answer);
    }

    private Outcome route(String verb, String path, @Nullable String query, Body body) {
        List<String> segments = Route.decoded(path);
        String context = QualifiedSubject.DEFAULT_CONTEXT;
        if (segments.size() > 1 && segments.get(0).equals(CONTEXTS)) {
            context = QualifiedSubject.context(segments.get(1));
            segments = segments.subList(2, segments.size());
        }
        Map<String, List<String>> parameters = parameters(query);
        TreeSet<String> verbs = new TreeSet<>();
        for (Route route : routes) {
            Optional<List<String>> captured = route.match(segments);
            // Whoever writes the answer leaves its body out.
            if (captured.isPresent() && route.verb().equals(verb.equals("HEAD") ? "GET" : verb)) {
                Answer answer = answer(route, path, context, captured.get(), parameters, body);
                return new Outcome(Optional.of(route), answer);
            }
            captured.ifPresent(c -> verbs.add(route.verb()));
        }
        return refused(refusal(verb, path, String.join(", ", verbs)));
    }

    private static Answer answer(
            Route route,
            String path,
            String context,
            List<String> captured,
            Map<String, List<String>> parameters,
            Body body) {
        try {
            Object answer = route.answer().apply(new Call(context, captured, parameters, body.read()));
            return Answer.ok(answer instanceof String text ? text : Json.write(answer));
        } catch (RegistryException e) {
            return Answer.error(e.code(), String.valueOf(e.getMessage()));
        } catch (CharacterCodingException e) {
            return Answer.error(400, "The request body is not UTF-8: send the schema as JSON in UTF-8");
        } catch (IOException e) {
            return Answer.error(400, "The request ended before its body did: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // A fault of this server: its details are for the log, not for whoever is asking.
            LOG.error("{} {} failed", route.verb(), path, e);
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

    private static Map<String, List<String>> parameters(@Nullable String query) {
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

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
