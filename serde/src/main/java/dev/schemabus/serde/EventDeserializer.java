package dev.schemabus.serde;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.schema.SchemaException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka deserializer for records, as key or value: {@code value.deserializer=dev.schemabus.serde.EventDeserializer}.
 * Reads Avro and JSON. Settings: {@link SerdeConfig}; the types it makes must be named there. A null stays null.
 *
 * <p>Throws {@link org.apache.kafka.common.errors.SerializationException} for a record that can't be read,
 * {@link RetriableRegistryException} when the registry can't be asked. Kafka's consumer wraps whatever a deserializer throws
 * in a {@link org.apache.kafka.common.errors.RecordDeserializationException}, itself a SerializationException: before
 * skipping a record that {@code poll()} can't give, look at its cause.
 *
 * @param <T> the records it makes
 */
public final class EventDeserializer<T> implements Deserializer<T> {

    private @Nullable RegistryConnection registry;
    private @Nullable EventReader<T> reader;

    private final boolean inStreams;

    /** For Kafka, which calls {@link #configure} next. */
    public EventDeserializer() {
        this(false);
    }

    /** @param inStreams whether some topics may be state stores, see {@link EventSerde} */
    EventDeserializer(boolean inStreams) {
        this.inStreams = inStreams;
    }

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        close();
        SerdeConfig config = new SerdeConfig(properties, isKey);
        if (config.types().isEmpty() && config.unbound() == Unbound.FAIL) {
            throw new ConfigException("EventDeserializer doesn't know which records to make"
                    + (config.findsClasses()
                            ? ", and finds no classes by the names in schemas, as " + SerdeKeys.SPECIFIC_AVRO_READER
                                    + "=true of Confluent's deserializer does"
                            : "")
                    + ": set "
                    + (isKey
                            ? SerdeKeys.KEY_TYPE + " to a record class"
                            : SerdeKeys.VALUE_TYPE + " to a record class (or a sealed interface), or "
                                    + SerdeKeys.EVENT_TYPES + " to several")
                    + (config.findsClasses()
                            ? ""
                            : ", or " + SerdeKeys.UNBOUND + "=GENERIC_RECORD for what Confluent's deserializer makes by"
                                    + " default"));
        }
        RegistryConnection opened = KafkaErrors.opening(config);
        registry = opened;
        @SuppressWarnings("unchecked") // what the configuration names is what the caller expects
        Collection<Class<? extends T>> types =
                (Collection<Class<? extends T>>) (Collection<?>) List.copyOf(config.types());
        try {
            reader = EventReader.<T>builder(opened)
                    .types(types)
                    .unbound(config.unbound())
                    .wireFormat(config.readFormat())
                    .limits(config.limits())
                    .codecMode(config.codecMode())
                    .validated(config.validatesJson())
                    .unknownPropertiesRefused(config.refusesUnknownProperties())
                    .checksum(config.integrityChecked())
                    .isKey(isKey)
                    .stores(inStreams ? StoreTopics.of(properties) : null)
                    .build();
        } catch (SchemaException | IllegalArgumentException e) {
            throw new ConfigException("EventDeserializer can't make what "
                    + (isKey
                            ? SerdeKeys.KEY_TYPE + " names: "
                            : SerdeKeys.VALUE_TYPE + " and " + SerdeKeys.EVENT_TYPES + " name: ")
                    + e.getMessage());
        }
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        EventReader<T> ready = reader;
        if (ready == null) {
            throw unconfigured();
        }
        try {
            return ready.read(topic, bytes);
        } catch (RuntimeException e) {
            throw KafkaErrors.translated(e);
        }
    }

    @Override
    public @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] bytes) {
        if (bytes == null) {
            return tombstone(headers);
        }
        return deserialize(topic, headers, bytes, 0, bytes.length);
    }

    /** What Kafka's consumer calls. The bytes of a fetch are in one array, which is read where they are. */
    @Override
    public @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        if (data == null) {
            return tombstone(headers);
        }
        if (data.hasArray()) {
            return deserialize(topic, headers, data.array(), data.arrayOffset() + data.position(), data.remaining());
        }
        byte[] copy = new byte[data.remaining()];
        data.duplicate().get(copy);
        return deserialize(topic, headers, copy, 0, copy.length);
    }

    private @Nullable T tombstone(Headers headers) {
        if (reader != null) {
            reader.passTombstone(headers);
        }
        return null;
    }

    private T deserialize(String topic, Headers headers, byte[] bytes, int offset, int length) {
        EventReader<T> ready = reader;
        if (ready == null) {
            throw unconfigured();
        }
        try {
            return ready.read(topic, headers, bytes, offset, length);
        } catch (RuntimeException e) {
            throw KafkaErrors.translated(e);
        }
    }

    private static IllegalStateException unconfigured() {
        return new IllegalStateException("EventDeserializer is not configured: call configure(properties, isKey)"
                + " first, or let Kafka make it by naming the class in value.deserializer");
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
            registry = null;
        }
    }
}
