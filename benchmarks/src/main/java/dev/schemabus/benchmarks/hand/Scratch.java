package dev.schemabus.benchmarks.hand;

import java.util.Arrays;

/** Each thread's own array to write into. */
final class Scratch {

    /** What a writer does with an array: it starts at the place given, and gives the place after the value. */
    @FunctionalInterface
    interface Writing<T> {
        int write(T value, byte[] out, int at);
    }

    private static final int START = 1 << 10;
    private static final int KEPT = 1 << 20;
    private static final int MOST = 1 << 26;
    private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

    byte[] bytes = new byte[START];

    static Scratch own() {
        return OWN.get();
    }

    /** The room was too small. */
    byte[] larger(IndexOutOfBoundsException cause) {
        return larger(bytes, cause);
    }

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
