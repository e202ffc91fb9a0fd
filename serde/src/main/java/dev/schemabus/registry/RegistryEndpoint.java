package dev.schemabus.registry;

import org.jspecify.annotations.Nullable;

/**
 * SPI: answers requests of the registry's REST API where there is no network in between.
 * {@link RegistryConnection#over} makes a connection of it, so that a registry in the same process is asked by the same
 * code as one over HTTP.
 */
@FunctionalInterface
public interface RegistryEndpoint {

    /**
     * Answers one request. Called from many threads.
     *
     * @param verb the HTTP method
     * @param path the path with a slash in front and the query, percent-encoded
     * @param body the JSON that was sent, if any
     */
    Answer answer(String verb, String path, @Nullable String body);

    /**
     * What HTTP would carry.
     *
     * @param status the HTTP status
     * @param body JSON
     */
    record Answer(int status, String body) {}
}
