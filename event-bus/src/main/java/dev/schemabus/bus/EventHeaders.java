package dev.schemabus.bus;

import dev.schemabus.schema.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Internal: the headers of the events of one type, CloudEvents 1.0 in Kafka's binary mode. */
final class EventHeaders {

    static final String ID = "ce_id";
    static final String TYPE = "ce_type";
    static final String SOURCE = "ce_source";

    /** What CloudEvents calls {@code datacontenttype}, in its Kafka binding. */
    static final String CONTENT_TYPE = "content-type";

    private static final Header SPEC_VERSION = new BytesHeader("ce_specversion", "1.0");

    private static final EventTime TIME = new EventTime();

    private final Header source;
    private final Header type;
    private final Header contentType;

    /** The last schema written; events of a type rarely have two. */
    private volatile DataSchema schema = new DataSchema(-1);

    /** A schema's id and the header that names it. */
    private record DataSchema(int id, Header header) {
        DataSchema(int id) {
            this(id, new BytesHeader("ce_dataschema", "urn:schemabus:schema:id:" + id));
        }
    }

    /** @param format the language of the schema, the framed payload's content type */
    EventHeaders(EventType type, String source, String format) {
        this.source = new BytesHeader(SOURCE, source);
        this.type = new BytesHeader(TYPE, type.name());
        // Not application/json or avro: in front of the payload stands the schema's id, and a parser would stumble.
        this.contentType = new BytesHeader(CONTENT_TYPE, "application/vnd.schemabus." + format);
    }

    /**
     * Those of one event.
     *
     * @param schemaId null for a tombstone, which has no content
     */
    List<Header> of(long epochMillis, @Nullable String key, @Nullable Integer schemaId, Publication how) {
        Map<String, String> given = how.with().headers();
        List<Header> headers = new ArrayList<>(12);
        headers.add(SPEC_VERSION);
        headers.add(new BytesHeader(ID, how.eventId()));
        headers.add(source);
        headers.add(type);
        headers.add(new BytesHeader("ce_time", TIME.text(epochMillis)));
        if (key != null) {
            headers.add(new BytesHeader("ce_subject", key));
        }
        if (schemaId != null) {
            headers.add(schema(schemaId));
            if (!given.containsKey(CONTENT_TYPE)) {
                headers.add(contentType);
            }
        }
        how.trace().forEach((name, value) -> {
            if (!given.containsKey(name)) {
                headers.add(new BytesHeader(name, value));
            }
        });
        given.forEach((name, value) -> headers.add(new BytesHeader(name, value)));
        return headers;
    }

    private Header schema(int id) {
        DataSchema known = schema;
        if (known.id() != id) {
            known = new DataSchema(id);
            schema = known;
        }
        return known.header();
    }
}
