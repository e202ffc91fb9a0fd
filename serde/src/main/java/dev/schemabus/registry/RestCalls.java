package dev.schemabus.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A way to make calls of the registry's REST API. */
interface RestCalls extends AutoCloseable {

    /**
     * Makes one call.
     *
     * @param purpose what the call is for, such as {@code register a schema for subject 'a'}; part of every message
     * @param path with a slash in front, encoded, with the query
     * @param body the JSON to send, if any
     * @return the answer's JSON
     */
    JsonNode call(String purpose, String verb, String path, @Nullable String body);

    /** Gives all the calls of an operation one deadline, instead of one each. */
    default <T> T inOneDeadline(Supplier<T> operation) {
        return operation.get();
    }

    /** The longest that an operation takes. */
    default Duration deadline() {
        return RegistryConfig.DEFAULT_DEADLINE;
    }

    /** Where the registry is, for messages. */
    String where();

    /** See {@link RegistryConnection#health}. */
    default RegistryHealth health() {
        return RegistryHealth.good(where());
    }

    /** See {@link RegistryConnection#metrics}. */
    default RegistryMetrics metrics() {
        return RegistryMetrics.NONE;
    }

    /** See {@link RegistryConnection#lastingName}. */
    default Optional<String> lastingName() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
