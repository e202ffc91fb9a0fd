package dev.schemabus.serde;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Kafka serde for records: {@link EventSerializer} and {@link EventDeserializer} with the same settings. Name the types
 * it makes in {@link SerdeKeys#VALUE_TYPE} (or {@link SerdeKeys#KEY_TYPE}, {@link SerdeKeys#EVENT_TYPES}), or get it from
 * {@link #ofValues} or {@link #ofKeys}.
 *
 * <p>Made for Kafka Streams, which uses it for its own topics, too: a store's changelog and a repartition topic have subjects
 * of their own ({@code <application id>-<store>-changelog-value}). What stands in a state store is read and written without
 * headers, since those at hand belong to another record, so the schema's id must stand in front of the payload, as it does by
 * default. For the same reason, headers that name a schema or hold a checksum are removed from a record that has been read.
 *
 * @param <T> the records
 */
public final class EventSerde<T> implements Serde<T> {

    /** How the topics end for which Kafka Streams asks for the bytes of state stores. */
    private static final String STORE = "-changelog";

    private final EventSerializer<T> serializer = new EventSerializer<>(true);
    private final EventDeserializer<T> deserializer = new EventDeserializer<>(true);

    /** For Kafka, which calls {@link #configure} next. */
    public EventSerde() {}

    /**
     * A serde for record values of one type, configured: Kafka Streams doesn't configure the serdes that a topology names.
     *
     * @param type a record, or a sealed interface over records
     * @param settings as for {@link #configure}; the types named there don't count
     * @throws org.apache.kafka.common.config.ConfigException if a setting is wrong; the message says what to write
     */
    public static <T> EventSerde<T> ofValues(Class<T> type, Map<String, ?> settings) {
        return of(type, settings, false);
    }

    /** As {@link #ofValues}, for record keys. */
    public static <T> EventSerde<T> ofKeys(Class<T> type, Map<String, ?> settings) {
        return of(type, settings, true);
    }

    private static <T> EventSerde<T> of(Class<T> type, Map<String, ?> settings, boolean isKey) {
        Map<String, Object> own = new HashMap<>(settings);
        own.keySet().removeAll(TypeSettings.written(own, isKey));
        own.remove(SerdeKeys.EVENT_TYPES);
        own.put(isKey ? SerdeKeys.KEY_TYPE : SerdeKeys.VALUE_TYPE, type);
        EventSerde<T> serde = new EventSerde<>();
        serde.configure(own, isKey);
        return serde;
    }

    static boolean isStore(String topic) {
        return topic.endsWith(STORE);
    }

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
