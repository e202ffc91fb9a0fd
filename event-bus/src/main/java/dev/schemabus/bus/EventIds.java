package dev.schemabus.bus;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Internal: event ids, UUIDs of version 7 (RFC 9562, section 5.7): sorted by time, unique without coordination, and each
 * later than the one before in this process, also within a millisecond and when the clock is set back (section 6.2, a
 * counter in {@code rand_a}, which borrows from the milliseconds when it is full).
 */
final class EventIds {

    private static final int COUNTER_BITS = 12;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
    private static final EventIds PROCESS = new EventIds();

    /** The last id's milliseconds and counter. Within the process, they alone make an id unique. */
    private final AtomicLong last = new AtomicLong();

    /** Makes it unique among processes. */
    private final long seed = new SecureRandom().nextLong();

    /** A new id for now. */
    static String next() {
        return PROCESS.at(System.currentTimeMillis()).toString();
    }

    /** A new id for this instant, in milliseconds since 1970, or the first after those given before. */
    UUID at(long epochMillis) {
        long now = epochMillis << COUNTER_BITS;
        long ticks = last.accumulateAndGet(now, (previous, given) -> Math.max(previous + 1, given));
        long high = (ticks >>> COUNTER_BITS) << 16 | 0x7000L | (ticks & 0x0FFFL);
        return new UUID(high, 0x8000_0000_0000_0000L | (mixed(ticks * SPREAD + seed) >>> 2));
    }

    /** Looks random, and is a bijection: the finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mixed(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
