package dev.schemabus.server;

import java.util.Optional;

/** What is for those who run the server: whether it lives, whether it is of use, and what it counts. */
final class Operations {

    private static final String JSON = "application/json";

    private final SubjectStore store;
    private final ServerMetrics metrics;

    Operations(SubjectStore store, ServerMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    Optional<Answer> answer(String verb, String path) {
        if (!verb.equals("GET") && !verb.equals("HEAD")) {
            return Optional.empty();
        }
        return switch (path) {
            case "/health/live" -> Optional.of(Answer.of(200, JSON, "{\"status\":\"UP\"}"));
            case "/health/ready" -> Optional.of(ready());
            case "/metrics" -> Optional.of(Answer.of(200, ServerMetrics.CONTENT_TYPE, metrics.text()));
            default -> Optional.empty();
        };
    }

    private Answer ready() {
        return store.log()
                .trouble()
                .map(reason -> Answer.of(503, JSON, Json.write(Json.object("status", "DOWN", "reason", reason))))
                .orElseGet(() -> Answer.of(200, JSON, "{\"status\":\"UP\"}"));
    }
}
