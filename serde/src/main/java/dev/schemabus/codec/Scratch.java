package dev.schemabus.codec;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Buffers to write into, used again and again. A platform thread keeps one; virtual threads, of which there may be millions, share
 * a few. Nothing is carried from one value to the next.
 */
final class Scratch {

    private static final int INITIAL = 1 << 10;

    /** One big value must not hold its memory for ever. */
    static final int LARGEST_KEPT = 1 << 16;

    /** Weak, and so of a class of the platform: a thread pool then doesn't keep an undeployed application's classes. */
    private static final ThreadLocal<@Nullable WeakReference<AvroOutput>> OF_THREAD = new ThreadLocal<>();

    private static final int SLOTS = Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 4;

    private static final AtomicReferenceArray<@Nullable AvroOutput> SHARED = new AtomicReferenceArray<>(SLOTS);

    private Scratch() {}

    /** An output that nobody else uses until it is given back. */
    static AvroOutput take() {
        Thread thread = Thread.currentThread();
        AvroOutput out = VirtualThreads.isVirtual(thread) ? SHARED.getAndSet(slot(thread), null) : ofThisThread();
        // An accessor may write another value meanwhile.
        AvroOutput free = out == null || out.inUse ? new AvroOutput(INITIAL) : out;
        free.inUse = true;
        return free;
    }

    /** Gives back what {@link #take} gave this thread. */
    static void give(AvroOutput out) {
        if (out.bytes().length > LARGEST_KEPT) {
            out.resize(INITIAL);
        }
        out.inUse = false;
        Thread thread = Thread.currentThread();
        if (VirtualThreads.isVirtual(thread)) {
            SHARED.lazySet(slot(thread), out);
        }
    }

    private static AvroOutput ofThisThread() {
        WeakReference<AvroOutput> kept = OF_THREAD.get();
        AvroOutput out = kept == null ? null : kept.get();
        if (out == null) {
            out = new AvroOutput(INITIAL);
            OF_THREAD.set(new WeakReference<>(out));
        }
        return out;
    }

    @SuppressWarnings(
            "deprecation") // threadId() is newer than Java 17, and getId() says the same for threads of the platform's
    private static int slot(Thread thread) {
        return (int) thread.getId() & (SLOTS - 1);
    }
}
