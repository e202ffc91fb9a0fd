package dev.schemabus.bus;

import java.security.SecureRandom;
import java.util.UUID;

/** Internal: event ids, UUIDs of version 7 (RFC 9562, section 5.7): sorted by time, unique without coordination. */
final class EventIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private EventIds() {}

    /** A new id for this instant, in milliseconds since 1970. */
    static UUID at(long epochMillis) {
        long version = 0x7000L | (RANDOM.nextInt() & 0x0FFFL);
        long variant = 0x8000_0000_0000_0000L | (RANDOM.nextLong() >>> 2);
        return new UUID(epochMillis << 16 | version, variant);
    }
}
