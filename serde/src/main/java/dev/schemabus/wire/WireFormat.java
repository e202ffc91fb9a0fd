package dev.schemabus.wire;

import dev.schemabus.registry.SchemaIdentifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SPI: one way for a payload and what names its schema to travel together. Part of it may stand in front of the payload,
 * part in a header of the record. Implementations are stateless.
 */
public interface WireFormat {

    /** Whether records name their schema by GUID; otherwise they do by id. */
    boolean namesByGuid();

    /** How many bytes it needs in front of a payload, so that a codec can leave them free and nothing is copied. */
    int headroom();

    /**
     * Fills the free bytes. Called once per record.
     *
     * @param framed an array that starts with {@link #headroom} free bytes, followed by the payload
     * @param schema a GUID if {@link #namesByGuid}, otherwise an id
     */
    void stamp(byte[] framed, SchemaIdentifier schema);

    /**
     * The value of the header to send with every record of a schema, under the name that {@link WireFormats#headerName}
     * gives. Called once per schema; nobody changes the bytes.
     *
     * @param schema a GUID if {@link #namesByGuid}, otherwise an id
     * @return empty if the format sends none
     */
    Optional<byte[]> header(SchemaIdentifier schema);

    /**
     * Takes a record apart; the payload is not copied.
     *
     * @param header the value of the record's header of that name; null if it has none
     * @param bytes an array that holds the key or value
     * @param offset where in the array it begins
     * @param length how many bytes it has
     * @throws MalformedRecordException if they are no such frame; the message shows how they start
     */
    Frame open(byte @Nullable [] header, byte[] bytes, int offset, int length);

    /** As {@link #open(byte[], byte[], int, int)}, for an array that is the key or value. */
    default Frame open(byte @Nullable [] header, byte[] bytes) {
        return open(header, bytes, 0, bytes.length);
    }
}
