package dev.schemabus.serde;

import dev.schemabus.registry.CacheConfig;
import dev.schemabus.registry.RegistryConfig;
import dev.schemabus.registry.RetryConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

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
                valid(SerdeKeys.REQUEST_HEADER_PREFIX + "*", () -> result.withHeaders(headers(given)));
        Password userInfo = config.getPassword(SerdeKeys.BASIC_AUTH_USER_INFO);
        requireUserInfo(given, userInfo.value());
        return userInfo.value().isEmpty() ? withHeaders : withHeaders.withBasicCredentials(userInfo.value());
    }

    /** The text is a secret, so no message has it. */
    private static void requireUserInfo(Map<String, Object> given, String userInfo) {
        if (userInfo.isEmpty() && given.containsKey(SerdeKeys.BASIC_AUTH_CREDENTIALS_SOURCE)) {
            throw new ConfigException(SerdeKeys.BASIC_AUTH_CREDENTIALS_SOURCE + "=USER_INFO, and "
                    + SerdeKeys.BASIC_AUTH_USER_INFO + " is missing: set it to user:password, or remove the former");
        }
        if (!userInfo.isEmpty() && userInfo.indexOf(':') < 0) {
            throw new ConfigException(SerdeKeys.BASIC_AUTH_USER_INFO + " has no colon: write user:password (RFC 7617)");
        }
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

    private static Map<String, String> headers(Map<String, Object> given) {
        Map<String, String> headers = new HashMap<>();
        given.forEach((key, value) -> {
            if (key.startsWith(SerdeKeys.REQUEST_HEADER_PREFIX)) {
                headers.put(key.substring(SerdeKeys.REQUEST_HEADER_PREFIX.length()), value.toString());
            }
        });
        return headers;
    }
}
