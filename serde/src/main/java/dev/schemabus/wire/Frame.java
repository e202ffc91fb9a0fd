package dev.schemabus.wire;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaIdentifier;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record taken apart: what names its writer schema, and where in its bytes the payload is. It costs one small object
 * per record, or none where the compiler sees that it doesn't escape.
 */
public final class Frame {

    /** What {@link #id} gives for a record that names its schema by GUID. */
    public static final int NO_ID = -1;

    private final int id;
    private final @Nullable SchemaGuid guid;
    private final byte[] bytes;
    private final int offset;

    private Frame(int id, @Nullable SchemaGuid guid, byte[] bytes, int offset) {
        this.id = id;
        this.guid = guid;
        this.bytes = bytes;
        this.offset = offset;
    }

    /**
     * A frame whose schema has an id.
     *
     * @param id at least 0
     * @param bytes the record, of which everything from {@code offset} is payload
     */
    static Frame of(int id, byte[] bytes, int offset) {
        return new Frame(id, null, bytes, offset);
    }

    /**
     * A frame for a record that was taken apart elsewhere.
     *
     * @param bytes the record, of which everything from {@code offset} is payload; not copied
     * @param offset from 0 to the number of bytes
     */
    public static Frame of(SchemaIdentifier schema, byte[] bytes, int offset) {
        if (offset < 0 || offset > bytes.length) {
            throw new IllegalArgumentException("No payload begins at " + offset + " of " + bytes.length + " bytes");
        }
        return schema instanceof SchemaGuid guid
                ? new Frame(NO_ID, guid, bytes, offset)
                : new Frame(((SchemaId) schema).value(), null, bytes, offset);
    }

    /** The number of the schema, without an object around it; {@link #NO_ID} if it is named by GUID. */
    public int id() {
        return id;
    }

    /** What names the schema: a {@link SchemaId} or a {@link SchemaGuid}. */
    public SchemaIdentifier schema() {
        return guid == null ? new SchemaId(id) : guid;
    }

    /** The whole record, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes} the payload begins. */
    public int offset() {
        return offset;
    }

    /** How many bytes the payload has; 0 for a record without components. */
    public int length() {
        return bytes.length - offset;
    }

    /** The payload as a view of the record's bytes. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(bytes, offset, length()).slice();
    }
}
