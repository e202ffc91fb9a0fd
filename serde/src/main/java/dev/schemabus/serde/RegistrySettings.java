package dev.schemabus.serde;

import dev.schemabus.registry.CacheConfig;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RetryConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** How to reach the registry, and how long to believe it. */
final class RegistrySettings {

    private RegistrySettings() {}

    static RegistryConfig registry(AbstractConfig config, Map<String, Object> given) {
        List<String> urls = config.getList(SerdeKeys.SCHEMA_REGISTRY_URL);
        if (urls.isEmpty()) {
            throw new ConfigException("Missing " + SerdeKeys.SCHEMA_REGISTRY_URL
                    + ": set it to your schema registry, such as http://localhost:8081 (in tests memory:any-name)");
        }
        RegistryConfig result = valid(SerdeKeys.SCHEMA_REGISTRY_URL, () -> RegistryConfig.of(String.join(",", urls)))
                .withNormalize(config.getBoolean(SerdeKeys.NORMALIZE_SCHEMAS))
                .withTimeouts(
                        Duration.ofMillis(config.getInt(SerdeKeys.HTTP_CONNECT_TIMEOUT_MS)),
                        Duration.ofMillis(config.getInt(SerdeKeys.HTTP_READ_TIMEOUT_MS)),
                        Duration.ofMillis(config.getInt(SerdeKeys.DEADLINE_MS)))
                .withRetries(new RetryConfig(
                        config.getInt(SerdeKeys.MAX_RETRIES),
                        Duration.ofMillis(config.getInt(SerdeKeys.RETRIES_WAIT_MS)),
                        Duration.ofMillis(config.getInt(SerdeKeys.RETRIES_MAX_WAIT_MS))));
        RegistryConfig withHeaders =
                valid(SerdeKeys.REQUEST_HEADER_PREFIX + "*", () -> result.withHeaders(headers(config, given)));
        RegistryConfig secured = withHeaders.withSecurity(SecuritySettings.security(config, given));
        return proxy(config).map(secured::withProxy).orElse(secured);
    }

    private static Optional<InetSocketAddress> proxy(AbstractConfig config) {
        String host = config.getString(SerdeKeys.PROXY_HOST);
        int port = config.getInt(SerdeKeys.PROXY_PORT);
        if (host.isEmpty() != (port < 0)) {
            throw new ConfigException(SerdeKeys.PROXY_HOST + " and " + SerdeKeys.PROXY_PORT
                    + " belong together, and only one of them is set: set the other, too, or remove it");
        }
        if (host.contains("/") || host.contains("@") || port > 65_535) {
            throw new ConfigException(SerdeKeys.PROXY_HOST + " and " + SerdeKeys.PROXY_PORT
                    + " are no host name and port: write for instance proxy.example.com and 3128");
        }
        // It is looked up when it is needed, and again when that is later.
        return host.isEmpty() ? Optional.empty() : Optional.of(InetSocketAddress.createUnresolved(host, port));
    }

    static CacheConfig caches(AbstractConfig config) {
        CacheConfig caches = CacheConfig.standard()
                .withBounds(config.getInt(SerdeKeys.CACHE_ENTRIES), config.getLong(SerdeKeys.CACHE_BYTES))
                .withLatest(config.getInt(SerdeKeys.LATEST_CACHE_SIZE), seconds(config, SerdeKeys.LATEST_CACHE_TTL_SEC))
                .withMissingTtls(
                        seconds(config, SerdeKeys.MISSING_ID_CACHE_TTL_SEC),
                        seconds(config, SerdeKeys.MISSING_VERSION_CACHE_TTL_SEC),
                        seconds(config, SerdeKeys.MISSING_SCHEMA_CACHE_TTL_SEC));
        String file = config.getString(SerdeKeys.CACHE_FILE);
        return file == null ? caches : caches.withFile(Path.of(file));
    }

    private static Duration seconds(AbstractConfig config, String key) {
        return Duration.ofSeconds(config.getLong(key));
    }

    private static RegistryConfig valid(String key, Supplier<RegistryConfig> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key + ": " + e.getMessage());
        }
    }

    private static Map<String, String> headers(AbstractConfig config, Map<String, Object> given) {
        // HTTP doesn't tell names apart by case, so one of two would win by chance.
        Map<String, String> keys = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        SecuritySettings.headers(config).forEach((key, header) -> keys.put(header, key));
        for (String key : new TreeSet<>(given.keySet())) {
            if (key.startsWith(SerdeKeys.REQUEST_HEADER_PREFIX)) {
                String other = keys.put(key.substring(SerdeKeys.REQUEST_HEADER_PREFIX.length()), key);
                if (other != null) {
                    throw Contradictions.contradiction(other, key, "both are one header: keep one of them");
                }
            }
        }
        Map<String, String> headers = new HashMap<>();
        keys.forEach((header, key) -> headers.put(header, String.valueOf(given.get(key))));
        return headers;
    }
}
