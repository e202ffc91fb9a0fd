package dev.schemabus.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One line of the API: a verb, a path pattern and what answers it.
 *
 * @param verb the HTTP method
 * @param pattern path segments; {@code *} matches any one segment and captures it
 * @param kind what it does to the registry
 * @param answer gives the body, which is text as it stands or else a value to write as JSON
 */
record Route(String verb, List<String> pattern, Kind kind, Function<Call, Object> answer) {

    enum Kind {
        /** Looks at what may change. */
        READS,
        /** Looks at what never changes while it is there. */
        READS_IMMUTABLE,
        /** Changes something: for whoever may decide. */
        WRITES
    }

    static Route reads(String verb, String pattern, Function<Call, Object> answer) {
        return new Route(verb, segments(pattern), Kind.READS, answer);
    }

    static Route readsImmutable(String pattern, Function<Call, Object> answer) {
        return new Route("GET", segments(pattern), Kind.READS_IMMUTABLE, answer);
    }

    static Route writes(String verb, String pattern, Function<Call, Object> answer) {
        return new Route(verb, segments(pattern), Kind.WRITES, answer);
    }

    private static List<String> segments(String path) {
        String inner = path.replaceAll("^/|/$", "");
        return inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
    }

    /**
     * The segments of a path as it was sent: what is decided by a path is decided by these. A slash at the end says
     * nothing.
     *
     * @throws IllegalArgumentException if it holds an escape that is none
     */
    static List<String> decoded(String path) {
        // A plus sign stands for itself in a path, and for a space in a query only.
        return segments(path).stream()
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    /** The pattern as a path, for people. */
    String path() {
        return "/" + String.join("/", pattern);
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
