package dev.schemabus.serde;

import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Kafka serde for records: {@link EventSerializer} and {@link EventDeserializer} with the same settings. Name the types
 * it makes in {@link SerdeConfig#VALUE_TYPE} (or {@link SerdeConfig#KEY_TYPE}, {@link SerdeConfig#EVENT_TYPES}).
 *
 * @param <T> the records
 */
public final class EventSerde<T> implements Serde<T> {

    private final EventSerializer<T> serializer = new EventSerializer<>();
    private final EventDeserializer<T> deserializer = new EventDeserializer<>();

    /** For Kafka, which calls {@link #configure} next. */
    public EventSerde() {}

    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        serializer.configure(properties, isKey);
        deserializer.configure(properties, isKey);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }

    @Override
    public void close() {
        serializer.close();
        deserializer.close();
    }
}
