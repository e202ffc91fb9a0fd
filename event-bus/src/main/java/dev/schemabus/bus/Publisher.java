package dev.schemabus.bus;

import dev.schemabus.bus.PublishOutcome.Acked;
import dev.schemabus.bus.PublishOutcome.Indeterminate;
import dev.schemabus.bus.PublishOutcome.IndeterminateReason;
import dev.schemabus.bus.PublishOutcome.Rejected;
import dev.schemabus.schema.EventType;
import dev.schemabus.schema.RecordShape;
import dev.schemabus.schema.SchemaException;
import dev.schemabus.schema.SchemaGenerator;
import dev.schemabus.schema.Shape;
import dev.schemabus.serde.EventWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Internal: the road from an event to its outcome. */
final class Publisher {

    private final Producer<byte[], byte[]> producer;
    private final EventWriter<Object> writer;
    private final TopicNaming naming;
    private final TopicCatalog catalog;
    private final String source;
    private final Clock clock = Clock.systemUTC();
    private final Map<Class<?>, Route> routes = new ConcurrentHashMap<>();
    private volatile @Nullable Thread acknowledging;
    private volatile boolean closing;

    /** What is the same for all events of a class. */
    private record Route(EventType type, String topic, EventKey key) {}

    Publisher(
            Producer<byte[], byte[]> producer,
            EventWriter<Object> writer,
            TopicNaming naming,
            TopicCatalog catalog,
            String source) {
        this.producer = producer;
        this.writer = writer;
        this.naming = naming;
        this.catalog = catalog;
        this.source = source;
    }

    /**
     * Never completes exceptionally and never throws: every way to fail is an outcome.
     *
     * @param with with an event id
     */
    CompletableFuture<PublishOutcome> publish(Object event, With with) {
        Instant now = clock.instant();
        String eventId = with.eventId().orElseThrow();
        ProducerRecord<byte[], byte[]> record;
        try {
            record = record(event, with, eventId, now);
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.completedFuture(Rejections.beforeSend(event.getClass(), e));
        }
        return send(record, eventId);
    }

    /**
     * Refuses to wait on the one thread that brings the acknowledgements: it would wait for itself, for ever.
     *
     * @throws IllegalStateException on that thread
     */
    void checkMayWait() {
        if (Thread.currentThread() == acknowledging) {
            throw new IllegalStateException(
                    "publish waits for an acknowledgement, and this thread is the one that brings"
                            + " them: in what follows publishAsync call publishAsync again, or go on in an executor"
                            + " (thenAcceptAsync)");
        }
    }

    /** Waits for what was handed to the producer, at most so long. What is open then gets its outcome. */
    void close(Duration time) {
        closing = true;
        producer.close(time);
    }

    private ProducerRecord<byte[], byte[]> record(Object event, With with, String eventId, Instant now) {
        Route route = route(event.getClass());
        byte @Nullable [] key = with.key()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElseGet(() -> route.key().of(event));
        byte[] value = writer.write(route.topic(), event);
        List<Header> headers = EventHeaders.of(route.type(), source, eventId, now, with);
        return new ProducerRecord<>(route.topic(), null, now.toEpochMilli(), key, value, headers);
    }

    private Route route(Class<?> eventClass) {
        Route known = routes.get(eventClass);
        if (known != null) {
            return known;
        }
        EventType type = EventType.of(eventClass);
        EventKey key = new EventKey(recordShape(eventClass));
        String topic = TopicNames.of(type, naming);
        // Not cached before the topic is there: who creates it need not restart the publisher.
        catalog.require(topic, KafkaSettings.MAX_BLOCK);
        Route route = new Route(type, topic, key);
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

    private CompletableFuture<PublishOutcome> send(ProducerRecord<byte[], byte[]> record, String eventId) {
        CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
        Thread caller = Thread.currentThread();
        // Until send() returns, a callback on this thread means: given up before the record was enqueued.
        // Acknowledgements and errors of enqueued records come on the producer's own thread.
        boolean[] sending = {true};
        try {
            // The outcome comes through the callback, which tells what this future doesn't: on which thread it failed.
            Future<RecordMetadata> unused = producer.send(record, (metadata, error) -> {
                Thread current = Thread.currentThread();
                if (sending[0] && current == caller) {
                    outcome.complete(Rejections.notEnqueued(record.topic(), error));
                    return;
                }
                if (!closing) { // a close may bring outcomes on its own thread
                    acknowledging = current;
                }
                outcome.complete(
                        error == null
                                ? acked(metadata, eventId)
                                : Rejections.afterSend(record.topic(), eventId, error, closing));
            });
        } catch (RuntimeException e) {
            outcome.complete(Rejections.notEnqueued(record.topic(), e));
        } finally {
            sending[0] = false;
        }
        return outcome;
    }

    private static PublishOutcome acked(RecordMetadata metadata, String eventId) {
        return new Acked(new Receipt(metadata.topic(), metadata.partition(), metadata.offset(), eventId));
    }

    /** What {@link EventBus#publish(Object)} makes of an outcome. */
    static Receipt receipt(PublishOutcome outcome) {
        if (outcome instanceof Acked acked) {
            return acked.receipt();
        }
        if (outcome instanceof Rejected rejected) {
            throw rejected.exception();
        }
        throw ((Indeterminate) outcome).exception();
    }

    /** For a caller that stopped waiting. */
    static PublishIndeterminateException interrupted(Class<?> type, String eventId, InterruptedException cause) {
        return new PublishIndeterminateException(
                IndeterminateReason.INTERRUPTED,
                eventId,
                "Interrupted while waiting for the acknowledgement of " + type.getName() + " " + eventId,
                cause);
    }
}
