package dev.schemabus.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls of a registry in the same process. */
final class LocalCalls implements RestCalls {

    private final String where;
    private final RegistryEndpoint endpoint;

    LocalCalls(String where, RegistryEndpoint endpoint) {
        this.where = where;
        this.endpoint = endpoint;
    }

    @Override
    public JsonNode call(String purpose, String verb, String path, @Nullable String body) {
        RegistryEndpoint.Answer answer = endpoint.answer(verb, path, body);
        return new HttpAnswer(new HttpAnswer.Context(purpose, where, Optional.empty()), answer).json();
    }

    @Override
    public String where() {
        return where;
    }
}
