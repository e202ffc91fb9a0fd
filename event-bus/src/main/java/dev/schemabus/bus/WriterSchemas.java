package dev.schemabus.bus;

import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.RegistryException;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaIdentifier;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.wire.MalformedRecordException;
import dev.schemabus.wire.WireFormats;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Internal: finds out under which schema a record was written, for its dead letter. That only describes: what can't be
 * found out stays away, and a registry that is away is not waited for twice within half a minute.
 */
final class WriterSchemas {

    private static final long REST_NANOS = 30_000_000_000L;

    /** Only schemas that the registry knows get here; more than any topic uses. */
    private static final int MOST = 10_000;

    private record Key(String topic, SchemaIdentifier schema) {}

    private final SchemaRegistry registry;
    private final SubjectNaming subjects;
    private final Map<Key, WriterSchema> known = new ConcurrentHashMap<>();
    private volatile @Nullable Long restsUntil;

    WriterSchemas(SchemaRegistry registry, SubjectNaming subjects) {
        this.registry = registry;
        this.subjects = subjects;
    }

    /** @param topic where the record was published */
    WriterSchema of(String topic, Headers headers, byte @Nullable [] value) {
        if (value == null) {
            return WriterSchema.UNKNOWN;
        }
        SchemaIdentifier named;
        try {
            Header header = headers.lastHeader(WireFormats.headerName(false));
            named = WireFormats.DUAL
                    .open(header == null ? null : header.value(), value, 0, value.length)
                    .schema();
        } catch (MalformedRecordException e) {
            return WriterSchema.UNKNOWN;
        }
        WriterSchema found = known.get(new Key(topic, named));
        return found != null ? found : ask(topic, named);
    }

    private WriterSchema ask(String topic, SchemaIdentifier named) {
        WriterSchema asNamed = new WriterSchema(
                named instanceof SchemaId id ? Optional.of(id) : Optional.empty(),
                named instanceof SchemaGuid guid ? Optional.of(guid) : Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Long rest = restsUntil;
        if (rest != null && System.nanoTime() - rest < 0) {
            return asNamed;
        }
        try {
            WriterSchema found = registered(topic, named, asNamed);
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(new Key(topic, named), found);
            return found;
        } catch (RuntimeException e) {
            restsUntil = System.nanoTime() + REST_NANOS;
            return asNamed;
        }
    }

    private WriterSchema registered(String topic, SchemaIdentifier named, WriterSchema asNamed) {
        EventSchema schema = named instanceof SchemaGuid guid ? registry.byGuid(guid) : registry.byId((SchemaId) named);
        Subject subject;
        try {
            subject = subjects.subject(topic, false, schema);
        } catch (IllegalArgumentException e) {
            return new WriterSchema(asNamed.id(), asNamed.guid(), Optional.empty(), schema.name());
        }
        try {
            RegisteredSchema registered = registry.lookup(subject, schema);
            return new WriterSchema(
                    asNamed.id().or(() -> Optional.of(registered.id())),
                    asNamed.guid().or(registered::guid),
                    Optional.of(subject),
                    schema.name());
        } catch (RegistryException e) {
            // A schema of another topic's subject, most often: a misrouted record.
            return new WriterSchema(asNamed.id(), asNamed.guid(), Optional.empty(), schema.name());
        }
    }
}
