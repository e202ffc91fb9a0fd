package dev.schemabus.codec;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Arrays to write into, used again and again. A platform thread keeps one; virtual threads, of which there may be millions, share
 * a few. Nothing is carried from one value to the next.
 *
 * <p>What a thread keeps is a plain array, so a thread pool doesn't keep an undeployed application's classes. Its first byte
 * says whether it is in use: an accessor may write another value meanwhile.
 */
final class Scratch {

    /** From here on it may be written to. */
    static final int START = 1;

    /** One big value must not hold its memory for ever. */
    static final int LARGEST_KEPT = 1 << 18;

    private static final int INITIAL = 1 << 10;

    private static final byte FREE = 0;
    private static final byte IN_USE = 1;

    private static final ThreadLocal<byte[]> OF_THREAD = ThreadLocal.withInitial(() -> new byte[INITIAL]);

    private static final int SLOTS = Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 4;

    private static final AtomicReferenceArray<byte @Nullable []> SHARED = new AtomicReferenceArray<>(SLOTS);

    private Scratch() {}

    /** An array that nobody else uses until it is given back. */
    static byte[] take() {
        byte[] kept =
                VirtualThreads.isVirtual(Thread.currentThread()) ? SHARED.getAndSet(slot(), null) : OF_THREAD.get();
        byte[] taken = kept == null || kept[0] == IN_USE ? new byte[INITIAL] : kept;
        taken[0] = IN_USE;
        return taken;
    }

    /**
     * Gives an array back.
     *
     * @param taken what {@link #take} gave
     * @param grown the same, or the larger one that was made because it was too small
     */
    static void give(byte[] taken, byte[] grown) {
        taken[0] = FREE;
        if (taken != grown && grown.length <= LARGEST_KEPT) {
            keep(grown);
        } else if (VirtualThreads.isVirtual(Thread.currentThread())) {
            SHARED.lazySet(slot(), taken);
        }
    }

    private static void keep(byte[] grown) {
        grown[0] = FREE;
        if (VirtualThreads.isVirtual(Thread.currentThread())) {
            SHARED.lazySet(slot(), grown);
        } else {
            OF_THREAD.set(grown);
        }
    }

    private static int slot() {
        return System.identityHashCode(Thread.currentThread()) & (SLOTS - 1);
    }
}
