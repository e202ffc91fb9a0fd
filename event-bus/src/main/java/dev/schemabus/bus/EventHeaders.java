package dev.schemabus.bus;

import dev.schemabus.schema.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;

/** Internal: the headers of an event, CloudEvents 1.0 in Kafka's binary mode. */
final class EventHeaders {

    static final String ID = "ce_id";
    static final String TYPE = "ce_type";

    private EventHeaders() {}

    static List<Header> of(EventType type, String source, String eventId, Instant time, With with) {
        List<Header> headers = new ArrayList<>();
        headers.add(new BytesHeader("ce_specversion", "1.0"));
        headers.add(new BytesHeader(ID, eventId));
        headers.add(new BytesHeader("ce_source", source));
        headers.add(new BytesHeader(TYPE, type.name()));
        headers.add(new BytesHeader("ce_time", time.toString()));
        with.headers().forEach((name, value) -> headers.add(new BytesHeader(name, value)));
        return headers;
    }
}
