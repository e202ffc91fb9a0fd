package dev.schemabus.server;

import dev.schemabus.registry.RegistryEndpoint;
import dev.schemabus.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@link RegistryApi} without a network: what {@code memory:} URLs are answered by. */
final class LocalEndpoint implements RegistryEndpoint {

    private final List<Route> routes;

    LocalEndpoint(SubjectStore store) {
        routes = new RegistryApi(store).routes();
    }

    @Override
    public Answer answer(String verb, String path, @Nullable String body) {
        int question = path.indexOf('?');
        List<String> segments = new ArrayList<>();
        for (String segment : Route.segments(question < 0 ? path : path.substring(0, question))) {
            segments.add(HttpRoutes.decode(segment.replace("+", "%2B")));
        }
        Map<String, List<String>> query = HttpRoutes.query(question < 0 ? null : path.substring(question + 1));
        try {
            for (Route route : routes) {
                Optional<List<String>> captured = route.match(segments);
                if (captured.isPresent() && route.verb().equals(verb)) {
                    Call call = new Call(
                            QualifiedSubject.DEFAULT_CONTEXT, captured.get(), query, body == null ? "" : body);
                    Object answer = route.answer().apply(call);
                    return new Answer(200, answer instanceof String text ? text : Json.write(answer));
                }
            }
            return error(404, "This registry has nothing at " + path);
        } catch (RegistryException e) {
            return error(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static Answer error(int code, String message) {
        // Detailed codes are the HTTP status with two more digits.
        return new Answer(code < 1000 ? code : code / 100, Json.error(code, message));
    }
}
