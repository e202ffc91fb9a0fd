package dev.schemabus.bus;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Where a delivered event comes from, and what came with it. */
public final class Delivered {

    private final ConsumerRecord<byte[], byte[]> record;
    private final int attempt;
    private final Optional<Outputs> outputs;
    private final @Nullable Object resource;

    Delivered(ConsumerRecord<byte[], byte[]> record, int attempt) {
        this(record, attempt, Optional.empty(), null);
    }

    /** @param outputs takes what the handler publishes; empty if the subscription's delivery has no place for it */
    Delivered(
            ConsumerRecord<byte[], byte[]> record, int attempt, Optional<Outputs> outputs, @Nullable Object resource) {
        this.record = record;
        this.attempt = attempt;
        this.outputs = outputs;
        this.resource = resource;
    }

    public String topic() {
        return record.topic();
    }

    public int partition() {
        return record.partition();
    }

    public long offset() {
        return record.offset();
    }

    /** The record's timestamp: when it was published, unless the topic is set to the time of appending. */
    public Instant timestamp() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /** The key as text; empty for a record without one. */
    public Optional<String> key() {
        return Optional.ofNullable(record.key()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** The text of the last header with a name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** The headers, in order. */
    public List<Header> headers() {
        return List.of(record.headers().toArray());
    }

    /** The number of this attempt to handle the record, from 1. */
    public int attempt() {
        return attempt;
    }

    /** The event's id, the same at each delivery; empty if its publisher gave none. */
    public Optional<String> eventId() {
        return header(EventHeaders.ID);
    }

    /**
     * Publishes an event together with this record's offset: consumers that read committed records see it once, however
     * often this record is handled. It is on its way once the handler has returned; if that throws, it never was.
     *
     * @return the event's id
     * @throws PublishRejectedException if it can't be published
     * @throws IllegalStateException unless the subscription's delivery is {@link DeliveryMode#EXACTLY_ONCE_KAFKA}, or after
     *     the handler has returned
     */
    public String publish(Object event) {
        return publish(event, With.NOTHING);
    }

    /** The same with a key, an id or headers of the caller's. A deadline has no meaning here. */
    public String publish(Object event, With with) {
        return outputs.orElseThrow(() -> new IllegalStateException("Publishing through the context is for"
                        + " .delivery(EXACTLY_ONCE_KAFKA): ask for that, or publish with the bus"))
                .publish(event, with);
    }

    /**
     * What a {@link ConsumptionStore} gives the handler to work with.
     *
     * @throws IllegalStateException if there is no store, or it gives something else
     */
    public <R> R resource(Class<R> type) {
        if (!type.isInstance(resource)) {
            throw new IllegalStateException("The subscription has no " + type.getSimpleName()
                    + " for its handlers: start it with onceInDatabase(…), or once(…) with a store that gives one");
        }
        return type.cast(resource);
    }

    /**
     * The connection whose transaction also says that this event is handled. The bus commits it when the handler returns,
     * and rolls it back when it throws.
     *
     * @throws IllegalStateException unless the subscription was started with {@link SubscriptionBuilder#onceInDatabase}
     */
    public Connection connection() {
        return resource(Connection.class);
    }

    /** By what a store recognises it: the event's id, or for one without its place. */
    ConsumptionStore.Consumption consumption(String group) {
        Optional<String> source = header(EventHeaders.SOURCE);
        return eventId().isPresent() && source.isPresent()
                ? new ConsumptionStore.Consumption(
                        group, source.get(), eventId().get())
                : new ConsumptionStore.Consumption(group, topic() + "-" + partition(), Long.toString(offset()));
    }

    Delivered with(@Nullable Object given) {
        return new Delivered(record, attempt, outputs, given);
    }

    /** The handler has returned: what it published here. */
    List<Outputs.Output> ended() {
        return outputs.map(Outputs::end).orElse(Outputs.NONE);
    }

    /** The coordinates; never the content. */
    @Override
    public String toString() {
        return topic() + "-" + partition() + "@" + offset();
    }
}
