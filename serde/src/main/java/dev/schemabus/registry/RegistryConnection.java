package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** An open connection to a registry: the serde's view and the operator's view of it in one. */
public interface RegistryConnection extends SchemaRegistry, RegistryAdmin, AutoCloseable {

    /**
     * Opens a connection with the provider that serves the URL's scheme. Opening sends nothing; the first call does.
     *
     * @throws IllegalArgumentException if no provider on the class path serves the scheme; the message lists those that
     *     are there
     */
    static RegistryConnection open(RegistryConfig config) {
        URI url = config.urls().get(0);
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        List<String> known = new ArrayList<>();
        for (RegistryProvider provider : ServiceLoader.load(RegistryProvider.class)) {
            if (provider.schemes().contains(scheme)) {
                return provider.connect(config);
            }
            known.addAll(provider.schemes());
        }
        // 'localhost:8081' reads as a URL of the scheme 'localhost'.
        if (url.getSchemeSpecificPart().matches("\\d+(/.*)?")) {
            throw RegistryConfig.withoutScheme(url.toString());
        }
        String remedy = scheme.equals("memory") || scheme.equals("mock")
                ? "add dev.schemabus:schemabus-registry-server to the class path"
                : "use one of " + known.stream().sorted().toList();
        throw new IllegalArgumentException("No registry provider for '" + scheme + ":' in "
                + RegistryConfig.shown(url.toString()) + ": " + remedy);
    }

    /** Opens a connection to one URL with the default settings. */
    static RegistryConnection open(String url) {
        return open(RegistryConfig.of(url));
    }

    /**
     * Makes a connection of something that answers as a registry does, without a network in between.
     *
     * @param where what it is called in messages, such as {@code memory:orders}
     * @param normalize whether the registry is to compare schemas in their normal form
     */
    static RegistryConnection over(String where, RegistryEndpoint endpoint, boolean normalize) {
        return new HttpRegistry(new LocalCalls(where, endpoint), normalize);
    }

    /**
     * Puts the cache in front of a connection: what can't change is asked for once and kept, by any number of threads.
     * The operator's verbs pass through.
     *
     * @param config how long what may change is kept
     * @return a connection that closes the given one
     */
    static RegistryConnection cached(RegistryConnection registry, CacheConfig config) {
        return CachingRegistry.of(registry, config, Ticker.systemTicker());
    }

    /**
     * Opens a connection with a cache in front, or gives the one that is open already: however many ask with equal settings,
     * there is one in this JVM, which is closed when all of them have closed theirs.
     *
     * @throws IllegalArgumentException as {@link #open(RegistryConfig)}
     */
    static RegistryConnection shared(RegistryConfig registry, CacheConfig caches) {
        return SharedConnections.open(registry, caches);
    }

    /** What it has done so far. Counts nothing unless the implementation does. */
    default RegistryMetrics metrics() {
        return RegistryMetrics.NONE;
    }

    /** Whether the registry can be asked, as far as the calls so far tell; asks nobody. */
    default RegistryHealth health() {
        return RegistryHealth.good(getClass().getSimpleName());
    }

    /**
     * The name under which what is learnt of the registry may be kept in a file, such as its URLs. Empty for a registry whose
     * ids end with the JVM.
     */
    default Optional<String> lastingName() {
        return Optional.empty();
    }

    /** Frees what the connection holds. Doing it twice is fine. */
    @Override
    void close();
}
