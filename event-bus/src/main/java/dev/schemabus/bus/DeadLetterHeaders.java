package dev.schemabus.bus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Internal: the headers of a dead letter: the record's own, unchanged and in order, then ours. Ours of an earlier dead
 * letter are replaced.
 */
final class DeadLetterHeaders {

    static final String PREFIX = "sb-dl-";

    /** The longest message, in bytes of UTF-8. */
    static final int LONGEST_MESSAGE = 1024;

    private DeadLetterHeaders() {}

    /** @param group the one that failed */
    static List<Header> of(ConsumerRecord<byte[], byte[]> record, String group, Failure failure, WriterSchema schema) {
        List<Header> headers = withoutMessage(record, group, failure, schema);
        String message = Objects.requireNonNullElse(failure.error().getMessage(), "");
        headers.add(new BytesHeader(PREFIX + "message", shortened(message)));
        return headers;
    }

    /** The same but for the message, the only one of ours that can be long. */
    static List<Header> withoutMessage(
            ConsumerRecord<byte[], byte[]> record, String group, Failure failure, WriterSchema schema) {
        List<Header> headers = Origin.published(record.headers());
        addOurs(headers, record, group, failure, failure.failureClass(), schema);
        return headers;
    }

    /** Ours alone, for a record that fits nowhere else: they say where it stands, and the digest of what stands there. */
    static List<Header> pointer(
            ConsumerRecord<byte[], byte[]> record, String group, Failure failure, WriterSchema schema) {
        List<Header> headers = new ArrayList<>();
        addOurs(headers, record, group, failure, FailureClass.OVERSIZE, schema);
        return headers;
    }

    private static void addOurs(
            List<Header> headers,
            ConsumerRecord<byte[], byte[]> record,
            String group,
            Failure failure,
            FailureClass failureClass,
            WriterSchema schema) {
        Origin origin = Origin.of(record, group);
        add(headers, "topic", origin.topic());
        add(headers, "partition", Integer.toString(origin.partition()));
        add(headers, "offset", Long.toString(origin.offset()));
        add(headers, "timestamp", Instant.ofEpochMilli(origin.timestamp()).toString());
        add(headers, "group", group);
        add(headers, "first-failure", failure.first().toString());
        add(headers, "last-failure", failure.last().toString());
        add(headers, "attempts", Integer.toString(failure.attempts()));
        add(headers, "class", failureClass.name());
        add(headers, "exception", failure.error().getClass().getName());
        schema.id().ifPresent(id -> add(headers, "schema-id", Integer.toString(id.value())));
        schema.guid().ifPresent(guid -> add(headers, "schema-guid", guid.toString()));
        schema.subject().ifPresent(subject -> add(headers, "subject", subject.name()));
        eventType(record, schema).ifPresent(type -> add(headers, "event-type", shortened(type)));
        add(headers, "sha256", digest(record.key(), record.value(), record.headers()));
    }

    /** As the event says itself; else as its schema does. */
    private static Optional<String> eventType(ConsumerRecord<byte[], byte[]> record, WriterSchema schema) {
        return Optional.ofNullable(record.headers().lastHeader(EventHeaders.TYPE))
                .map(Header::value)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .or(schema::name);
    }

    /**
     * SHA-256 in hex over key, value and the headers that were published: for each part its length in 4 bytes, big-endian, -1 for
     * null, then its bytes; a header is two parts, its name in UTF-8 and its value.
     */
    static String digest(byte @Nullable [] key, byte @Nullable [] value, Iterable<Header> headers) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
        update(sha256, key);
        update(sha256, value);
        for (Header header : headers) {
            if (!Origin.isOurs(header.key())) {
                update(sha256, header.key().getBytes(StandardCharsets.UTF_8));
                update(sha256, header.value());
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void update(MessageDigest digest, byte @Nullable [] part) {
        digest.update(
                ByteBuffer.allocate(4).putInt(part == null ? -1 : part.length).flip());
        if (part != null) {
            digest.update(part);
        }
    }

    /** The first bytes of a message, no character cut in two. */
    private static byte[] shortened(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_MESSAGE) {
            return bytes;
        }
        int end = LONGEST_MESSAGE;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    private static void add(List<Header> headers, String name, String value) {
        add(headers, name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(List<Header> headers, String name, byte[] value) {
        headers.add(new BytesHeader(PREFIX + name, value));
    }
}
