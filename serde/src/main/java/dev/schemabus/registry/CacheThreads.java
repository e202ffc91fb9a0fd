package dev.schemabus.registry;

import java.util.concurrent.Executor;

/**
 * Where a registry's cache does what its callers don't do themselves. A disk or a request that hangs holds up only its kind,
 * and one request no other, unless all the threads of a kind hang.
 *
 * @param disk where the cache's file is written
 * @param refreshers where the registry is asked for what nobody waits for
 * @param askers where it is asked for callers that wait a moment
 * @param close ends them
 */
record CacheThreads(Executor disk, Executor refreshers, Executor askers, Runnable close) {

    private static final int REFRESHERS = 4;

    private static final int ASKERS = 16;

    /** Writes, of which one does the work of those before it. */
    private static final int WRITES = 10_000;

    /** There is one for each key, so that the caches' sizes bound it. */
    private static final int ALL = Integer.MAX_VALUE;

    /** Threads of a cache's own. */
    static CacheThreads own() {
        Background disk = new Background("cache", 1, WRITES);
        Background refreshers = new Background("refresh", REFRESHERS, ALL);
        Background askers = new Background("latest", ASKERS, ALL);
        return new CacheThreads(disk, refreshers, askers, () -> {
            askers.closeNow();
            refreshers.closeNow();
            disk.close();
        });
    }

    /** Everything in somebody else's threads. */
    static CacheThreads of(Executor all) {
        return new CacheThreads(all, all, all, () -> {});
    }
}
