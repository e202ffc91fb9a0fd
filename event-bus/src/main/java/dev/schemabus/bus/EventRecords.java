package dev.schemabus.bus;

import dev.schemabus.schema.EventType;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import dev.schemabus.serde.EventWriter;
import dev.schemabus.wire.WireFormats;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Internal: from an event to the Kafka record that carries it: topic, key, value, headers. */
final class EventRecords {

    private final EventWriter<Object> writer;
    private final Settings settings;
    private final TopicCatalog catalog;
    private final Clock clock = Clock.systemUTC();
    private final Map<Class<?>, Route> routes = new ConcurrentHashMap<>();

    /**
     * What is the same for all events of a bus.
     *
     * @param source what they name as their origin
     * @param format the language of their schemas, in lower case
     * @param integrity whether they carry an {@link IntegrityHeader}
     */
    record Settings(TopicNaming naming, String source, String format, boolean integrity) {}

    /** What is the same for all events of a class. */
    private record Route(String topic, EventKey key, EventHeaders headers) {}

    EventRecords(EventWriter<Object> writer, Settings settings, TopicCatalog catalog) {
        this.writer = writer;
        this.settings = settings;
        this.catalog = catalog;
    }

    /**
     * The record of an event.
     *
     * @throws RuntimeException one that {@link Rejections#beforeSend} knows
     */
    ProducerRecord<byte[], byte[]> record(Object event, Publication how) {
        Route route = route(event.getClass(), how.deadline().within(KafkaSettings.MAX_BLOCK));
        String key = how.with().key().orElseGet(() -> route.key().of(event));
        byte[] value = writer.write(route.topic(), event);
        int schemaId = WireFormats.PREFIX_ID.open(null, value).id();
        return record(route, key, value, schemaId, how);
    }

    /** The record that deletes a key from a compacted topic. */
    ProducerRecord<byte[], byte[]> tombstone(Class<?> type, List<?> key, Publication how) {
        Route route = route(type, how.deadline().within(KafkaSettings.MAX_BLOCK));
        catalog.requireCompacted(route.topic(), how.deadline().within(KafkaSettings.MAX_BLOCK));
        String text = how.with().key().orElseGet(() -> route.key().ofValues(key));
        return record(route, text, null, null, how);
    }

    /** The topic of a class, if one of its events was published already. */
    String knownTopic(Class<?> type) {
        Route route = routes.get(type);
        return route == null ? "unknown" : route.topic();
    }

    private ProducerRecord<byte[], byte[]> record(
            Route route, @Nullable String key, byte @Nullable [] value, @Nullable Integer schemaId, Publication how) {
        long now = clock.millis();
        byte @Nullable [] keyBytes = EventKey.bytes(key);
        List<Header> headers = route.headers().of(now, key, schemaId, how);
        if (settings.integrity()) {
            headers.add(IntegrityHeader.of(route.topic(), keyBytes, value).header());
        }
        return new ProducerRecord<>(route.topic(), null, now, keyBytes, value, headers);
    }

    private Route route(Class<?> eventClass, Duration wait) {
        Route known = routes.get(eventClass);
        if (known != null) {
            return known;
        }
        EventType type = EventType.of(eventClass);
        EventKey key = new EventKey(recordShape(eventClass));
        String topic = TopicNames.of(type, settings.naming());
        SiblingKeys.check(eventClass, settings.naming());
        // Not cached before the topic is there: who creates it need not restart the publisher.
        catalog.require(topic, wait);
        Route route = new Route(topic, key, new EventHeaders(type, settings.source(), settings.format()));
        routes.put(eventClass, route);
        return route;
    }

    private static RecordShape recordShape(Class<?> eventClass) {
        Shape shape = SchemaGenerator.standard().shape(eventClass);
        if (shape instanceof RecordShape record) {
            return record;
        }
        throw new SchemaException(eventClass.getName() + " is not a record: an event is a record");
    }
}
