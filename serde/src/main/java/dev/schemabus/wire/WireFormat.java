package dev.schemabus.wire;

import dev.schemabus.registry.SchemaId;

/** SPI: one way to put a schema id beside a payload. Implementations are stateless. */
public interface WireFormat {

    /** How many bytes it needs in front of a payload, so that a codec can leave them free and nothing is copied. */
    int headroom();

    /**
     * Writes the id into the free bytes.
     *
     * @param framed an array that starts with {@link #headroom} free bytes, followed by the payload
     */
    void stamp(byte[] framed, SchemaId id);

    /**
     * Takes a frame apart; the payload is not copied.
     *
     * @throws MalformedRecordException if the bytes are no such frame; the message shows how they start
     */
    Frame open(byte[] bytes);
}
