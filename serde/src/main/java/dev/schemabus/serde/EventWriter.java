package dev.schemabus.serde;

import dev.schemabus.codec.CodecMode;
import dev.schemabus.codec.Limits;
import dev.schemabus.registry.RegistryUnavailableException;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.registry.SubjectNaming;
import dev.schemabus.schema.SchemaFormat;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import dev.schemabus.wire.WireFormat;
import dev.schemabus.wire.WireFormats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * From a record to the bytes of a Kafka key or value, without Kafka: schema, subject, id, payload, frame. May be used by
 * many threads at once. The registry is asked once per topic and class.
 *
 * <p>An event is a record, or one of Avro's: a {@code GenericRecord} or {@code SpecificRecord}, written under the schema
 * that it carries.
 *
 * @param <T> what it writes: a record, or a sealed interface over records
 */
public final class EventWriter<T> {

    private final SchemaGenerator generator;
    private final WireFormat wireFormat;
    private final int headroom;
    private final RecordHeaders beside;
    private final @Nullable StoreTopics stores;
    private final WritePreparation<T> preparation;

    private final RecentWrites<T> recent = new RecentWrites<>();

    /** On the classes, so that a writer that lives long keeps none of them from unloading. */
    private final ClassValue<PreparedWrites<T>> prepared = new ClassValue<>() {
        @Override
        protected PreparedWrites<T> computeValue(Class<?> type) {
            return new PreparedWrites<>();
        }
    };

    private EventWriter(Builder<T> builder) {
        this.generator = builder.generator;
        this.wireFormat = builder.wireFormat;
        this.headroom = wireFormat.headroom();
        this.beside = new RecordHeaders(builder.isKey, builder.checksum, builder.stores != null);
        this.stores = builder.stores;
        this.preparation = new WritePreparation<>(builder);
    }

    /** Starts a writer that asks the given registry. */
    public static <T> Builder<T> builder(SchemaRegistry registry) {
        return new Builder<>(registry);
    }

    /**
     * Writes one record that has no headers.
     *
     * @param topic the topic it is meant for; subject namings use it
     * @param event the record
     * @throws dev.schemabus.schema.SchemaException if the class has no schema
     * @throws dev.schemabus.codec.CodecException if the value doesn't fit its schema
     * @throws dev.schemabus.registry.RegistryException if the registry refuses, lacks the schema, or can't be asked
     * @throws IllegalArgumentException if the wire format sends a header
     */
    public byte[] write(String topic, T event) {
        PreparedWrite<T> ready = prepared(topic, event);
        if (ready.header != null) {
            throw Remedies.noHeaders(topic);
        }
        return framed(ready, event);
    }

    /**
     * Writes one record, and beside it what its wire format and the checksum need. What an earlier writer left in these
     * headers is removed: a consumer would believe it.
     *
     * @param headers those of the record
     * @throws RuntimeException as {@link #write(String, Object)}
     */
    public byte[] write(String topic, Headers headers, T event) {
        if (stores != null && stores.contain(topic)) {
            return writeToStore(stores, topic, headers, event);
        }
        PreparedWrite<T> ready = prepared(topic, event);
        byte[] framed = framed(ready, event);
        beside.put(headers, ready.header, framed, headroom);
        return framed;
    }

    /** Stores keep bytes alone. The headers are those of the record at hand, unless the topic is somebody's own after all. */
    private byte[] writeToStore(StoreTopics known, String topic, Headers headers, T event) {
        byte[] framed = write(topic, event);
        if (!known.surelyContain(topic)) {
            beside.remove(headers);
        }
        return framed;
    }

    private byte[] framed(PreparedWrite<T> ready, T event) {
        byte[] framed = ready.encoder.encode(event, headroom);
        wireFormat.stamp(framed, ready.schema);
        return framed;
    }

    private PreparedWrite<T> prepared(String topic, T event) {
        PreparedWrite<T> ready = recent.find(topic, event);
        return ready != null ? ready : search(topic, event);
    }

    private PreparedWrite<T> search(String topic, T event) {
        Schema carried = event instanceof IndexedRecord record ? record.getSchema() : null;
        PreparedWrites.Entry<T> entry = prepared(new PreparedWrites.Key(event.getClass(), topic, carried));
        // An entry for an equal schema would not be found, and one that gets outdated would be found for ever.
        if (entry.isFor(event, topic) && entry.write.lastsForEver()) {
            recent.add(entry);
        }
        return entry.write;
    }

    /**
     * Does now what the first {@link #write} of a class would do: makes its schema, finds or registers it, plans the
     * codec.
     *
     * @param type a record, or a sealed interface for all its records
     */
    public void prepare(String topic, Class<? extends T> type) {
        prepareAll(topic, type);
    }

    private void prepareAll(String topic, Class<?> type) {
        if (preparation.written(type) == type
                && type.isSealed()
                && generator.shape(type) instanceof Shape.OfUnion union) {
            union.branches().forEach(branch -> prepareAll(topic, branch.javaType()));
        } else {
            prepared(new PreparedWrites.Key(type, topic, null));
        }
    }

    private PreparedWrites.Entry<T> prepared(PreparedWrites.Key key) {
        PreparedWrites<T> ofClass = prepared.get(key.type());
        PreparedWrites.Entry<T> known = ofClass.find(key);
        if (known != null && !known.write.isOutdated()) {
            return known;
        }
        // Nobody is locked out meanwhile: a registry that hangs must not block the threads of other topics.
        try {
            return ofClass.keep(key, prepare(key, known == null ? null : known.write));
        } catch (RegistryUnavailableException e) {
            if (known == null) {
                throw e;
            }
            // What was the latest version a while ago is still a version; an outage doesn't stop the writing.
            return ofClass.keep(key, known.write.prolonged());
        }
    }

    private PreparedWrite<T> prepare(PreparedWrites.Key key, @Nullable PreparedWrite<T> outdated) {
        Class<?> written = preparation.written(key.type());
        return written == key.type()
                ? preparation.prepare(key.topic(), written, key.avroSchema(), outdated)
                : prepared(new PreparedWrites.Key(written, key.topic(), null)).write;
    }

    /**
     * The settings of a writer.
     *
     * @param <T> what it writes
     */
    public static final class Builder<T> {
        final SchemaRegistry registry;
        final List<Class<?>> types = new ArrayList<>();
        SchemaGenerator generator = SchemaGenerator.standard();
        WireFormat wireFormat = WireFormats.PREFIX_ID;
        SchemaFormat format = SchemaFormat.AVRO;
        SubjectNaming naming = SubjectNaming.TOPIC;
        SchemaSource source = SchemaSource.REGISTER;
        boolean strict = true;
        boolean references = true;
        Duration latestTtl = Duration.ofSeconds(-1);
        Limits limits = Limits.standard();
        CodecMode codecMode = CodecMode.GENERATED;
        boolean validated;
        boolean checksum;
        boolean isKey;

        @Nullable
        StoreTopics stores;

        private Builder(SchemaRegistry registry) {
            this.registry = registry;
        }

        /**
         * Declares a sealed interface as what a topic holds: with {@link SubjectNaming#TOPIC}, all its records are
         * written under its one schema, a union. Otherwise, and for types that aren't declared, each record is written
         * under a schema of its own; a reader reads both.
         */
        public Builder<T> type(Class<? extends T> type) {
            types.add(type);
            return this;
        }

        /** Declares several, as {@link #type}; records among them need no declaration. */
        public Builder<T> types(Collection<? extends Class<? extends T>> more) {
            types.addAll(more);
            return this;
        }

        /** Makes the schemas. Default: {@link SchemaGenerator#standard}. */
        public Builder<T> generator(SchemaGenerator schemaGenerator) {
            this.generator = schemaGenerator;
            return this;
        }

        /** How the schema's id travels. Default: {@link WireFormats#PREFIX_ID}. */
        public Builder<T> wireFormat(WireFormat format) {
            this.wireFormat = format;
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

        /**
         * Whether a schema that isn't the type's own ({@link SchemaSource.Latest}, {@link SchemaSource.Fixed}) must be able
         * to read what the type writes. Default: true.
         */
        public Builder<T> strict(boolean required) {
            this.strict = required;
            return this;
        }

        /**
         * Whether types that are {@link dev.schemabus.schema.Shared} are registered under subjects of their own, called by
         * the type's full name. Otherwise they are written out. Default: true.
         */
        public Builder<T> references(boolean kept) {
            this.references = kept;
            return this;
        }

        /**
         * How long the latest version is written under before the registry is asked for it again; while it can't be asked,
         * longer. Default: negative, for ever. Zero asks for every record.
         */
        public Builder<T> latestTtl(Duration ttl) {
            this.latestTtl = ttl;
            return this;
        }

        /**
         * Whether records that have headers get a checksum of their payload in one: {@code schemabus-crc32c}, for keys
         * {@code schemabus-key-crc32c}. Readers compare it wherever it is, unless told not to. Default: false.
         */
        public Builder<T> checksum(boolean wanted) {
            this.checksum = wanted;
            return this;
        }

        /** How much an event may take. Default: {@link Limits#standard}. */
        public Builder<T> limits(Limits most) {
            this.limits = most;
            return this;
        }

        /** How encoders work. Default: {@link CodecMode#GENERATED}. */
        public Builder<T> codecMode(CodecMode mode) {
            this.codecMode = mode;
            return this;
        }

        /** Whether JSON payloads are checked against what their schema asserts beyond types. Default: false. */
        public Builder<T> validated(boolean wanted) {
            this.validated = wanted;
            return this;
        }

        /** Whether it writes keys rather than values. Default: values. */
        public Builder<T> isKey(boolean key) {
            this.isKey = key;
            return this;
        }

        /** For a writer in Kafka Streams: which topics stand for state stores. */
        Builder<T> stores(@Nullable StoreTopics topics) {
            this.stores = topics;
            return this;
        }

        /** Builds the writer; asks nobody yet. */
        public EventWriter<T> build() {
            return new EventWriter<>(this);
        }
    }
}
