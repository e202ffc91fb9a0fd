package dev.schemabus.wire;

import dev.schemabus.registry.SchemaGuid;
import dev.schemabus.registry.SchemaIdentifier;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code 01} and the GUID in a header; the payload is all there is in the key or value. */
final class HeaderGuid implements WireFormat {

    private static final byte MAGIC = 1;
    private static final int LENGTH = 1 + 2 * Long.BYTES;

    @Override
    public boolean namesByGuid() {
        return true;
    }

    @Override
    public int headroom() {
        return 0;
    }

    @Override
    public void stamp(byte[] framed, SchemaIdentifier schema) {}

    @Override
    public Optional<byte[]> header(SchemaIdentifier schema) {
        UUID guid = ((SchemaGuid) schema).value();
        return Optional.of(ByteBuffer.allocate(LENGTH)
                .put(MAGIC)
                .putLong(guid.getMostSignificantBits())
                .putLong(guid.getLeastSignificantBits())
                .array());
    }

    @Override
    public Frame open(byte @Nullable [] header, byte[] bytes, int offset, int length) {
        if (header == null) {
            throw new MalformedRecordException("Not a record with a schema GUID: it has no header "
                    + WireFormats.headerName(false) + " (a key: " + WireFormats.headerName(true)
                    + "). Was it written with the schema id in front of the payload? DualSchemaIdDeserializer, the"
                    + " default, reads both.");
        }
        if (header.length != LENGTH || header[0] != MAGIC) {
            throw new MalformedRecordException("Not a record with a schema GUID: the header that should hold it has "
                    + header.length + " bytes, and should have " + LENGTH + " that start with 01 (first bytes: "
                    + MalformedRecordException.start(header, 0, Math.min(header.length, LENGTH))
                    + "). Did something else than a schema registry serializer set it?");
        }
        ByteBuffer guid = ByteBuffer.wrap(header, 1, LENGTH - 1);
        return Frame.of(new SchemaGuid(new UUID(guid.getLong(), guid.getLong())), bytes, offset, length);
    }
}
