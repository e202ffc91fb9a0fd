package dev.schemabus.codec;

import java.nio.ByteBuffer;

/**
 * Turns values of one type into payloads of one writer schema and back. Made by {@link CodecFactory}; may be used by
 * many threads at once.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> {

    /**
     * Writes a value.
     *
     * @param headroom how many bytes to leave free before the payload, for a wire format to fill
     * @return an array of exactly headroom plus payload length
     * @throws MismatchedValueException if the value doesn't fit the schema; the message gives the path to it
     */
    byte[] encode(T value, int headroom);

    /**
     * Reads a value; the payload must hold it and nothing else.
     *
     * @throws MalformedPayloadException if the bytes are no such value
     */
    T decode(ByteBuffer payload);
}
