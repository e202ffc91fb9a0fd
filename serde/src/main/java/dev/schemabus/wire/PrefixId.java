package dev.schemabus.wire;

import dev.schemabus.registry.SchemaId;
import dev.schemabus.registry.SchemaIdentifier;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code 00}, the id in four bytes, the payload. */
final class PrefixId implements WireFormat {

    private static final byte MAGIC = 0;
    private static final int HEADROOM = 1 + Integer.BYTES;

    /** A view of the array, where a ByteBuffer would be an object per record. */
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    @Override
    public boolean namesByGuid() {
        return false;
    }

    @Override
    public int headroom() {
        return HEADROOM;
    }

    @Override
    public void stamp(byte[] framed, SchemaIdentifier schema) {
        framed[0] = MAGIC;
        INT.set(framed, 1, ((SchemaId) schema).value());
    }

    @Override
    public Optional<byte[]> header(SchemaIdentifier schema) {
        return Optional.empty();
    }

    @Override
    public Frame open(byte @Nullable [] header, byte[] bytes, int offset, int length) {
        if (length < HEADROOM || bytes[offset] != MAGIC) {
            throw malformed(bytes, offset, length);
        }
        int id = (int) INT.get(bytes, offset + 1);
        if (id < 0) {
            throw malformed(bytes, offset, length);
        }
        return Frame.of(id, bytes, offset + HEADROOM, length - HEADROOM);
    }

    private static MalformedRecordException malformed(byte[] bytes, int offset, int length) {
        String why;
        if (length < HEADROOM) {
            why = "it has " + length + " bytes, and the prefix alone takes " + HEADROOM;
        } else if (bytes[offset] != MAGIC) {
            why = "it doesn't start with the magic byte 00";
        } else {
            why = "its schema id " + (int) INT.get(bytes, offset + 1) + " is negative";
        }
        return new MalformedRecordException("Not a record with a schema id prefix: " + why + " (first bytes: "
                + MalformedRecordException.start(bytes, offset, Math.min(length, HEADROOM))
                + "). Was it written by a producer without a schema registry serializer?");
    }
}
