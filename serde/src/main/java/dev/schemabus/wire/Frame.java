package dev.schemabus.wire;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaIdentifier;
import java.nio.ByteBuffer;
import java.util.Objects;
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
    private final int length;

    private Frame(int id, @Nullable SchemaGuid guid, byte[] bytes, int offset, int length) {
        this.id = id;
        this.guid = guid;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /**
     * A frame whose schema has an id.
     *
     * @param id at least 0
     * @param bytes an array that holds the payload
     */
    static Frame of(int id, byte[] bytes, int offset, int length) {
        return new Frame(id, null, bytes, offset, length);
    }

    /**
     * A frame for a record that was taken apart elsewhere.
     *
     * @param bytes an array that holds the payload; not copied
     * @param offset where in the array the payload begins
     * @param length how many bytes it has
     * @throws IndexOutOfBoundsException if the array ends before
     */
    public static Frame of(SchemaIdentifier schema, byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return schema instanceof SchemaGuid guid
                ? new Frame(NO_ID, guid, bytes, offset, length)
                : new Frame(((SchemaId) schema).value(), null, bytes, offset, length);
    }

    /** The number of the schema, without an object around it; {@link #NO_ID} if it is named by GUID. */
    public int id() {
        return id;
    }

    /** What names the schema: a {@link SchemaId} or a {@link SchemaGuid}. */
    public SchemaIdentifier schema() {
        return guid == null ? new SchemaId(id) : guid;
    }

    /** An array that holds the payload, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes} the payload begins. */
    public int offset() {
        return offset;
    }

    /** How many bytes the payload has; 0 for a record without components. */
    public int length() {
        return length;
    }

    /** The payload as a view of the record's bytes. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(bytes, offset, length).slice();
    }
}
