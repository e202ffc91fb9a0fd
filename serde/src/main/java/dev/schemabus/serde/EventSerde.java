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
 * of their own ({@code <application id>-<store>-changelog-value}).
 *
 * <p>By default all that a record needs stands in its bytes, and nothing of what follows matters. With the schema's GUID
 * ({@link SerdeKeys#VALUE_SCHEMA_ID_SERIALIZER}) or a checksum ({@link SerdeKeys#INTEGRITY_HEADER}) in headers, it does: Streams
 * has one set of headers for the record it works on, and offers it to every source, store and sink meanwhile.
 * <ul>
 *   <li>What a serde of this class has put into headers is believed only with the bytes that it was written for, and the
 *       headers of a record are removed once its value has been read. So neither sinks nor sources mislead stores.
 *   <li>State stores keep bytes without headers. To write the schema's GUID into a header is refused for them; give stores a
 *       serde with the schema's id in front of the payload. A store that has its source's topic for a changelog (a global
 *       table, or {@code topology.optimization=all}) isn't known as one, and must not be given such a serde, either.
 *   <li>A store is known by its topic, {@code <application id>-…-changelog}: give {@code application.id} among the settings.
 *       Without it every topic that ends in {@code -changelog} is taken for a store's: headers there are not believed, and
 *       neither is a GUID written.
 *   <li>A sink that follows with a serde of another kind sends the headers that a sink of this kind has put there: remove them
 *       in between (a processor may), or let that sink write none.
 *   <li>The headers of a source that another kind of serde reads stay, and if they name a schema, a store that isn't known as
 *       one believes them.
 *   <li>A dead letter that Streams makes because a processor failed has the raw key and value, but no longer these headers.
 * </ul>
 *
 * @param <T> the records
 */
public final class EventSerde<T> implements Serde<T> {

    private final EventSerializer<T> serializer = new EventSerializer<>(true);
    private final EventDeserializer<T> deserializer = new EventDeserializer<>(true);

    /** For Kafka, which calls {@link #configure} next. */
    public EventSerde() {}

    /**
     * A serde for record values of one type, configured: Kafka Streams doesn't configure the serdes that a topology names.
     *
     * @param type a record, or a sealed interface over records
     * @param settings as for {@link #configure}; the types named there don't count, nor does {@link SerdeKeys#SPECIFIC_AVRO_READER}
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
        own.remove(SerdeKeys.SPECIFIC_AVRO_READER);
        own.put(isKey ? SerdeKeys.KEY_TYPE : SerdeKeys.VALUE_TYPE, type);
        EventSerde<T> serde = new EventSerde<>();
        serde.configure(own, isKey);
        return serde;
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
