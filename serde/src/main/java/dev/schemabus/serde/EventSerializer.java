package dev.schemabus.serde;

import dev.schemabus.registry.RegistryConnection;
import dev.schemabus.schema.JsonDialect;
import dev.schemabus.schema.SchemaGenerator;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka serializer for records, as key or value: {@code value.serializer=dev.schemabus.serde.EventSerializer}. Settings:
 * {@link SerdeConfig}. A null becomes null (a tombstone).
 *
 * <p>Throws {@link org.apache.kafka.common.errors.SerializationException} for a value or type that can't be written,
 * {@link RetriableRegistryException} when the registry can't be asked.
 *
 * @param <T> the records it writes
 */
public final class EventSerializer<T> implements Serializer<T> {

    private @Nullable RegistryConnection registry;
    private @Nullable EventWriter<T> writer;

    private final boolean inStreams;

    /** For Kafka, which calls {@link #configure} next. */
    public EventSerializer() {
        this(false);
    }

    /** @param inStreams whether some topics may be state stores, see {@link EventSerde} */
    EventSerializer(boolean inStreams) {
        this.inStreams = inStreams;
    }

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        close();
        SerdeConfig config = new SerdeConfig(properties, isKey);
        RegistryConnection opened = KafkaErrors.opening(config);
        registry = opened;
        writer = EventWriter.<T>builder(opened)
                .format(config.format())
                .naming(config.naming())
                .source(config.source())
                .strict(config.strict())
                .references(config.references())
                .latestTtl(config.caches().latestTtl())
                .wireFormat(config.writeFormat())
                .checksum(config.integrityHeader())
                .generator(generator(config))
                .limits(config.limits())
                .codecMode(config.codecMode())
                .validated(config.validatesJson())
                .types(types(config))
                .isKey(isKey)
                .stores(inStreams ? StoreTopics.of(properties) : null)
                .build();
    }

    private static SchemaGenerator generator(SerdeConfig config) {
        SchemaGenerator standard = SchemaGenerator.standard();
        return config.jsonDialect() == JsonDialect.DRAFT_7 ? standard : standard.withJsonDialect(config.jsonDialect());
    }

    @SuppressWarnings("unchecked") // what the configuration names is what the caller sends
    private static <T> Collection<Class<? extends T>> types(SerdeConfig config) {
        return (Collection<Class<? extends T>>) (Collection<?>) config.types();
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T event) {
        if (event == null) {
            return null;
        }
        EventWriter<T> ready = writer;
        if (ready == null) {
            throw unconfigured();
        }
        try {
            return ready.write(topic, event);
        } catch (RuntimeException e) {
            throw KafkaErrors.translated(e);
        }
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable T event) {
        if (event == null) {
            return null;
        }
        EventWriter<T> ready = writer;
        if (ready == null) {
            throw unconfigured();
        }
        try {
            return ready.write(topic, headers, event);
        } catch (RuntimeException e) {
            throw KafkaErrors.translated(e);
        }
    }

    private static IllegalStateException unconfigured() {
        return new IllegalStateException("EventSerializer is not configured: call configure(properties, isKey) first,"
                + " or let Kafka make it by naming the class in value.serializer");
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
            registry = null;
        }
    }
}
