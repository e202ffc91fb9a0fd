package dev.schemabus.serde;

import dev.schemabus.codec.CodecFactory;
import dev.schemabus.codec.UnreadableSchemaException;
import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.Registration;
import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaIdentifier;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRefusedException;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.registry.Subject;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.Compatibility;
import dev.schemabus.schema.CompatibilityLevel;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.Incompatibility;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.wire.WireFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Finds out what writing one type to one topic takes: its schema, the schema's id, the codec. Asks the registry. */
final class WritePreparation<T> {

    private static final int NO_SUBJECT = 40401;

    private final SchemaRegistry registry;
    private final SchemaGenerator generator;
    private final CodecFactory codecs;
    private final WireFormat wireFormat;
    private final SchemaFormat format;
    private final SubjectNaming naming;
    private final List<Class<?>> declared;
    private final SchemaSource source;
    private final boolean strict;
    private final boolean references;
    private final Duration latestTtl;
    private final boolean isKey;

    WritePreparation(EventWriter.Builder<T> builder) {
        this.registry = builder.registry;
        this.generator = builder.generator;
        this.codecs = new CodecFactory(generator)
                .withLimits(builder.limits)
                .withMode(builder.codecMode)
                .withValidation(builder.validated);
        this.wireFormat = builder.wireFormat;
        this.format = builder.format;
        this.naming = builder.naming;
        this.declared = List.copyOf(builder.types);
        this.source = builder.source;
        this.strict = builder.strict;
        this.references = builder.references;
        this.latestTtl = builder.latestTtl;
        this.isKey = builder.isKey;
    }

    /** The type whose schema an event's class is written under: its own, or a declared sealed interface's. */
    Class<?> written(Class<?> type) {
        if (naming == SubjectNaming.TOPIC) {
            for (Class<?> candidate : declared) {
                if (candidate.isSealed() && candidate.isAssignableFrom(type)) {
                    return candidate;
                }
            }
        }
        return type;
    }

    /**
     * Prepares.
     *
     * @param type what {@link #written} gave
     * @param avroSchema the schema that the events carry; null for events whose class says it
     * @param outdated what was prepared before, which is given again if the schema to write under is the same still
     */
    PreparedWrite<T> prepare(
            String topic, Class<?> type, @Nullable Schema avroSchema, @Nullable PreparedWrite<T> outdated) {
        Remedies.requireNoPlainValue(topic, type, isKey);
        EventSchema own = avroSchema == null ? generated(type) : carried(type, avroSchema);
        Subject subject = naming.subject(topic, isKey, own);
        @SuppressWarnings("unchecked") // an event's class is a class of T
        Class<T> eventType = (Class<T>) type;
        if (source instanceof SchemaSource.Register) {
            Registration registered = register(subject, own);
            return prepared(identifier(subject, registered.id(), registered.guid()), eventType, own);
        }
        if (source instanceof SchemaSource.Lookup) {
            RegisteredSchema found = withoutRules(lookup(subject, own));
            return prepared(identifier(subject, found.id(), found.guid()), eventType, found.schema());
        }
        if (source instanceof SchemaSource.Latest wanted) {
            RegisteredSchema latest = withoutRules(latest(subject, wanted.metadata()));
            SchemaIdentifier identifier = identifier(subject, latest.id(), latest.guid());
            if (outdated != null && outdated.schema.equals(identifier)) {
                return outdated.prolonged();
            }
            boolean any = wanted.metadata().isEmpty();
            requireReadable(
                    own,
                    latest.schema(),
                    "version " + latest.version() + " of " + subject + ", the latest"
                            + (any ? "" : " with the metadata " + wanted.metadata()),
                    (any ? "use.latest.version=true" : "use.latest.with.metadata")
                            + " with latest.compatibility.strict=true");
            return prepared(identifier, eventType, latest.schema()).lasting(latestTtl);
        }
        SchemaIdentifier fixed = ((SchemaSource.Fixed) source).schema();
        EventSchema schema = fixed(fixed);
        requireReadable(own, schema, "schema " + Remedies.named(fixed), "id.compatibility.strict=true");
        return prepared(fixed, eventType, schema);
    }

    private static RegisteredSchema withoutRules(RegisteredSchema found) {
        if (found.hasRules()) {
            throw Remedies.hasRules(found);
        }
        return found;
    }

    private EventSchema fixed(SchemaIdentifier schema) {
        if (wireFormat.namesByGuid() != schema instanceof SchemaGuid) {
            throw new IllegalArgumentException("Records are to be written under schema " + Remedies.named(schema)
                    + ", and the wire format names schemas by " + (wireFormat.namesByGuid() ? "GUID" : "id"));
        }
        try {
            return schema instanceof SchemaGuid guid ? registry.byGuid(guid) : registry.byId((SchemaId) schema);
        } catch (SchemaNotFoundException e) {
            throw Remedies.noFixed(e, schema);
        }
    }

    private SchemaIdentifier identifier(Subject subject, SchemaId id, Optional<SchemaGuid> guid) {
        return wireFormat.namesByGuid() ? guid.orElseThrow(() -> Remedies.noGuid(subject)) : id;
    }

    private PreparedWrite<T> prepared(SchemaIdentifier schema, Class<T> type, EventSchema writerSchema) {
        return new PreparedWrite<>(schema, wireFormat.header(schema).orElse(null), codecs.encoder(type, writerSchema));
    }

    private EventSchema generated(Class<?> type) {
        if (IndexedRecord.class.isAssignableFrom(type)) {
            throw new SchemaException(type.getName()
                    + " doesn't say its schema, its records do: the first record that is" + " written prepares it");
        }
        EventSchema schema = generator.generate(type, format);
        return references ? schema : schema.inlined();
    }

    private EventSchema carried(Class<?> type, Schema avroSchema) {
        if (format != SchemaFormat.AVRO) {
            throw new SchemaException(type.getName() + " is a record of Avro's, and " + SerdeKeys.FORMAT
                    + " is json: set it to avro, or write a Java record");
        }
        return EventSchema.registered(SchemaFormat.AVRO, avroSchema.toString());
    }

    private Registration register(Subject subject, EventSchema own) {
        try {
            return registry.register(subject, own);
        } catch (SchemaRefusedException e) {
            throw Remedies.refused(e, registry, subject, own, new Remedies.Setting(naming, isKey));
        }
    }

    private RegisteredSchema lookup(Subject subject, EventSchema own) {
        try {
            return registry.lookup(subject, own);
        } catch (SchemaNotFoundException e) {
            Optional<RegisteredSchema> equivalent =
                    e.code() == NO_SUBJECT ? Optional.empty() : equivalentLatest(subject, own, isRemembered(e));
            return equivalent.orElseThrow(() -> Remedies.notRegistered(e, subject, own));
        }
    }

    /** Within missing.schema.cache.ttl.sec. Whoever was told so first has looked at the latest version, too. */
    private static boolean isRemembered(SchemaNotFoundException e) {
        return e.getCause() instanceof SchemaNotFoundException;
    }

    /**
     * Registries compare texts: a doc that was changed since, or members in another order, are another schema to them. The
     * latest version is asked for anew: somebody may just have registered what was missing so far.
     */
    private Optional<RegisteredSchema> equivalentLatest(Subject subject, EventSchema own, boolean remembered) {
        try {
            return Optional.of(remembered ? registry.latest(subject) : registry.freshLatest(subject))
                    .filter(latest -> latest.schema().isEquivalentTo(own));
        } catch (SchemaNotFoundException | SchemaException e) {
            return Optional.empty();
        }
    }

    private RegisteredSchema latest(Subject subject, Map<String, String> metadata) {
        try {
            return metadata.isEmpty() ? registry.latest(subject) : registry.latestWith(subject, metadata);
        } catch (SchemaNotFoundException e) {
            throw Remedies.noLatest(e, subject, metadata);
        }
    }

    /** What this type means must be readable as what the schema means. */
    private void requireReadable(EventSchema own, EventSchema other, String described, String setting) {
        List<Incompatibility> obstacles =
                strict ? Compatibility.check(CompatibilityLevel.BACKWARD, other, List.of(own)) : List.of();
        if (!obstacles.isEmpty()) {
            throw new UnreadableSchemaException(own.name().orElse("This type") + " doesn't fit " + described + ": "
                    + String.join(
                            "; ",
                            obstacles.stream().map(Incompatibility::toString).toList())
                    + " (" + setting + ")");
        }
    }
}
