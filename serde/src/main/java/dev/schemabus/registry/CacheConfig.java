package dev.schemabus.registry;

import java.time.Duration;

/**
 * What the cache in front of a registry keeps, and how long. What can't change is kept as long as there is room and isn't
 * spoken of here. An immutable value; the {@code with…} methods give changed copies.
 *
 * @param latestSize how many latest versions are kept; at least 0
 * @param latestTtl how long a latest version is kept; negative for as long as there is room, zero for never
 * @param missingIdTtl how long an id or GUID that the registry doesn't know isn't asked for again; zero for never
 * @param missingVersionTtl the same for the latest version of a subject that has none
 * @param missingSchemaTtl the same for a schema that a subject doesn't hold
 */
public record CacheConfig(
        int latestSize,
        Duration latestTtl,
        Duration missingIdTtl,
        Duration missingVersionTtl,
        Duration missingSchemaTtl) {

    /** @throws IllegalArgumentException if the size or the time of something missing is negative */
    public CacheConfig {
        if (latestSize < 0) {
            throw new IllegalArgumentException("A cache's size is not negative: " + latestSize);
        }
        for (Duration missing : new Duration[] {missingIdTtl, missingVersionTtl, missingSchemaTtl}) {
            if (missing.isNegative()) {
                throw new IllegalArgumentException("What is missing can't be so for ever: " + missing);
            }
        }
    }

    /** 1000 latest versions for ever, unknown ids for 5 seconds, nothing else that is missing. */
    public static CacheConfig standard() {
        return new CacheConfig(1000, Duration.ofSeconds(-1), Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO);
    }

    /** A copy that keeps so many latest versions for so long. */
    public CacheConfig withLatest(int size, Duration ttl) {
        return new CacheConfig(size, ttl, missingIdTtl, missingVersionTtl, missingSchemaTtl);
    }

    /** A copy that keeps latest versions for so long. */
    public CacheConfig withLatestTtl(Duration ttl) {
        return withLatest(latestSize, ttl);
    }

    /** A copy that remembers for so long what is missing. */
    public CacheConfig withMissingTtls(Duration id, Duration version, Duration schema) {
        return new CacheConfig(latestSize, latestTtl, id, version, schema);
    }
}
