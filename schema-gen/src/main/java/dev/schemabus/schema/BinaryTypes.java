package dev.schemabus.schema;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/** Types that are bytes, see {@link LogicalTypes#standard}. */
final class BinaryTypes {

    private static final String UUID_EXAMPLE = "123e4567-e89b-12d3-a456-426614174000";

    private BinaryTypes() {}

    static List<LogicalType<?>> all() {
        return List.of(byteBuffer(), uuid());
    }

    private static LogicalType<ByteBuffer> byteBuffer() {
        Representation<ByteBuffer, byte[]> bytes = Representation.ofBytes(BinaryTypes::remaining, ByteBuffer::wrap);
        return LogicalType.of(ByteBuffer.class, bytes, bytes);
    }

    private static byte[] remaining(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static LogicalType<UUID> uuid() {
        Representation<UUID, String> text = Representation.ofStringLike(UUID_EXAMPLE, UUID::toString, UUID::fromString);
        Representation<UUID, ?> inAvro = text.with("logicalType", "uuid");
        Representation<UUID, ?> fixed = Representation.<UUID>ofFixed(
                        new Representation.FixedType("dev.schemabus.fixed.Uuid", 16),
                        BinaryTypes::bigEndian,
                        BinaryTypes::uuid)
                .with("logicalType", "uuid");
        Representation<UUID, ?> inJson = text.with("format", "uuid");
        return LogicalType.of(
                UUID.class,
                use -> new LogicalType.Forms<>(use.isAnnotationPresent(Fixed.class) ? fixed : inAvro, inJson));
    }

    private static byte[] bigEndian(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static UUID uuid(byte[] bigEndian) {
        ByteBuffer bytes = ByteBuffer.wrap(bigEndian);
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
