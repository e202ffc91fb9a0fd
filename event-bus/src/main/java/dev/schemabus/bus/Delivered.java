package dev.schemabus.bus;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Where a delivered event comes from, and what came with it. */
public final class Delivered {

    private final ConsumerRecord<byte[], byte[]> record;
    private final int attempt;

    Delivered(ConsumerRecord<byte[], byte[]> record, int attempt) {
        this.record = record;
        this.attempt = attempt;
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

    /** The coordinates; never the content. */
    @Override
    public String toString() {
        return topic() + "-" + partition() + "@" + offset();
    }
}
