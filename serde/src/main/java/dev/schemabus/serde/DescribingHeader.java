package dev.schemabus.serde;

import java.util.Arrays;
import org.apache.kafka.common.header.Header;

/**
 * A header that remembers which bytes it describes. Kafka Streams has one set of headers per record that it works on, and
 * offers it to every serde meanwhile: sources, sinks and state stores, which hold other bytes. Whoever reads through these
 * headers believes one only with the bytes that it was made for.
 *
 * @param key its name
 * @param value what is sent
 * @param described the key or value that was written or read with it, framed; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record DescribingHeader(String key, byte[] value, byte[] described) implements Header {

    boolean describes(byte[] bytes, int offset, int length) {
        return Arrays.equals(described, 0, described.length, bytes, offset, offset + length);
    }
}
