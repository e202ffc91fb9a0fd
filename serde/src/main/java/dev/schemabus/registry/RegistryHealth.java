package dev.schemabus.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether a registry can be asked. While it can't, records whose schemas are known are written and read as before
 * ("degraded"), and only what is new fails.
 *
 * @param registry its URLs
 * @param circuit whether it is asked at the moment
 * @param throttledFor how long it asked to be left alone (HTTP 429); zero if it didn't
 * @param lastFailure what the last call without an answer failed with; empty if there was an answer since
 * @param cacheFileProblem why the cache's file is no longer written; empty if it is, or if there is none
 */
public record RegistryHealth(
        String registry,
        CircuitState circuit,
        Duration throttledFor,
        Optional<String> lastFailure,
        Optional<String> cacheFileProblem) {

    /** Of one that is always there. */
    static RegistryHealth good(String registry) {
        return new RegistryHealth(registry, CircuitState.CLOSED, Duration.ZERO, Optional.empty(), Optional.empty());
    }

    /** Of the connections that are shared in this JVM, as serializers and deserializers share them. */
    public static List<RegistryHealth> ofShared() {
        return SharedConnections.open().stream().map(RegistryConnection::health).toList();
    }

    /** Whether only what is known works at the moment. */
    public boolean isDegraded() {
        return circuit != CircuitState.CLOSED || !throttledFor.isZero();
    }

    RegistryHealth withCacheFileProblem(Optional<String> problem) {
        return new RegistryHealth(registry, circuit, throttledFor, lastFailure, problem);
    }
}
