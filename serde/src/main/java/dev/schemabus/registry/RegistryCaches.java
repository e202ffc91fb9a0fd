package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.schemabus.schema.EventSchema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a serializer asks a registry, asked once. What can't change (an id's schema, a registered schema's id) stays as long as
 * there is room; latest versions, what is missing and what is refused stay for a given time. While the registry can't be
 * asked, what was last known is given, in the last resort from the file.
 */
final class RegistryCaches implements SchemaRegistry {

    /** Misses are small, and ids come from records: more than this many are an attack. */
    private static final int MISSES = 10_000;

    /** In bytes: without them an unknown id would be a request for each record, however small the cache is. */
    private static final long LEAST_FOR_MISSES = 1 << 20;

    /** How long a schema isn't offered again: a producer whose schema is incompatible would do it for every record. */
    private static final Duration REFUSED = Duration.ofSeconds(5);

    /** How long somebody who is turned away isn't asked for again: with a wrong password each record would be a request. */
    private static final Duration TURNED_AWAY = Duration.ofSeconds(1);

    /** A question to which the answer was that it may not be asked. */
    private record Asked(String verb, Object key) {}

    /** A subject's latest version among some. The latest of all is called by its subject alone, which needs no new object. */
    private record LatestOfSome(Subject subject, Map<String, String> metadata) {}

    private final SchemaRegistry registry;
    private final LastKnown lastKnown;
    private final CacheMeter meter;
    private final SingleFlightCache<SchemaIdentifier, EventSchema> schemas;
    private final VersionCache<Registration> registered;
    private final VersionCache<RegisteredSchema> lookups;
    private final LatestCache<Object, RegisteredSchema> latest;
    private final Fallback<SchemaIdentifier, EventSchema> oldSchemas;
    private final Fallback<VersionKey, Registration> oldRegistrations;
    private final Fallback<VersionKey, RegisteredSchema> oldLookups;
    private final Misses<SchemaIdentifier, SchemaNotFoundException> missingIds;
    private final Misses<Object, SchemaNotFoundException> missingVersions;
    private final Misses<VersionKey, SchemaNotFoundException> missingSchemas;
    private final Misses<VersionKey, SchemaRefusedException> refused;
    private final Misses<Asked, RegistryAccessException> denied;
    private final Misses<Asked, NotARegistryException> alien;

    /**
     * @param lastKnown what to fall back on
     * @param threads where the registry is asked for what callers don't wait for
     */
    RegistryCaches(
            SchemaRegistry registry,
            CacheConfig config,
            LastKnown lastKnown,
            CacheMeter meter,
            CacheThreads threads,
            Ticker ticker) {
        this.registry = registry;
        this.lastKnown = lastKnown;
        this.meter = meter;
        int size = config.maxEntries();
        // Readers keep schemas by id, writers by subject; a service may be either.
        Bounds half = new Bounds(size, Math.max(1, config.maxBytes() / 2));
        Bounds sixth = new Bounds(size, Math.max(1, config.maxBytes() / 6));
        Duration limit = registry instanceof HttpRegistry http ? http.deadline() : RegistryConfig.DEFAULT_DEADLINE;
        this.schemas = new SingleFlightCache<>(half, (id, schema) -> Weights.of(schema), limit, meter);
        this.registered = new VersionCache<>(sixth, limit, meter);
        this.lookups = new VersionCache<>(sixth, limit, meter);
        this.latest = new LatestCache<>(
                this::loadLatest,
                new Bounds(config.latestSize(), sixth.bytes()),
                version -> Weights.of(version.schema()),
                config.latestTtl(),
                ticker,
                new LatestCache.Threads(threads.refreshers(), threads.askers(), limit),
                meter);
        this.oldSchemas = new Fallback<>(ticker, threads.refreshers(), meter);
        this.oldRegistrations = new Fallback<>(ticker, threads.refreshers(), meter);
        this.oldLookups = new Fallback<>(ticker, threads.refreshers(), meter);
        Bounds few = new Bounds(MISSES, Math.max(LEAST_FOR_MISSES, config.maxBytes() / 16));
        this.missingIds =
                new Misses<>(Misses.Kind.NOT_FOUND, few, id -> Weights.entry(), config.missingIdTtl(), ticker, meter);
        this.missingVersions = new Misses<>(
                Misses.Kind.NOT_FOUND, few, subject -> Weights.entry(), config.missingVersionTtl(), ticker, meter);
        this.missingSchemas =
                new Misses<>(Misses.Kind.NOT_FOUND, few, VersionKey::weight, config.missingSchemaTtl(), ticker, meter);
        this.refused = new Misses<>(Misses.Kind.REFUSED, few, VersionKey::weight, REFUSED, ticker, meter);
        this.denied = new Misses<>(Misses.Kind.DENIED, few, RegistryCaches::weight, TURNED_AWAY, ticker, meter);
        this.alien = new Misses<>(Misses.Kind.ALIEN, few, RegistryCaches::weight, TURNED_AWAY, ticker, meter);
    }

    private static int weight(Asked asked) {
        return asked.key instanceof VersionKey version ? version.weight() : Weights.entry();
    }

    /** What the registry answers, unless it has turned the caller away a moment ago. */
    private <V> V unlessTurnedAway(String verb, Object key, Supplier<V> ask) {
        Asked asked = new Asked(verb, key);
        return denied.get(asked, () -> alien.get(asked, ask));
    }

    @Override
    public EventSchema byId(SchemaId id) {
        EventSchema known = schemas.find(id);
        return known != null ? known : schema(id, () -> registry.byId(id));
    }

    @Override
    public EventSchema byGuid(SchemaGuid guid) {
        EventSchema known = schemas.find(guid);
        return known != null ? known : schema(guid, () -> registry.byGuid(guid));
    }

    private EventSchema schema(SchemaIdentifier identifier, Supplier<EventSchema> ask) {
        missingIds.check(identifier);
        return oldSchemas.get(
                identifier,
                () -> schemas.load(
                        identifier,
                        () -> missingIds.get(
                                identifier,
                                () -> unlessTurnedAway("schema", identifier, () -> lastKnown.schema(identifier, ask)))),
                () -> lastKnown.schema(identifier));
    }

    @Override
    public Registration register(Subject subject, EventSchema schema) {
        Registration known = registered.find(subject, schema);
        if (known != null) {
            return known;
        }
        VersionKey.Kept version = new VersionKey.Kept(subject, schema);
        refused.check(version);
        return oldRegistrations.get(
                version, () -> registerNow(version, subject, schema), () -> lastKnown.registration(subject, schema));
    }

    private Registration registerNow(VersionKey.Kept version, Subject subject, EventSchema schema) {
        return registered.load(version, () -> {
            Registration registration = refused.get(
                    version,
                    () -> unlessTurnedAway(
                            "register",
                            version,
                            () -> lastKnown.registration(subject, schema, () -> registry.register(subject, schema))));
            versionAdded(subject);
            missingSchemas.removeIf(version::equals);
            missingIds.removeIf(missing -> missing.equals(registration.id())
                    || registration.guid().filter(missing::equals).isPresent());
            return registration;
        });
    }

    @Override
    public RegisteredSchema lookup(Subject subject, EventSchema schema) {
        RegisteredSchema known = lookups.find(subject, schema);
        if (known != null) {
            return known;
        }
        VersionKey.Kept version = new VersionKey.Kept(subject, schema);
        missingSchemas.check(version);
        return oldLookups.get(
                version,
                () -> lookups.load(
                        version,
                        () -> missingSchemas.get(
                                version,
                                () -> unlessTurnedAway(
                                        "lookup",
                                        version,
                                        () -> lastKnown.found(
                                                subject, schema, () -> registry.lookup(subject, schema))))),
                () -> lastKnown.found(subject, schema));
    }

    @Override
    public RegisteredSchema latest(Subject subject) {
        return latestOf(subject);
    }

    @Override
    public RegisteredSchema latestWith(Subject subject, Map<String, String> metadata) {
        return latestOf(new LatestOfSome(subject, Map.copyOf(metadata)));
    }

    @Override
    public RegisteredSchema freshLatest(Subject subject) {
        return latest.reload(subject, () -> askedLatest(subject));
    }

    private RegisteredSchema latestOf(Object key) {
        try {
            return latest.get(key);
        } catch (RegistryUnavailableException e) {
            Optional<RegisteredSchema> known = lastKnown.latest(subject(key), metadata(key));
            if (known.isEmpty()) {
                throw e;
            }
            meter.stale.increment();
            return known.get();
        }
    }

    private RegisteredSchema loadLatest(Object key) {
        return missingVersions.get(key, () -> unlessTurnedAway("latest", key, () -> askedLatest(key)));
    }

    private RegisteredSchema askedLatest(Object key) {
        RegisteredSchema newest = key instanceof LatestOfSome some
                ? registry.latestWith(some.subject, some.metadata)
                : registry.latest(subject(key));
        lastKnown.keepLatest(subject(key), metadata(key), newest);
        return newest;
    }

    private static Subject subject(Object key) {
        return key instanceof LatestOfSome some ? some.subject : (Subject) key;
    }

    private static Map<String, String> metadata(Object key) {
        return key instanceof LatestOfSome some ? some.metadata : Map.of();
    }

    private void versionAdded(Subject subject) {
        latest.removeIf(known -> subject(known).equals(subject));
        missingVersions.removeIf(missing -> subject(missing).equals(subject));
    }

    /** Which versions a subject has: what was said about that is asked anew. */
    void subjectChanged(Subject subject) {
        versionAdded(subject);
        registered.removeIf(version -> version.subject().equals(subject));
        lookups.removeIf(version -> version.subject().equals(subject));
        oldRegistrations.removeIf(version -> version.subject().equals(subject));
        oldLookups.removeIf(version -> version.subject().equals(subject));
        missingSchemas.removeIf(missing -> missing.subject().equals(subject));
        refused.removeIf(version -> version.subject().equals(subject));
    }

    /** An id was given by other means. */
    void idAdded(SchemaId id) {
        missingIds.removeIf(id::equals);
    }

    /** What was refused may be taken now. */
    void rulesChanged() {
        refused.removeIf(version -> true);
    }

    private long bytes() {
        return schemas.bytes()
                + registered.bytes()
                + lookups.bytes()
                + latest.bytes()
                + missingIds.bytes()
                + missingVersions.bytes()
                + missingSchemas.bytes()
                + refused.bytes()
                + lastKnown.bytes();
    }

    /** What the cache did so far, and what the connection behind it did. */
    RegistryMetrics metrics(RegistryMetrics behind) {
        long entries = schemas.size() + registered.size() + lookups.size() + latest.size();
        return new RegistryMetrics(
                meter.hits.sum(),
                meter.misses.sum(),
                meter.loads.sum(),
                meter.failedLoads.sum(),
                Duration.ofNanos(meter.loadNanos.sum()),
                meter.evictions.sum(),
                meter.stale.sum(),
                entries + missingIds.size() + missingVersions.size() + missingSchemas.size() + refused.size(),
                bytes(),
                behind.requests(),
                behind.failures(),
                behind.retries(),
                behind.circuit());
    }
}
