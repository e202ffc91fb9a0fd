package dev.schemabus.codec;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Lends Jackson its buffers. Platform threads keep theirs, which costs no contention; virtual threads, of which there may
 * be a million, share a few.
 */
final class ThreadRecyclers implements RecyclerPool<BufferRecycler> {

    private static final long serialVersionUID = 1L;

    /** More than there are carrier threads on most machines: a virtual thread seldom waits with a buffer in hand. */
    private static final int SHARED = 64;

    private static final MethodHandle IS_VIRTUAL = isVirtual();

    private final RecyclerPool<BufferRecycler> own = JsonRecyclerPools.threadLocalPool();
    private final RecyclerPool<BufferRecycler> shared = JsonRecyclerPools.newBoundedPool(SHARED);

    /** {@code Thread.isVirtual} came with Java 21. */
    private static MethodHandle isVirtual() {
        MethodType type = MethodType.methodType(boolean.class);
        try {
            return MethodHandles.publicLookup().findVirtual(Thread.class, "isVirtual", type);
        } catch (ReflectiveOperationException e) {
            return MethodHandles.dropArguments(MethodHandles.constant(boolean.class, false), 0, Thread.class);
        }
    }

    private RecyclerPool<BufferRecycler> pool() {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread()) ? shared : own;
        } catch (Throwable e) {
            throw new LinkageError("asking a thread for its kind doesn't fail", e);
        }
    }

    @Override
    public BufferRecycler acquirePooled() {
        return pool().acquirePooled();
    }

    /** Each recycler goes back to the pool that the thread it is used by takes from. */
    @Override
    public BufferRecycler acquireAndLinkPooled() {
        return pool().acquireAndLinkPooled();
    }

    @Override
    public void releasePooled(BufferRecycler recycler) {
        pool().releasePooled(recycler);
    }
}
