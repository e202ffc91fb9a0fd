package dev.schemabus.serde;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.schemabus.codec.Codec;
import dev.schemabus.codec.CodecFactory;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaNotFoundException;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.schema.EventSchema;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.wire.Frame;
import dev.schemabus.wire.MalformedRecordException;
import dev.schemabus.wire.WireFormat;
import dev.schemabus.wire.WireFormats;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * From the bytes of a Kafka key or value to a record, without Kafka: frame, id, schema, payload. May be used by many
 * threads at once. The registry is asked once per schema id. Only the types named when it was built are ever made.
 *
 * @param <T> what it reads
 */
public final class EventReader<T> {

    /** More ids than any topic uses; the registry must know an id before it takes a place here. */
    private static final int MAX_CODECS = 10_000;

    private final SchemaRegistry registry;
    private final CodecFactory codecs;
    private final WireFormat wireFormat = WireFormats.PREFIX_ID;
    private final TypeBinding<T> types;
    private final Cache<SchemaId, Codec<? extends T>> codecById =
            Caffeine.newBuilder().maximumSize(MAX_CODECS).build();

    private EventReader(Builder<T> builder) {
        this.registry = builder.registry;
        this.codecs = new CodecFactory(builder.generator);
        this.types = new TypeBinding<>(builder.generator, builder.types);
    }

    /** Starts a reader that asks the given registry. */
    public static <T> Builder<T> builder(SchemaRegistry registry) {
        return new Builder<>(registry);
    }

    /**
     * Reads one record.
     *
     * @param topic the topic it came from, for messages
     * @param bytes the key or value, not null (a tombstone has no value to read)
     * @throws dev.schemabus.wire.MalformedRecordException if the bytes carry no schema id
     * @throws UnboundTypeException if the schema names a type that this reader doesn't make
     * @throws dev.schemabus.codec.CodecException if the payload is bad, or its schema can't be read as the bound type
     * @throws dev.schemabus.registry.RegistryException if the registry doesn't know the id, or can't be asked
     */
    public T read(String topic, byte[] bytes) {
        Frame frame = frame(topic, bytes);
        SchemaId id = new SchemaId(frame.id());
        Codec<? extends T> codec = codecById.getIfPresent(id);
        if (codec == null) {
            // Asked outside the cache's lock: a registry that hangs must not block the readers of other ids.
            codec = codec(topic, id);
            codecById.put(id, codec);
        }
        return codec.decode(frame.payload());
    }

    private Frame frame(String topic, byte[] bytes) {
        try {
            return wireFormat.open(null, bytes);
        } catch (MalformedRecordException e) {
            throw Remedies.notFramed(e, topic);
        }
    }

    private Codec<? extends T> codec(String topic, SchemaId id) {
        EventSchema writerSchema = writerSchema(topic, id);
        return codecs.codec(types.bound(topic, id, writerSchema), writerSchema);
    }

    private EventSchema writerSchema(String topic, SchemaId id) {
        try {
            return registry.byId(id);
        } catch (SchemaNotFoundException e) {
            throw Remedies.unknownId(e, topic, id);
        }
    }

    /**
     * The settings of a reader.
     *
     * @param <T> what it reads
     */
    public static final class Builder<T> {
        private final SchemaRegistry registry;
        private final List<Class<? extends T>> types = new ArrayList<>();
        private SchemaGenerator generator = SchemaGenerator.standard();

        private Builder(SchemaRegistry registry) {
            this.registry = registry;
        }

        /** Adds a record, or all records of a sealed interface, to what may be read. */
        public Builder<T> type(Class<? extends T> type) {
            types.add(type);
            return this;
        }

        /** Adds several, as {@link #type}. */
        public Builder<T> types(Collection<? extends Class<? extends T>> more) {
            types.addAll(more);
            return this;
        }

        /** Sees the types. Default: {@link SchemaGenerator#standard}. */
        public Builder<T> generator(SchemaGenerator schemaGenerator) {
            this.generator = schemaGenerator;
            return this;
        }

        /**
         * Builds the reader; asks nobody yet.
         *
         * @throws dev.schemabus.schema.SchemaException if a type has no schema
         * @throws IllegalArgumentException if no type was named, or two have the same name in schemas
         */
        public EventReader<T> build() {
            return new EventReader<>(this);
        }
    }
}
