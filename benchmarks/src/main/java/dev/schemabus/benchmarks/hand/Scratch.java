package dev.schemabus.benchmarks.hand;

import java.util.Arrays;

/** Each thread's own array to write into. */
final class Scratch {

    private static final int START = 1 << 10;
    private static final int KEPT = 1 << 20;
    private static final int MOST = 1 << 26;
    private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

    byte[] bytes = new byte[START];

    static Scratch own() {
        return OWN.get();
    }

    /** A larger array than that which was too small, unless another mistake is behind it. */
    byte[] larger(byte[] tooSmall, IndexOutOfBoundsException cause) {
        if (tooSmall.length >= MOST) {
            throw cause;
        }
        byte[] larger = new byte[tooSmall.length * 4];
        if (larger.length <= KEPT) {
            bytes = larger;
        }
        return larger;
    }

    static byte[] cut(byte[] out, int end) {
        return Arrays.copyOf(out, end);
    }
}
