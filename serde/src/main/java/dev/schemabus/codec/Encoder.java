package dev.schemabus.codec;

/**
 * Turns values of one type into payloads of one writer schema. Made by {@link CodecFactory}; may be used by many threads
 * at once. An {@link Error} that a type's own accessor throws, such as a failed assertion, goes through.
 *
 * @param <T> the type of the values
 */
public interface Encoder<T> {

    /**
     * Writes a value.
     *
     * @param headroom how many bytes to leave free before the payload, for a wire format to fill
     * @return an array of exactly headroom plus payload length
     * @throws MismatchedValueException if the value doesn't fit the schema or the {@link Limits}; the message gives the path
     *     to what doesn't
     */
    byte[] encode(T value, int headroom);
}
