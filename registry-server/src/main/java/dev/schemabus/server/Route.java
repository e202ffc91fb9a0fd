package dev.schemabus.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One line of the API: a verb, a path pattern and what answers it.
 *
 * @param verb the HTTP method
 * @param pattern path segments; {@code *} matches any one segment and captures it
 * @param answer gives the body, which is text as it stands or else a value to write as JSON
 */
record Route(String verb, List<String> pattern, Function<Call, Object> answer) {

    static Route of(String verb, String pattern, Function<Call, Object> answer) {
        return new Route(verb, segments(pattern), answer);
    }

    /** The segments of a path, still encoded. A slash at the end says nothing. */
    static List<String> segments(String path) {
        String inner = path.replaceAll("^/|/$", "");
        return inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
    }

    /** What the pattern's gaps capture of a path, or empty if the path is another one. */
    Optional<List<String>> match(List<String> path) {
        if (path.size() != pattern.size()) {
            return Optional.empty();
        }
        List<String> captured = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            if (pattern.get(i).equals("*")) {
                captured.add(path.get(i));
            } else if (!pattern.get(i).equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(captured);
    }
}
