package dev.schemabus.serde;

import dev.schemabus.codec.CodecFactory;
import dev.schemabus.codec.CodecMode;
import dev.schemabus.codec.Limits;
import dev.schemabus.registry.SchemaIdentifier;
import dev.schemabus.registry.SchemaRegistry;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.wire.Frame;
import dev.schemabus.wire.MalformedRecordException;
import dev.schemabus.wire.WireFormat;
import dev.schemabus.wire.WireFormats;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * From the bytes of a Kafka key or value to a record, without Kafka: frame, id, schema, payload. May be used by many
 * threads at once. The registry is asked once per schema id. Only the types named when it was built are ever made.
 *
 * @param <T> what it reads
 */
public final class EventReader<T> {

    private final WireFormat wireFormat;
    private final RecordHeaders beside;
    private final @Nullable StoreTopics stores;
    private final boolean checksum;
    private final ReadPreparation<T> preparation;
    private final ReadPlans<ReadPlan<T>> plans = new ReadPlans<>();

    private EventReader(Builder<T> builder) {
        this.wireFormat = builder.wireFormat;
        this.beside = new RecordHeaders(builder.isKey, false, builder.stores != null);
        this.stores = builder.stores;
        this.checksum = builder.checksum;
        this.preparation = new ReadPreparation<>(
                builder.registry,
                new CodecFactory(builder.generator)
                        .withLimits(builder.limits)
                        .withMode(builder.codecMode)
                        .withValidation(builder.validated)
                        .withUnknownPropertiesRefused(builder.unknownPropertiesRefused),
                new TypeBinding<>(builder.generator, builder.types, builder.unbound));
    }

    /** Starts a reader that asks the given registry. */
    public static <T> Builder<T> builder(SchemaRegistry registry) {
        return new Builder<>(registry);
    }

    /**
     * Reads one record that has no headers, or none that matter.
     *
     * @param topic the topic it came from, for messages
     * @param bytes the key or value, not null (a tombstone has no value to read)
     * @throws dev.schemabus.codec.CodecException if the bytes carry no schema id or the payload is bad, or if its schema
     *     can't be read as the bound type
     * @throws UnboundTypeException if the schema names a type that this reader doesn't make
     * @throws dev.schemabus.schema.SchemaException if the registry holds a schema that nobody can read
     * @throws dev.schemabus.registry.RegistryException if the registry doesn't know the id, or can't be asked
     */
    public T read(String topic, byte[] bytes) {
        return read(topic, null, null, bytes, 0, bytes.length);
    }

    /**
     * Reads one record by its headers, too: the schema may be named there, and a checksum of the payload is compared.
     *
     * @param headers those of the record
     * @throws RuntimeException as {@link #read(String, byte[])}
     */
    public T read(String topic, Headers headers, byte[] bytes) {
        return read(topic, headers, bytes, 0, bytes.length);
    }

    T read(String topic, Headers headers, byte[] bytes, int offset, int length) {
        if (stores != null && stores.contain(topic)) {
            return read(topic, null, null, bytes, offset, length);
        }
        T event = read(
                topic,
                beside.schema(headers, bytes, offset, length),
                checksum ? beside.checksum(headers, bytes, offset, length) : null,
                bytes,
                offset,
                length);
        if (stores != null) {
            beside.afterReading(headers, bytes, offset, length);
        }
        return event;
    }

    /** What is left to do for a record without a value, which is not read. */
    void passTombstone(Headers headers) {
        if (stores != null) {
            beside.afterTombstone(headers);
        }
    }

    private T read(
            String topic,
            byte @Nullable [] schemaHeader,
            byte @Nullable [] checksum,
            byte[] bytes,
            int offset,
            int length) {
        Frame frame;
        try {
            frame = wireFormat.open(schemaHeader, bytes, offset, length);
        } catch (MalformedRecordException e) {
            throw Remedies.notFramed(e, topic);
        }
        if (checksum != null) {
            beside.requireChecksum(checksum, frame.bytes(), frame.offset(), frame.length(), topic);
        }
        int id = frame.id();
        ReadPlan<T> plan = id == Frame.NO_ID ? null : plans.get(id);
        if (plan == null) {
            plan = plan(topic, frame.schema());
        }
        return plan.decoder(topic).decode(frame.bytes(), frame.offset(), frame.length());
    }

    private ReadPlan<T> plan(String topic, SchemaIdentifier schema) {
        ReadPlan<T> known = plans.search(schema);
        // Asked outside any lock: a registry that hangs must not block the readers of other ids.
        return known != null ? known : plans.keep(schema, preparation.plan(topic, schema));
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
        private WireFormat wireFormat = WireFormats.DUAL;
        private Limits limits = Limits.standard();
        private CodecMode codecMode = CodecMode.GENERATED;
        private boolean validated;
        private boolean unknownPropertiesRefused;
        private Unbound unbound = Unbound.FAIL;
        private boolean checksum = true;
        private boolean isKey;
        private @Nullable StoreTopics stores;

        private Builder(SchemaRegistry registry) {
            this.registry = registry;
        }

        /**
         * Adds a record, or all records of a sealed interface, to what may be read; also Avro's {@code GenericRecord}, or
         * a class of {@code SpecificRecord}.
         */
        public Builder<T> type(Class<? extends T> type) {
            types.add(type);
            return this;
        }

        /** Adds several, as {@link #type}. */
        public Builder<T> types(Collection<? extends Class<? extends T>> more) {
            types.addAll(more);
            return this;
        }

        /**
         * What becomes of records whose schema names none of the types. Default: {@link Unbound#FAIL}. With another,
         * {@code T} must be a type that such a value has.
         */
        public Builder<T> unbound(Unbound others) {
            this.unbound = others;
            return this;
        }

        /** Sees the types. Default: {@link SchemaGenerator#standard}. */
        public Builder<T> generator(SchemaGenerator schemaGenerator) {
            this.generator = schemaGenerator;
            return this;
        }

        /** Where the schema's id is looked for. Default: {@link WireFormats#DUAL}. */
        public Builder<T> wireFormat(WireFormat format) {
            this.wireFormat = format;
            return this;
        }

        /** How much a payload may ask for. Default: {@link Limits#standard}. */
        public Builder<T> limits(Limits most) {
            this.limits = most;
            return this;
        }

        /** How decoders work. Default: {@link CodecMode#GENERATED}. */
        public Builder<T> codecMode(CodecMode mode) {
            this.codecMode = mode;
            return this;
        }

        /** Whether JSON payloads are checked against what their schema asserts beyond types. Default: false. */
        public Builder<T> validated(boolean wanted) {
            this.validated = wanted;
            return this;
        }

        /** Whether a JSON payload with properties that its record doesn't have is refused. Default: false. */
        public Builder<T> unknownPropertiesRefused(boolean refused) {
            this.unknownPropertiesRefused = refused;
            return this;
        }

        /** Whether a payload is compared with the checksum in its header, where there is one. Default: true. */
        public Builder<T> checksum(boolean compared) {
            this.checksum = compared;
            return this;
        }

        /** Whether it reads keys rather than values, which have other headers. Default: values. */
        public Builder<T> isKey(boolean key) {
            this.isKey = key;
            return this;
        }

        /** For a reader in Kafka Streams: which topics stand for state stores. */
        Builder<T> stores(@Nullable StoreTopics topics) {
            this.stores = topics;
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
