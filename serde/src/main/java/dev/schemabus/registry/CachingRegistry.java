package dev.schemabus.registry;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.schemabus.schema.EventSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A registry behind its cache. The operator's verbs are never cached, and tell the cache what they changed; also when they
 * fail, since what got no answer may have been done.
 */
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
        return of(registry, config, ticker, CacheThreads.own());
    }

    /** As above, in given threads, which end before the connection is closed. */
    static CachingRegistry of(RegistryConnection registry, CacheConfig config, Ticker ticker, CacheThreads threads) {
        CacheMeter meter = new CacheMeter();
        LastKnown lastKnown = new LastKnown(registry.lastingName()
                .flatMap(name ->
                        config.file().map(file -> new DiskCache(file, name, config.maxBytes(), threads.disk()))));
        return new CachingRegistry(
                registry, new RegistryCaches(registry, config, lastKnown, meter, threads, ticker), lastKnown, () -> {
                    threads.close().run();
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
        try {
            Registration registration = registry.register(subject, content);
            caches.idAdded(registration.id());
            return registration;
        } finally {
            caches.subjectChanged(subject);
        }
    }

    @Override
    public void importVersion(StoredVersion version) {
        try {
            registry.importVersion(version);
        } finally {
            caches.subjectChanged(version.subject());
            caches.idAdded(version.id());
        }
    }

    @Override
    public List<Integer> delete(Subject subject) {
        try {
            return registry.delete(subject);
        } finally {
            caches.subjectChanged(subject);
        }
    }

    @Override
    public int delete(SubjectVersion version) {
        try {
            return registry.delete(version);
        } finally {
            caches.subjectChanged(version.subject());
        }
    }

    @Override
    public List<Integer> deletePermanently(Subject subject) {
        try {
            return registry.deletePermanently(subject);
        } finally {
            caches.subjectChanged(subject);
        }
    }

    @Override
    public int deletePermanently(SubjectVersion version) {
        try {
            return registry.deletePermanently(version);
        } finally {
            caches.subjectChanged(version.subject());
        }
    }

    @Override
    public void setConfig(SubjectConfig config) {
        try {
            registry.setConfig(config);
        } finally {
            caches.rulesChanged();
        }
    }

    @Override
    public void setConfig(Subject subject, SubjectConfig config) {
        try {
            registry.setConfig(subject, config);
        } finally {
            // A subject may be another one's alias, and a context's settings count for all in it.
            caches.rulesChanged();
        }
    }

    @Override
    public void clearConfig() {
        try {
            registry.clearConfig();
        } finally {
            caches.rulesChanged();
        }
    }

    @Override
    public void clearConfig(Subject subject) {
        try {
            registry.clearConfig(subject);
        } finally {
            caches.rulesChanged();
        }
    }

    @Override
    public void setMode(RegistryMode mode, boolean force) {
        try {
            registry.setMode(mode, force);
        } finally {
            caches.rulesChanged();
        }
    }

    @Override
    public void setMode(Subject subject, RegistryMode mode, boolean force) {
        try {
            registry.setMode(subject, mode, force);
        } finally {
            caches.rulesChanged();
        }
    }

    @Override
    public void clearMode() {
        try {
            registry.clearMode();
        } finally {
            caches.rulesChanged();
        }
    }

    @Override
    public void clearMode(Subject subject) {
        try {
            registry.clearMode(subject);
        } finally {
            caches.rulesChanged();
        }
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
