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

    static List<Header> of(ConsumerRecord<byte[], byte[]> record, String group, Failure failure) {
        List<Header> headers = withoutMessage(record, group, failure);
        String message = Objects.requireNonNullElse(failure.error().getMessage(), "");
        headers.add(new BytesHeader(PREFIX + "message", shortened(message)));
        return headers;
    }

    /** The same but for the message, the only one of ours that can be long. */
    static List<Header> withoutMessage(ConsumerRecord<byte[], byte[]> record, String group, Failure failure) {
        List<Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            if (!header.key().startsWith(PREFIX)) {
                headers.add(header);
            }
        }
        addOurs(headers, record, group, failure, failure.failureClass());
        return headers;
    }

    /** Ours alone, for a record that fits nowhere else: they say where it stands, and the digest of what stands there. */
    static List<Header> pointer(ConsumerRecord<byte[], byte[]> record, String group, Failure failure) {
        List<Header> headers = new ArrayList<>();
        addOurs(headers, record, group, failure, FailureClass.OVERSIZE);
        return headers;
    }

    private static void addOurs(
            List<Header> headers,
            ConsumerRecord<byte[], byte[]> record,
            String group,
            Failure failure,
            FailureClass failureClass) {
        add(headers, "topic", record.topic());
        add(headers, "partition", Integer.toString(record.partition()));
        add(headers, "offset", Long.toString(record.offset()));
        add(headers, "timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
        add(headers, "group", group);
        add(headers, "first-failure", failure.first().toString());
        add(headers, "last-failure", failure.last().toString());
        add(headers, "attempts", Integer.toString(failure.attempts()));
        add(headers, "class", failureClass.name());
        add(headers, "exception", failure.error().getClass().getName());
        add(headers, "sha256", digest(record.key(), record.value(), record.headers()));
    }

    /**
     * SHA-256 in hex over key, value and headers without ours: for each part its length in 4 bytes, big-endian, -1 for
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
            if (!header.key().startsWith(PREFIX)) {
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
        headers.add(new BytesHeader(PREFIX + name, value));
    }
}
