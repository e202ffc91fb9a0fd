package dev.schemabus.codec;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Arrays to write into, used again and again. A platform thread keeps one; virtual threads, of which there may be millions, share
 * a few. Nothing is carried from one value to the next.
 *
 * <p>What a thread keeps is a plain array, so a thread pool doesn't keep an undeployed application's classes. Its first byte
 * says whose it is, and whether it is in use: an accessor may write another value meanwhile.
 */
final class Scratch {

    /** From here on it may be written to. */
    static final int START = 1;

    /** One big value must not hold its memory for ever. */
    static final int LARGEST_KEPT = 1 << 18;

    private static final int INITIAL = 1 << 10;

    /** Of one that waits for its thread. */
    private static final byte FREE = 0;

    /** Of one that its thread uses. */
    private static final byte OF_THIS_THREAD = 1;

    /** Of any other that is in use. */
    private static final byte LOOSE = 2;

    private static final ThreadLocal<byte[]> OF_THREAD = ThreadLocal.withInitial(() -> new byte[INITIAL]);

    private static final int SLOTS = Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 4;

    private static final AtomicReferenceArray<byte @Nullable []> SHARED = new AtomicReferenceArray<>(SLOTS);

    private Scratch() {}

    /** An array that nobody else uses until it is given back. */
    static byte[] take() {
        if (VirtualThreads.isVirtual(Thread.currentThread())) {
            byte[] shared = SHARED.getAndSet(slot(), null);
            return loose(shared == null ? new byte[INITIAL] : shared);
        }
        byte[] kept = OF_THREAD.get();
        if (kept[0] != FREE) {
            return loose(new byte[INITIAL]);
        }
        kept[0] = OF_THIS_THREAD;
        return kept;
    }

    /** One of that size, to be given back, too. */
    static byte[] larger(int size) {
        return loose(new byte[size]);
    }

    private static byte[] loose(byte[] array) {
        array[0] = LOOSE;
        return array;
    }

    /** Gives an array back; of those that its thread or the virtual threads could keep, the largest is kept. */
    static void give(byte[] array) {
        if (array[0] == OF_THIS_THREAD) {
            array[0] = FREE;
        } else if (array.length <= LARGEST_KEPT) {
            keep(array);
        }
    }

    private static void keep(byte[] array) {
        array[0] = FREE;
        if (VirtualThreads.isVirtual(Thread.currentThread())) {
            SHARED.lazySet(slot(), array);
        } else if (array.length > OF_THREAD.get().length) {
            OF_THREAD.set(array);
        }
    }

    private static int slot() {
        return System.identityHashCode(Thread.currentThread()) & (SLOTS - 1);
    }
}
