package dev.schemabus.codec;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;

/**
 * Lends Jackson its buffers. Platform threads keep theirs, which costs no contention; virtual threads, of which there may
 * be a million, share a few.
 */
final class ThreadRecyclers implements RecyclerPool<BufferRecycler> {

    private static final long serialVersionUID = 1L;

    /** More than there are carrier threads on most machines: a virtual thread seldom waits with a buffer in hand. */
    private static final int SHARED = 64;

    private final RecyclerPool<BufferRecycler> own = JsonRecyclerPools.threadLocalPool();
    private final RecyclerPool<BufferRecycler> shared = JsonRecyclerPools.newBoundedPool(SHARED);

    private RecyclerPool<BufferRecycler> pool() {
        return VirtualThreads.isVirtual(Thread.currentThread()) ? shared : own;
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
