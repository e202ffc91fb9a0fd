package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one cache in front of a registry. What can't change (an id's schema, a registered schema's id) stays as long as
 * there is room; latest versions and what is missing stay for a given time; the operator's verbs are never cached.
 */
final class CachingRegistry implements RegistryConnection {

    /** Entries per kind. An event type takes a handful over its life. */
    private static final int SIZE = 10_000;

    private static final Duration FOREVER = Duration.ofNanos(-1);

    private record Version(Subject subject, EventSchema schema) {}

    private record Latest(Subject subject, Map<String, String> metadata) {}

    private final RegistryConnection registry;
    private final SingleFlightCache<SchemaId, EventSchema> schemas;
    private final SingleFlightCache<SchemaGuid, EventSchema> schemasByGuid;
    private final SingleFlightCache<Version, Registration> registered;
    private final SingleFlightCache<Version, RegisteredSchema> lookups;
    private final SingleFlightCache<Latest, RegisteredSchema> latest;
    private final Misses<SchemaIdentifier> missingIds;
    private final Misses<Latest> missingVersions;
    private final Misses<Version> missingSchemas;

    CachingRegistry(RegistryConnection registry, CacheConfig config, Ticker ticker) {
        this.registry = registry;
        this.schemas = new SingleFlightCache<>(SIZE, FOREVER, ticker);
        this.schemasByGuid = new SingleFlightCache<>(SIZE, FOREVER, ticker);
        this.registered = new SingleFlightCache<>(SIZE, FOREVER, ticker);
        this.lookups = new SingleFlightCache<>(SIZE, FOREVER, ticker);
        this.latest = new SingleFlightCache<>(config.latestSize(), config.latestTtl(), ticker);
        this.missingIds = new Misses<>(SIZE, config.missingIdTtl(), ticker);
        this.missingVersions = new Misses<>(SIZE, config.missingVersionTtl(), ticker);
        this.missingSchemas = new Misses<>(SIZE, config.missingSchemaTtl(), ticker);
    }

    @Override
    public EventSchema byId(SchemaId id) {
        return schemas.get(id, () -> missingIds.get(id, () -> registry.byId(id)));
    }

    @Override
    public EventSchema byGuid(SchemaGuid guid) {
        return schemasByGuid.get(guid, () -> missingIds.get(guid, () -> registry.byGuid(guid)));
    }

    @Override
    public Registration register(Subject subject, EventSchema schema) {
        Version version = new Version(subject, schema);
        return registered.get(version, () -> {
            Registration registration = registry.register(subject, schema);
            latest.removeIf(known -> known.subject().equals(subject));
            missingVersions.removeIf(missing -> missing.subject().equals(subject));
            missingSchemas.removeIf(version::equals);
            missingIds.removeIf(missing -> missing.equals(registration.id())
                    || registration.guid().filter(missing::equals).isPresent());
            return registration;
        });
    }

    @Override
    public RegisteredSchema lookup(Subject subject, EventSchema schema) {
        Version version = new Version(subject, schema);
        return lookups.get(version, () -> missingSchemas.get(version, () -> registry.lookup(subject, schema)));
    }

    @Override
    public RegisteredSchema latest(Subject subject) {
        Latest key = new Latest(subject, Map.of());
        return latest.get(key, () -> missingVersions.get(key, () -> registry.latest(subject)));
    }

    @Override
    public RegisteredSchema freshLatest(Subject subject) {
        Latest key = new Latest(subject, Map.of());
        latest.remove(key);
        return latest.get(key, () -> registry.latest(subject));
    }

    @Override
    public RegisteredSchema latestWith(Subject subject, Map<String, String> metadata) {
        Latest key = new Latest(subject, Map.copyOf(metadata));
        return latest.get(key, () -> missingVersions.get(key, () -> registry.latestWith(subject, metadata)));
    }

    @Override
    public List<Subject> subjects() {
        return registry.subjects();
    }

    @Override
    public List<Integer> versions(Subject subject) {
        return registry.versions(subject);
    }

    @Override
    public RegisteredSchema version(Subject subject, int version) {
        return registry.version(subject, version);
    }

    @Override
    public List<String> incompatibilities(Subject subject, EventSchema schema) {
        return registry.incompatibilities(subject, schema);
    }

    @Override
    public CompatibilityLevel compatibility() {
        return registry.compatibility();
    }

    @Override
    public void setCompatibility(CompatibilityLevel level) {
        registry.setCompatibility(level);
    }

    @Override
    public Optional<CompatibilityLevel> compatibility(Subject subject) {
        return registry.compatibility(subject);
    }

    @Override
    public void setCompatibility(Subject subject, CompatibilityLevel level) {
        registry.setCompatibility(subject, level);
    }

    @Override
    public RegistryMode mode() {
        return registry.mode();
    }

    @Override
    public void setMode(RegistryMode mode) {
        registry.setMode(mode);
    }

    @Override
    public Optional<RegistryMode> mode(Subject subject) {
        return registry.mode(subject);
    }

    @Override
    public void setMode(Subject subject, RegistryMode mode) {
        registry.setMode(subject, mode);
    }

    @Override
    public void close() {
        registry.close();
    }
}
