package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.schemabus.schema.EventSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A registry behind its cache. The operator's verbs are never cached, and tell the cache what they changed. */
final class CachingRegistry extends ForwardedAdmin implements RegistryConnection {

    private final RegistryConnection registry;
    private final RegistryCaches caches;
    private final LastKnown lastKnown;
    private final Runnable close;
    private final AtomicBoolean closed = new AtomicBoolean();

    private CachingRegistry(RegistryConnection registry, RegistryCaches caches, LastKnown lastKnown, Runnable close) {
        super(registry);
        this.registry = registry;
        this.caches = caches;
        this.lastKnown = lastKnown;
        this.close = close;
    }

    /** Puts a cache in front of a connection, and closes it with the cache. */
    static CachingRegistry of(RegistryConnection registry, CacheConfig config, Ticker ticker) {
        Background background = new Background("cache");
        return of(registry, config, ticker, background, background::close);
    }

    /**
     * As above, in somebody else's threads.
     *
     * @param last what to do before the connection is closed
     */
    static CachingRegistry of(
            RegistryConnection registry, CacheConfig config, Ticker ticker, Executor background, Runnable last) {
        CacheMeter meter = new CacheMeter();
        LastKnown lastKnown = new LastKnown(
                registry.lastingName()
                        .flatMap(name -> config.file().map(file -> new DiskCache(file, name, background))),
                meter);
        return new CachingRegistry(
                registry, new RegistryCaches(registry, config, lastKnown, meter, background, ticker), lastKnown, () -> {
                    last.run();
                    registry.close();
                });
    }

    /** The same for another user, who closes it in another way. */
    CachingRegistry view(Runnable closing) {
        return new CachingRegistry(registry, caches, lastKnown, closing);
    }

    @Override
    public EventSchema byId(SchemaId id) {
        return caches.byId(id);
    }

    @Override
    public EventSchema byGuid(SchemaGuid guid) {
        return caches.byGuid(guid);
    }

    @Override
    public Registration register(Subject subject, EventSchema schema) {
        return caches.register(subject, schema);
    }

    @Override
    public RegisteredSchema lookup(Subject subject, EventSchema schema) {
        return caches.lookup(subject, schema);
    }

    @Override
    public RegisteredSchema latest(Subject subject) {
        return caches.latest(subject);
    }

    @Override
    public RegisteredSchema freshLatest(Subject subject) {
        return caches.freshLatest(subject);
    }

    @Override
    public RegisteredSchema latestWith(Subject subject, Map<String, String> metadata) {
        return caches.latestWith(subject, metadata);
    }

    @Override
    public Registration register(Subject subject, SchemaContent content) {
        Registration registration = registry.register(subject, content);
        caches.subjectChanged(subject);
        return registration;
    }

    @Override
    public void importVersion(StoredVersion version) {
        registry.importVersion(version);
        caches.subjectChanged(version.subject());
        caches.idAdded(version.id());
    }

    @Override
    public List<Integer> delete(Subject subject) {
        List<Integer> versions = registry.delete(subject);
        caches.subjectChanged(subject);
        return versions;
    }

    @Override
    public int delete(SubjectVersion version) {
        int number = registry.delete(version);
        caches.subjectChanged(version.subject());
        return number;
    }

    @Override
    public void setConfig(SubjectConfig config) {
        registry.setConfig(config);
        caches.rulesChanged();
    }

    @Override
    public void setConfig(Subject subject, SubjectConfig config) {
        registry.setConfig(subject, config);
        // A subject may be another one's alias, and a context's settings count for all in it.
        caches.rulesChanged();
    }

    @Override
    public void clearConfig() {
        registry.clearConfig();
        caches.rulesChanged();
    }

    @Override
    public void clearConfig(Subject subject) {
        registry.clearConfig(subject);
        caches.rulesChanged();
    }

    @Override
    public void setMode(RegistryMode mode, boolean force) {
        registry.setMode(mode, force);
        caches.rulesChanged();
    }

    @Override
    public void setMode(Subject subject, RegistryMode mode, boolean force) {
        registry.setMode(subject, mode, force);
        caches.rulesChanged();
    }

    @Override
    public void clearMode() {
        registry.clearMode();
        caches.rulesChanged();
    }

    @Override
    public void clearMode(Subject subject) {
        registry.clearMode(subject);
        caches.rulesChanged();
    }

    @Override
    public RegistryMetrics metrics() {
        return caches.metrics(registry.metrics());
    }

    @Override
    public RegistryHealth health() {
        return registry.health().withCacheFileProblem(lastKnown.fileProblem());
    }

    @Override
    public Optional<String> lastingName() {
        return registry.lastingName();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            close.run();
        }
    }
}
