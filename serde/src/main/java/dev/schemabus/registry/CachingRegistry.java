package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.schemabus.schema.EventSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The one cache in front of a registry. What can't change (an id's schema, a registered schema's id) stays as long as
 * there is room; latest versions, what is missing and what is refused stay for a given time; the operator's verbs are never cached.
 */
final class CachingRegistry extends ForwardedAdmin implements RegistryConnection {

    /** Entries per kind. An event type takes a handful over its life. */
    private static final int SIZE = 10_000;

    private static final Duration FOREVER = Duration.ofNanos(-1);

    /** How long a schema isn't offered again: a producer whose schema is incompatible would do it for every record. */
    private static final Duration REFUSED = Duration.ofSeconds(5);

    private record Version(Subject subject, EventSchema schema) {}

    private record Latest(Subject subject, Map<String, String> metadata) {}

    private final RegistryConnection registry;
    private final SingleFlightCache<SchemaId, EventSchema> schemas;
    private final SingleFlightCache<SchemaGuid, EventSchema> schemasByGuid;
    private final SingleFlightCache<Version, Registration> registered;
    private final SingleFlightCache<Version, RegisteredSchema> lookups;
    private final SingleFlightCache<Latest, RegisteredSchema> latest;
    private final Misses<SchemaIdentifier, SchemaNotFoundException> missingIds;
    private final Misses<Latest, SchemaNotFoundException> missingVersions;
    private final Misses<Version, SchemaNotFoundException> missingSchemas;
    private final Misses<Version, SchemaRefusedException> refused;

    CachingRegistry(RegistryConnection registry, CacheConfig config, Ticker ticker) {
        super(registry);
        this.registry = registry;
        this.schemas = new SingleFlightCache<>(SIZE, FOREVER, ticker);
        this.schemasByGuid = new SingleFlightCache<>(SIZE, FOREVER, ticker);
        this.registered = new SingleFlightCache<>(SIZE, FOREVER, ticker);
        this.lookups = new SingleFlightCache<>(SIZE, FOREVER, ticker);
        this.latest = new SingleFlightCache<>(config.latestSize(), config.latestTtl(), ticker);
        this.missingIds = missing(config.missingIdTtl(), ticker);
        this.missingVersions = missing(config.missingVersionTtl(), ticker);
        this.missingSchemas = missing(config.missingSchemaTtl(), ticker);
        this.refused = new Misses<>(
                SchemaRefusedException.class,
                known -> new SchemaRefusedException(known.code(), String.valueOf(known.getMessage()), known),
                SIZE,
                REFUSED,
                ticker);
    }

    private static <K> Misses<K, SchemaNotFoundException> missing(Duration ttl, Ticker ticker) {
        return new Misses<>(
                SchemaNotFoundException.class,
                known -> new SchemaNotFoundException(known.code(), String.valueOf(known.getMessage()), known),
                SIZE,
                ttl,
                ticker);
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
            Registration registration = refused.get(version, () -> registry.register(subject, schema));
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
    public Registration register(Subject subject, SchemaContent content) {
        Registration registration = registry.register(subject, content);
        changed(subject);
        return registration;
    }

    @Override
    public void importVersion(StoredVersion version) {
        registry.importVersion(version);
        changed(version.subject());
        missingIds.removeIf(version.id()::equals);
    }

    @Override
    public List<Integer> delete(Subject subject) {
        List<Integer> versions = registry.delete(subject);
        changed(subject);
        return versions;
    }

    @Override
    public int delete(SubjectVersion version) {
        int number = registry.delete(version);
        changed(version.subject());
        return number;
    }

    /** Which versions a subject has: what was said about that is asked anew. */
    private void changed(Subject subject) {
        registered.removeIf(version -> version.subject().equals(subject));
        lookups.removeIf(version -> version.subject().equals(subject));
        latest.removeIf(known -> known.subject().equals(subject));
        missingVersions.removeIf(missing -> missing.subject().equals(subject));
        missingSchemas.removeIf(missing -> missing.subject().equals(subject));
        refused.removeIf(version -> version.subject().equals(subject));
    }

    @Override
    public void setConfig(SubjectConfig config) {
        registry.setConfig(config);
        refused.removeIf(version -> true);
    }

    @Override
    public void setConfig(Subject subject, SubjectConfig config) {
        registry.setConfig(subject, config);
        // A subject may be another one's alias, and a context's settings count for all in it.
        refused.removeIf(version -> true);
    }

    @Override
    public void clearConfig() {
        registry.clearConfig();
        refused.removeIf(version -> true);
    }

    @Override
    public void clearConfig(Subject subject) {
        registry.clearConfig(subject);
        refused.removeIf(version -> true);
    }

    @Override
    public void setMode(RegistryMode mode, boolean force) {
        registry.setMode(mode, force);
        refused.removeIf(version -> true);
    }

    @Override
    public void setMode(Subject subject, RegistryMode mode, boolean force) {
        registry.setMode(subject, mode, force);
        refused.removeIf(version -> true);
    }

    @Override
    public void clearMode() {
        registry.clearMode();
        refused.removeIf(version -> true);
    }

    @Override
    public void clearMode(Subject subject) {
        registry.clearMode(subject);
        refused.removeIf(version -> true);
    }

    @Override
    public void close() {
        registry.close();
    }
}
