package dev.schemabus.codec;

import java.nio.ByteBuffer;

/**
 * Turns payloads of one writer schema into values of one type. Made by {@link CodecFactory}; may be used by many threads
 * at once. An {@link Error} that a type's own constructor throws, such as a failed assertion, goes through.
 *
 * @param <T> the type of the values
 */
public interface Decoder<T> {

    /**
     * Reads a value; the range must hold it and nothing else.
     *
     * @param bytes an array that holds the payload; it is neither changed nor kept
     * @param offset where the payload begins
     * @param length how many bytes it has
     * @throws MalformedPayloadException if the bytes are no such value, or one beyond the {@link Limits}
     * @throws IndexOutOfBoundsException if the array has no such range
     */
    T decode(byte[] bytes, int offset, int length);

    /** As {@link #decode(byte[], int, int)} for the bytes that remain in a buffer, whose position stays where it is. */
    default T decode(ByteBuffer payload) {
        if (payload.hasArray()) {
            return decode(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return decode(bytes, 0, bytes.length);
    }
}
