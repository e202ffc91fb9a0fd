package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections that are in use in this JVM, one per configuration: the serdes of a service have one cache, one breaker and
 * one pool of HTTP connections between them. Opened for the first user, closed with the last.
 */
final class SharedConnections {

    /** Who configures alike gets the same. */
    private record Key(RegistryConfig registry, CacheConfig caches) {}

    private record Shared(CachingRegistry connection, int users) {}

    private static final Map<Key, Shared> SHARED = new ConcurrentHashMap<>();

    private SharedConnections() {}

    /** A user's own view of the connection; to close it again and again is fine. */
    static RegistryConnection open(RegistryConfig registry, CacheConfig caches) {
        Key key = new Key(registry, caches);
        Shared shared = SHARED.compute(
                key,
                (k, known) -> known == null
                        ? new Shared(opened(registry, caches), 1)
                        : new Shared(known.connection, known.users + 1));
        return shared.connection.view(() -> release(key));
    }

    private static CachingRegistry opened(RegistryConfig registry, CacheConfig caches) {
        return CachingRegistry.of(RegistryConnection.open(registry), caches, Ticker.systemTicker());
    }

    private static void release(Key key) {
        Shared[] last = new Shared[1];
        SHARED.computeIfPresent(key, (k, known) -> {
            if (known.users > 1) {
                return new Shared(known.connection, known.users - 1);
            }
            last[0] = known;
            return null;
        });
        // Outside the map's lock: closing may wait for a file.
        if (last[0] != null) {
            last[0].connection.close();
        }
    }

    /** Those in use. */
    static List<RegistryConnection> open() {
        return SHARED.values().stream()
                .<RegistryConnection>map(Shared::connection)
                .toList();
    }
}
