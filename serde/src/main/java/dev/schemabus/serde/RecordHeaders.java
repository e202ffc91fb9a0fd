package dev.schemabus.serde;

import dev.schemabus.codec.MalformedPayloadException;
import dev.schemabus.wire.Frame;
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
    private final boolean writesChecksum;

    RecordHeaders(boolean isKey, boolean writesChecksum) {
        this.schemaName = WireFormats.headerName(isKey);
        this.checksumName = isKey ? "schemabus-key-crc32c" : "schemabus-crc32c";
        this.writesChecksum = writesChecksum;
    }

    /**
     * Sets them; those that aren't sent are removed, or a record sent on would carry another's. Headers that say it already
     * are left alone: those of a record that is sent again are closed.
     *
     * @throws IllegalArgumentException if they are closed and say something else
     */
    void put(Headers headers, byte @Nullable [] schema, byte[] framed, int headroom) {
        replace(headers, schemaName, schema);
        replace(headers, checksumName, writesChecksum ? checksum(framed, headroom, framed.length - headroom) : null);
    }

    void remove(Headers headers) {
        if (headers.lastHeader(schemaName) != null) {
            headers.remove(schemaName);
        }
        if (headers.lastHeader(checksumName) != null) {
            headers.remove(checksumName);
        }
    }

    private static void replace(Headers headers, String name, byte @Nullable [] value) {
        if (Arrays.equals(last(headers, name), value)) {
            return;
        }
        try {
            headers.remove(name);
            if (value != null) {
                headers.add(name, value);
            }
        } catch (IllegalStateException e) {
            throw Remedies.closedHeaders(name, e);
        }
    }

    byte @Nullable [] schema(Headers headers) {
        return last(headers, schemaName);
    }

    byte @Nullable [] checksum(Headers headers) {
        return last(headers, checksumName);
    }

    /**
     * Compares the payload with its checksum.
     *
     * @throws MalformedPayloadException if they don't match
     */
    void requireChecksum(byte[] checksum, Frame frame, String topic) {
        byte[] actual = checksum(frame.bytes(), frame.offset(), frame.length());
        if (!Arrays.equals(checksum, actual)) {
            throw new MalformedPayloadException(
                    "The payload of " + frame.length() + " bytes of a record of topic " + topic
                            + " isn't what its producer wrote: its CRC-32C is "
                            + HexFormat.of().formatHex(actual)
                            + ", and the header " + checksumName + " says "
                            + HexFormat.of().formatHex(checksum, 0, Math.min(checksum.length, 16))
                            + ". Whoever changes payloads on the way must remove the header",
                    "",
                    0,
                    null);
        }
    }

    private static byte @Nullable [] last(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : header.value();
    }

    private static byte[] checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    }
}
