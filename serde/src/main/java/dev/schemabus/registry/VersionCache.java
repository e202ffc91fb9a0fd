package dev.schemabus.registry;

import dev.schemabus.schema.EventSchema;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a registry says of a schema in a subject, and never says otherwise. Finding it again makes no object. */
final class VersionCache<V> {

    private final SingleFlightCache<VersionKey, V> entries;
    private final VersionKey.Probes probes = new VersionKey.Probes();

    /** @param limit the longest that a thread waits for another one's load */
    VersionCache(Bounds bounds, Duration limit, CacheMeter meter) {
        entries = new SingleFlightCache<>(bounds, (key, value) -> key.weight(), limit, meter);
    }

    /** The cached value; null if there is none. */
    @Nullable
    V find(Subject subject, EventSchema schema) {
        VersionKey.Probe probe = probes.take(subject, schema);
        V known = entries.find(probe);
        probes.back(probe);
        return known;
    }

    /** What {@code load} gives, for a version that {@link #find} doesn't. What it throws, it throws to all that wait. */
    V load(VersionKey.Kept version, Supplier<V> load) {
        return entries.load(version, load);
    }

    void removeIf(Predicate<VersionKey> outdated) {
        entries.removeIf(outdated);
    }

    long size() {
        return entries.size();
    }

    long bytes() {
        return entries.bytes();
    }
}
