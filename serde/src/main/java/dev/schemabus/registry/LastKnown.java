package dev.schemabus.registry;

import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a registry said in earlier lives of the service, for when it can't be asked. The registry always goes first: a file
 * could be that of a registry that was set up anew since, and has given its ids to other schemas.
 */
final class LastKnown {

    private static final Logger LOG = LoggerFactory.getLogger(LastKnown.class);

    private final Optional<DiskCache> disk;

    /** @param disk where it is kept; empty for nowhere */
    LastKnown(Optional<DiskCache> disk) {
        this.disk = disk;
    }

    /** What the registry answers; it is kept. */
    EventSchema schema(SchemaIdentifier identifier, Supplier<EventSchema> ask) {
        return answer(
                () -> DiskEntries.key(identifier),
                ask,
                DiskEntries::write,
                DiskEntries::schema,
                EventSchema::isEquivalentTo);
    }

    Optional<EventSchema> schema(SchemaIdentifier identifier) {
        return disk.flatMap(file -> read(file, DiskEntries.key(identifier), DiskEntries::schema));
    }

    /** What the registry answers; it is kept. */
    Registration registration(Subject subject, EventSchema schema, Supplier<Registration> ask) {
        return answer(
                () -> DiskEntries.key("registered", subject, schema),
                ask,
                DiskEntries::write,
                DiskEntries::registration,
                (known, now) -> known.id().equals(now.id()));
    }

    Optional<Registration> registration(Subject subject, EventSchema schema) {
        return disk.flatMap(
                file -> read(file, DiskEntries.key("registered", subject, schema), DiskEntries::registration));
    }

    /** What the registry answers; it is kept. */
    RegisteredSchema found(Subject subject, EventSchema schema, Supplier<RegisteredSchema> ask) {
        return answer(
                () -> DiskEntries.key("found", subject, schema),
                ask,
                DiskEntries::write,
                DiskEntries::registered,
                (known, now) -> known.id().equals(now.id()));
    }

    Optional<RegisteredSchema> found(Subject subject, EventSchema schema) {
        return disk.flatMap(file -> read(file, DiskEntries.key("found", subject, schema), DiskEntries::registered));
    }

    /** Keeps a latest version; unlike the others it may be replaced. */
    void keepLatest(Subject subject, Map<String, String> metadata, RegisteredSchema latest) {
        disk.ifPresent(file -> file.put(DiskEntries.key(subject, metadata), DiskEntries.write(latest)));
    }

    Optional<RegisteredSchema> latest(Subject subject, Map<String, String> metadata) {
        return disk.flatMap(file -> read(file, DiskEntries.key(subject, metadata), DiskEntries::registered));
    }

    /** About how many bytes of the file are in memory. */
    long bytes() {
        return disk.map(DiskCache::bytes).orElse(0L);
    }

    /** Why the file isn't written any more. */
    Optional<String> fileProblem() {
        return disk.flatMap(DiskCache::problem);
    }

    /** @param same whether two answers to one question can come from one registry */
    private <V> V answer(
            Supplier<String> keyOf,
            Supplier<V> ask,
            Function<V, String> write,
            Function<String, V> read,
            BiPredicate<V, V> same) {
        V now = ask.get();
        disk.ifPresent(file -> keep(file, keyOf.get(), now, write, read, same));
        return now;
    }

    private static <V> void keep(
            DiskCache file,
            String key,
            V now,
            Function<V, String> write,
            Function<String, V> read,
            BiPredicate<V, V> same) {
        String text = write.apply(now);
        if (!file.holds(key, text)) {
            if (read(file, key, read).filter(known -> !same.test(known, now)).isPresent()) {
                LOG.warn(
                        "The schema registry has given an id to another schema since {} was written ({}): it must have"
                                + " been set up anew. What the file holds of it is forgotten",
                        file,
                        key);
                file.forget();
            }
            file.put(key, text);
        }
    }

    private static <V> Optional<V> read(DiskCache file, String key, Function<String, V> read) {
        try {
            return file.get(key).map(read);
        } catch (IllegalArgumentException | SchemaException e) {
            LOG.warn("An entry of {} can't be used ({}): {}", file, key, e.getMessage());
            return Optional.empty();
        }
    }
}
