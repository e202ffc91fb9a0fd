package dev.schemabus.bus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Internal: where a record was published, wherever a copy of it stands now. A copy in a retry topic says so in headers;
 * its topic is taken from the retry topic's name, since nothing on the wire picks a topic.
 *
 * @param timestamp in milliseconds since 1970
 */
record Origin(String topic, int partition, long offset, long timestamp) {

    /** What the names of our headers begin with: none of them belongs to the event. */
    private static final List<String> OURS = List.of("sb-dl-", "sb-retry-", "sb-origin-");

    private static final String PREFIX = "sb-origin-";

    /** The origin of a record that a group reads. */
    static Origin of(ConsumerRecord<byte[], byte[]> record, String group) {
        Optional<String> source = TopicNames.source(record.topic(), group);
        if (source.isEmpty()) {
            return new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
        }
        Headers headers = record.headers();
        return new Origin(
                source.get(),
                (int) number(headers, "partition")
                        .orElse((long) record.partition())
                        .longValue(),
                number(headers, "offset").orElse(record.offset()),
                number(headers, "timestamp").orElse(record.timestamp()));
    }

    /**
     * A record as it was published: with the coordinates of its origin, and without the headers that the bus puts on
     * copies. The same record if it is no copy.
     */
    static ConsumerRecord<byte[], byte[]> restored(ConsumerRecord<byte[], byte[]> record, String group) {
        if (TopicNames.source(record.topic(), group).isEmpty()) {
            return record;
        }
        Origin origin = of(record, group);
        // Only Kafka's own classes are headers to a consumer record; a producer record makes one without its internals.
        Headers headers = new ProducerRecord<byte[], byte[]>(
                        origin.topic(), null, null, record.key(), record.value(), published(record.headers()))
                .headers();
        return new ConsumerRecord<>(
                origin.topic(),
                origin.partition(),
                origin.offset(),
                origin.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                record.value(),
                headers,
                Optional.empty());
    }

    /** The headers of a copy. */
    List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        headers.add(new BytesHeader(PREFIX + "partition", Integer.toString(partition)));
        headers.add(new BytesHeader(PREFIX + "offset", Long.toString(offset)));
        headers.add(new BytesHeader(PREFIX + "timestamp", Long.toString(timestamp)));
        return headers;
    }

    /** Whether a header is one that the bus puts on copies, rather than one of the event's. */
    static boolean isOurs(String header) {
        return OURS.stream().anyMatch(header::startsWith);
    }

    /** The headers that were published with the event, in order. */
    static List<Header> published(Iterable<Header> headers) {
        List<Header> result = new ArrayList<>();
        headers.forEach(header -> {
            if (!isOurs(header.key())) {
                result.add(header);
            }
        });
        return result;
    }

    private static Optional<Long> number(Headers headers, String name) {
        Header header = headers.lastHeader(PREFIX + name);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.valueOf(new String(header.value(), StandardCharsets.UTF_8)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The coordinates. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
