package dev.schemabus.serde;

import dev.schemabus.codec.Codec;
import dev.schemabus.codec.CodecFactory;
import dev.schemabus.codec.UnreadableSchemaException;
import dev.schemabus.registry.RegisteredSchema;
import dev.schemabus.registry.SchemaId;
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
import dev.schemabus.wire.WireFormats;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From a record to the bytes of a Kafka key or value, without Kafka: schema, subject, id, payload, frame. May be used by
 * many threads at once. The registry is asked once per topic and class.
 *
 * @param <T> what it writes: a record, or a sealed interface over records
 */
public final class EventWriter<T> {

    private static final int NO_SUBJECT = 40401;

    private final SchemaRegistry registry;
    private final SchemaGenerator generator;
    private final CodecFactory codecs;
    private final WireFormat wireFormat = WireFormats.PREFIX_ID;
    private final SchemaFormat format;
    private final SubjectNaming naming;
    private final SchemaSource source;
    private final boolean strictLatest;
    private final boolean isKey;
    private final Map<Class<?>, Map<String, Prepared<T>>> prepared = new ConcurrentHashMap<>();

    private record Prepared<T>(SchemaId id, Codec<T> codec) {}

    private EventWriter(Builder<T> builder) {
        this.registry = builder.registry;
        this.generator = builder.generator;
        this.codecs = new CodecFactory(generator);
        this.format = builder.format;
        this.naming = builder.naming;
        this.source = builder.source;
        this.strictLatest = builder.strictLatest;
        this.isKey = builder.isKey;
    }

    /** Starts a writer that asks the given registry. */
    public static <T> Builder<T> builder(SchemaRegistry registry) {
        return new Builder<>(registry);
    }

    /**
     * Writes one record.
     *
     * @param topic the topic it is meant for; subject namings use it
     * @param event the record
     * @throws dev.schemabus.schema.SchemaException if the class has no schema
     * @throws dev.schemabus.codec.CodecException if the value doesn't fit its schema
     * @throws dev.schemabus.registry.RegistryException if the registry refuses, lacks the schema, or can't be asked
     */
    public byte[] write(String topic, T event) {
        Prepared<T> ready = prepared(topic, event.getClass());
        byte[] framed = ready.codec().encode(event, wireFormat.headroom());
        wireFormat.stamp(framed, ready.id());
        return framed;
    }

    /**
     * Does now what the first {@link #write} of a class would do: makes its schema, finds or registers it, plans the
     * codec.
     */
    public void prepare(String topic, Class<? extends T> type) {
        prepared(topic, type);
    }

    private Prepared<T> prepared(String topic, Class<?> type) {
        Map<String, Prepared<T>> byTopic = prepared.computeIfAbsent(type, t -> new ConcurrentHashMap<>());
        Prepared<T> ready = byTopic.get(topic);
        if (ready != null) {
            return ready;
        }
        // Not computeIfAbsent: a registry that hangs must not block the threads of other topics.
        Prepared<T> made = make(topic, type);
        Prepared<T> first = byTopic.putIfAbsent(topic, made);
        return first == null ? made : first;
    }

    private Prepared<T> make(String topic, Class<?> type) {
        Remedies.requireNoPlainValue(topic, type, isKey);
        // Registries are told no references yet, so shared records are written out.
        EventSchema own = generator.generate(type, format).inlined();
        Subject subject = naming.subject(topic, isKey, own);
        @SuppressWarnings("unchecked") // an event's class is a class of T
        Class<T> eventType = (Class<T>) type;
        if (source instanceof SchemaSource.Register) {
            return new Prepared<>(register(subject, own), codecs.codec(eventType, own));
        }
        if (source instanceof SchemaSource.Lookup) {
            RegisteredSchema found = lookup(subject, own);
            return new Prepared<>(found.id(), codecs.codec(eventType, found.schema()));
        }
        if (!source.equals(SchemaSource.LATEST)) {
            throw new SchemaException("Not written yet under " + source);
        }
        RegisteredSchema latest = latest(subject);
        requireCompatible(own, latest);
        return new Prepared<>(latest.id(), codecs.codec(eventType, latest.schema()));
    }

    private SchemaId register(Subject subject, EventSchema own) {
        try {
            return registry.register(subject, own).id();
        } catch (SchemaRefusedException e) {
            throw Remedies.refused(e, registry, subject, own, new Remedies.Setting(naming, isKey));
        }
    }

    private RegisteredSchema lookup(Subject subject, EventSchema own) {
        try {
            return registry.lookup(subject, own);
        } catch (SchemaNotFoundException e) {
            Optional<RegisteredSchema> equivalent =
                    e.code() == NO_SUBJECT ? Optional.empty() : equivalentLatest(subject, own);
            return equivalent.orElseThrow(() -> Remedies.notRegistered(e, subject, own));
        }
    }

    /** Registries compare texts: a doc that was changed since, or members in another order, are another schema to them. */
    private Optional<RegisteredSchema> equivalentLatest(Subject subject, EventSchema own) {
        try {
            return Optional.of(registry.latest(subject))
                    .filter(latest -> latest.schema().isEquivalentTo(own));
        } catch (SchemaNotFoundException | SchemaException e) {
            return Optional.empty();
        }
    }

    private RegisteredSchema latest(Subject subject) {
        try {
            return registry.latest(subject);
        } catch (SchemaNotFoundException e) {
            throw Remedies.noLatest(e, subject);
        }
    }

    /** {@code latest.compatibility.strict}: what this type means must be readable as what the latest version means. */
    private void requireCompatible(EventSchema own, RegisteredSchema latest) {
        List<Incompatibility> obstacles = strictLatest
                ? Compatibility.check(CompatibilityLevel.BACKWARD, latest.schema(), List.of(own))
                : List.of();
        if (!obstacles.isEmpty()) {
            throw new UnreadableSchemaException(own.name().orElse("This type") + " doesn't fit version "
                    + latest.version() + " of " + latest.subject() + ", the latest: "
                    + String.join(
                            "; ",
                            obstacles.stream().map(Incompatibility::toString).toList())
                    + " (use.latest.version=true with latest.compatibility.strict=true)");
        }
    }

    /**
     * The settings of a writer.
     *
     * @param <T> what it writes
     */
    public static final class Builder<T> {
        private final SchemaRegistry registry;
        private SchemaGenerator generator = SchemaGenerator.standard();
        private SchemaFormat format = SchemaFormat.AVRO;
        private SubjectNaming naming = SubjectNaming.TOPIC;
        private SchemaSource source = SchemaSource.REGISTER;
        private boolean strictLatest = true;
        private boolean isKey;

        private Builder(SchemaRegistry registry) {
            this.registry = registry;
        }

        /** Makes the schemas. Default: {@link SchemaGenerator#standard}. */
        public Builder<T> generator(SchemaGenerator schemaGenerator) {
            this.generator = schemaGenerator;
            return this;
        }

        /** The language of the schemas. Default: Avro. */
        public Builder<T> format(SchemaFormat schemaFormat) {
            this.format = schemaFormat;
            return this;
        }

        /** Names the subjects. Default: {@link SubjectNaming#TOPIC}. */
        public Builder<T> naming(SubjectNaming subjectNaming) {
            this.naming = subjectNaming;
            return this;
        }

        /** Which registered schema to write under. Default: {@link SchemaSource#REGISTER}. */
        public Builder<T> source(SchemaSource schemaSource) {
            this.source = schemaSource;
            return this;
        }

        /** Whether {@link SchemaSource#LATEST} requires that the latest version reads what the type writes. Default: true. */
        public Builder<T> strictLatest(boolean strict) {
            this.strictLatest = strict;
            return this;
        }

        /** Whether it writes keys rather than values. Default: values. */
        public Builder<T> isKey(boolean key) {
            this.isKey = key;
            return this;
        }

        /** Builds the writer; asks nobody yet. */
        public EventWriter<T> build() {
            return new EventWriter<>(this);
        }
    }
}
