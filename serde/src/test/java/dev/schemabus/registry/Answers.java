package dev.schemabus.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A scripted server that answers by verb and path; what no test has said anything about isn't there. */
final class Answers {

    private final Map<String, String> answers = new ConcurrentHashMap<>();

    /** @param request such as {@code GET /subjects} */
    Answers on(String request, String json) {
        answers.put(request, json);
        return this;
    }

    ScriptedServer start() {
        return start(() -> {});
    }

    /** @param first what happens before each answer */
    ScriptedServer start(Runnable first) {
        return new ScriptedServer((exchange, closing) -> {
            first.run();
            String answer = answers.get(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (answer == null) {
                String body = "{\"error_code\":40403,\"message\":\"Schema not found\"}";
                ScriptedServer.send(exchange, 404, ScriptedServer.JSON, body);
            } else {
                ScriptedServer.send(exchange, 200, ScriptedServer.JSON, answer);
            }
        });
    }

    /** A version as registries describe it. */
    static String version(String subject, int version, int id, String schema, String... references) {
        return "{\"subject\":\"" + subject + "\",\"version\":" + version + ",\"id\":" + id + ",\"schema\":"
                + quoted(schema) + references(references) + "}";
    }

    /** A schema by itself, as registries describe it. */
    static String content(String schema, String... references) {
        return "{\"schema\":" + quoted(schema) + references(references) + "}";
    }

    /** @param references name and subject alternating; all to version 1 */
    private static String references(String... references) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < references.length; i += 2) {
            list.append(list.isEmpty() ? "" : ",")
                    .append("{\"name\":\"%s\",\"subject\":\"%s\",\"version\":1}"
                            .formatted(references[i], references[i + 1]));
        }
        return list.isEmpty() ? "" : ",\"references\":[" + list + "]";
    }

    private static String quoted(String json) {
        return "\"" + json.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
