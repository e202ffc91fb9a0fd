package dev.schemabus.bus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Internal: the checksum that travels with an event, CRC-32C (RFC 3720, appendix B.4) over topic, key and value. Most
 * single-byte changes to an Avro payload decode without an error, to wrong values; this notices them, and records that
 * somebody copied to another topic or put under another key.
 *
 * <p>Its bytes: for topic, key and value in turn a length in 4 bytes, big-endian, -1 for null, then the bytes (the topic's
 * name in UTF-8). Written as 8 hex digits in lower case.
 *
 * @param crc the checksum
 */
record IntegrityHeader(int crc) {

    static final String NAME = "sb-crc32c";

    /** The checksum of a record as it stands in its topic. */
    static IntegrityHeader of(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        CRC32C crc = new CRC32C();
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        update(crc, length, topic.getBytes(StandardCharsets.UTF_8));
        update(crc, length, key);
        update(crc, length, value);
        return new IntegrityHeader((int) crc.getValue());
    }

    private static void update(CRC32C crc, ByteBuffer length, byte @Nullable [] part) {
        crc.update(length.clear().putInt(part == null ? -1 : part.length).flip());
        if (part != null) {
            crc.update(part);
        }
    }

    /** The same for a record that stands where it was published, see {@link #check(String, Headers, byte[], byte[])}. */
    static void check(ConsumerRecord<byte[], byte[]> record) {
        check(record.topic(), record.headers(), record.key(), record.value());
    }

    /**
     * Compares a record with its header, if it has one.
     *
     * @param topic the topic it was published to; for a record in a retry or dead letter topic, the one it came from
     * @throws IntegrityException if they disagree, or the header can't be read
     */
    static void check(String topic, Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
        Header header = headers.lastHeader(NAME);
        if (header == null) {
            return;
        }
        IntegrityHeader actual = of(topic, key, value);
        Optional<IntegrityHeader> stated = read(header);
        if (!stated.equals(Optional.of(actual))) {
            throw new IntegrityException("The header " + NAME + " says "
                    + stated.map(IntegrityHeader::toString).orElse("nothing readable") + ", and topic, key and value of"
                    + " this record give " + actual
                    + ": its bytes were changed after it was published, or it was published to another topic or key");
        }
    }

    private static Optional<IntegrityHeader> read(Header header) {
        byte @Nullable [] value = header.value();
        if (value == null || value.length != 8) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new IntegrityHeader(HexFormat.fromHexDigits(new String(value, StandardCharsets.US_ASCII))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The header to send. */
    Header header() {
        return new BytesHeader(NAME, toString());
    }

    /** 8 hex digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(crc);
    }
}
