package dev.schemabus.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the cache in front of a registry keeps, and how long. What can't change is kept as long as there is room. An immutable
 * value; the {@code with…} methods give changed copies.
 *
 * @param latestSize how many latest versions are kept; at least 0
 * @param latestTtl how long a latest version is kept; negative for as long as there is room, zero for never. While the
 *     registry can't be asked, the last known one is given, however old
 * @param missingIdTtl how long an id or GUID that the registry doesn't know isn't asked for again; zero for never
 * @param missingVersionTtl the same for the latest version of a subject that has none
 * @param missingSchemaTtl the same for a schema that a subject doesn't hold
 * @param maxEntries how many schemas and ids are kept; at least 1
 * @param maxBytes about how many bytes they may take; at least 1
 * @param file where they are kept for a time when the service starts and the registry is away; empty for nowhere
 */
public record CacheConfig(
        int latestSize,
        Duration latestTtl,
        Duration missingIdTtl,
        Duration missingVersionTtl,
        Duration missingSchemaTtl,
        int maxEntries,
        long maxBytes,
        Optional<Path> file) {

    /** @throws IllegalArgumentException if a size or the time of something missing is negative, or a bound is below 1 */
    public CacheConfig {
        if (latestSize < 0) {
            throw new IllegalArgumentException("A cache's size is not negative: " + latestSize);
        }
        for (Duration missing : new Duration[] {missingIdTtl, missingVersionTtl, missingSchemaTtl}) {
            if (missing.isNegative()) {
                throw new IllegalArgumentException("What is missing can't be so for ever: " + missing);
            }
        }
        if (maxEntries < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("A cache needs room for at least one entry and one byte: " + maxEntries
                    + " entries, " + maxBytes + " bytes");
        }
    }

    /**
     * 1000 latest versions for ever, unknown ids for 5 seconds, nothing else that is missing; 100,000 schemas and ids in 64
     * MiB; no file.
     */
    public static CacheConfig standard() {
        return new CacheConfig(
                1000,
                Duration.ofSeconds(-1),
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ZERO,
                100_000,
                64L << 20,
                Optional.empty());
    }

    /** A copy that keeps so many latest versions for so long. */
    public CacheConfig withLatest(int size, Duration ttl) {
        return new CacheConfig(
                size, ttl, missingIdTtl, missingVersionTtl, missingSchemaTtl, maxEntries, maxBytes, file);
    }

    /** A copy that keeps latest versions for so long. */
    public CacheConfig withLatestTtl(Duration ttl) {
        return withLatest(latestSize, ttl);
    }

    /** A copy that remembers for so long what is missing. */
    public CacheConfig withMissingTtls(Duration id, Duration version, Duration schema) {
        return new CacheConfig(latestSize, latestTtl, id, version, schema, maxEntries, maxBytes, file);
    }

    /** A copy that keeps so much. */
    public CacheConfig withBounds(int entries, long bytes) {
        return new CacheConfig(
                latestSize, latestTtl, missingIdTtl, missingVersionTtl, missingSchemaTtl, entries, bytes, file);
    }

    /**
     * A copy that also keeps what it learns in a file. The file is made if it isn't there, readable for its owner alone; several
     * registries and several processes may share one.
     */
    public CacheConfig withFile(Path newFile) {
        return new CacheConfig(
                latestSize,
                latestTtl,
                missingIdTtl,
                missingVersionTtl,
                missingSchemaTtl,
                maxEntries,
                maxBytes,
                Optional.of(newFile));
    }
}
