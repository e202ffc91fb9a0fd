package dev.schemabus.wire;

import dev.schemabus.registry.SchemaId;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The wire formats that come with Schemabus. */
public final class WireFormats {

    /**
     * A zero byte, the schema id as four bytes big-endian, the payload: what Confluent's serializers write and every
     * Confluent-compatible consumer reads.
     */
    public static final WireFormat PREFIX_ID = new PrefixId();

    private WireFormats() {}

    private static final class PrefixId implements WireFormat {
        private static final byte MAGIC = 0;
        private static final int HEADROOM = 5;

        @Override
        public int headroom() {
            return HEADROOM;
        }

        @Override
        public void stamp(byte[] framed, SchemaId id) {
            ByteBuffer.wrap(framed).put(MAGIC).putInt(id.value());
        }

        @Override
        public Frame open(byte[] bytes) {
            if (bytes.length < HEADROOM) {
                throw malformed("it has " + bytes.length + " bytes, and the prefix alone takes " + HEADROOM, bytes);
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            if (buffer.get() != MAGIC) {
                throw malformed("it doesn't start with the magic byte 00", bytes);
            }
            int id = buffer.getInt();
            if (id < 0) {
                throw malformed("its schema id " + id + " is negative", bytes);
            }
            return new Frame(new SchemaId(id), buffer.slice());
        }

        private static MalformedRecordException malformed(String why, byte[] bytes) {
            String start = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(bytes.length, HEADROOM));
            return new MalformedRecordException("Not a record with a schema id prefix: " + why + " (first bytes: "
                    + (start.isEmpty() ? "none" : start)
                    + "). Was it written by a producer without a schema registry serializer?");
        }
    }
}
