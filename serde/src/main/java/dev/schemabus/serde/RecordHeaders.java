package dev.schemabus.serde;

import dev.schemabus.codec.MalformedPayloadException;
import dev.schemabus.wire.WireFormats;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The headers that belong to a record's key, or to its value: what names the schema, and a checksum of the payload. */
final class RecordHeaders {

    private final String schemaName;
    private final String checksumName;
    private final boolean isKey;
    private final boolean writesChecksum;
    private final boolean inStreams;

    /** @param inStreams whether they are those of the record that Kafka Streams works on, see {@link DescribingHeader} */
    RecordHeaders(boolean isKey, boolean writesChecksum, boolean inStreams) {
        this.schemaName = WireFormats.headerName(isKey);
        this.checksumName = checksumName(isKey);
        this.isKey = isKey;
        this.writesChecksum = writesChecksum;
        this.inStreams = inStreams;
    }

    private static String checksumName(boolean isKey) {
        return isKey ? "schemabus-key-crc32c" : "schemabus-crc32c";
    }

    /**
     * Sets them; those that aren't sent are removed, or a record sent on would carry another's. Headers that say it already
     * are left alone: those of a record that is sent again are closed.
     *
     * @throws IllegalArgumentException if they are closed and say something else
     */
    void put(Headers headers, byte @Nullable [] schema, byte[] framed, int headroom) {
        replace(headers, schemaName, schema, framed);
        replace(
                headers,
                checksumName,
                writesChecksum ? checksum(framed, headroom, framed.length - headroom) : null,
                framed);
    }

    private void replace(Headers headers, String name, byte @Nullable [] value, byte[] framed) {
        Header known = headers.lastHeader(name);
        if (known == null ? value == null : says(known, value, framed)) {
            return;
        }
        try {
            headers.remove(name);
            if (value != null && inStreams) {
                headers.add(new DescribingHeader(name, value, framed));
            } else if (value != null) {
                headers.add(name, value);
            }
        } catch (IllegalStateException e) {
            throw Remedies.closedHeaders(name, e);
        }
    }

    private boolean says(Header known, byte @Nullable [] value, byte[] framed) {
        return Arrays.equals(known.value(), value) && (!inStreams || describes(known, framed));
    }

    private static boolean describes(Header header, byte[] framed) {
        return header instanceof DescribingHeader describing && describing.describes(framed, 0, framed.length);
    }

    void remove(Headers headers) {
        if (headers.lastHeader(schemaName) != null) {
            headers.remove(schemaName);
        }
        if (headers.lastHeader(checksumName) != null) {
            headers.remove(checksumName);
        }
    }

    /**
     * What is left to do when a record of Kafka Streams has been read. Its headers would mislead whoever reads what is sent
     * on, so they go; but the key's stay until the value has been read, too: otherwise it might be a dead letter, whose key
     * nobody could read. Until then they remember what they describe.
     */
    void afterReading(Headers headers, byte[] bytes, int offset, int length) {
        if (isKey) {
            bind(headers, schemaName, bytes, offset, length);
            bind(headers, checksumName, bytes, offset, length);
        } else {
            remove(headers);
            removeOfKey(headers, WireFormats.headerName(true));
            removeOfKey(headers, checksumName(true));
        }
    }

    /** As {@link #afterReading}, for a value that is null. */
    void afterTombstone(Headers headers) {
        if (!isKey) {
            afterReading(headers, new byte[0], 0, 0);
        }
    }

    private static void bind(Headers headers, String name, byte[] bytes, int offset, int length) {
        Header header = headers.lastHeader(name);
        if (header != null && !(header instanceof DescribingHeader) && header.value() != null) {
            headers.remove(name);
            headers.add(new DescribingHeader(name, header.value(), Arrays.copyOfRange(bytes, offset, offset + length)));
        }
    }

    /** Those that another serde reads are its affair. */
    private static void removeOfKey(Headers headers, String name) {
        if (headers.lastHeader(name) instanceof DescribingHeader) {
            headers.remove(name);
        }
    }

    /** The value of the header that names the schema of these bytes, if there is one. */
    byte @Nullable [] schema(Headers headers, byte[] bytes, int offset, int length) {
        return believed(headers.lastHeader(schemaName), bytes, offset, length);
    }

    /** The checksum of the payload in these bytes, if there is one. */
    byte @Nullable [] checksum(Headers headers, byte[] bytes, int offset, int length) {
        return believed(headers.lastHeader(checksumName), bytes, offset, length);
    }

    private byte @Nullable [] believed(@Nullable Header header, byte[] bytes, int offset, int length) {
        boolean isOthers = inStreams
                && header instanceof DescribingHeader describing
                && !describing.describes(bytes, offset, length);
        return header == null || isOthers ? null : header.value();
    }

    /**
     * Compares the payload with its checksum.
     *
     * @throws MalformedPayloadException if they don't match
     */
    void requireChecksum(byte[] checksum, byte[] bytes, int offset, int length, String topic) {
        byte[] actual = checksum(bytes, offset, length);
        if (!Arrays.equals(checksum, actual)) {
            throw new MalformedPayloadException(
                    "The payload of " + length + " bytes of a record of topic " + topic
                            + " isn't what its producer wrote: its CRC-32C is "
                            + HexFormat.of().formatHex(actual)
                            + ", and the header " + checksumName + " says "
                            + HexFormat.of().formatHex(checksum, 0, Math.min(checksum.length, 16))
                            + ". Whoever changes payloads on the way must remove the header; until then"
                            + " schemabus.integrity.check=false reads such records",
                    "",
                    0,
                    null);
        }
    }

    private static byte[] checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    }
}
