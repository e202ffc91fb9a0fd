package dev.schemabus.bus;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Internal: the threads of a subscription, all of them daemons, none started before it has work.
 *
 * @param workers decode and handle; virtual where that is good, see {@link VirtualThreads}
 * @param timer wakes up lanes that wait
 * @param lookups ask the registry, which may take long
 * @param writes start to write dead letters and retried records, which may block while their topic is away
 * @param topics asks which topics exist, whatever the registry or a topic keeps waiting
 * @param transactions runs transactions, one at a time
 * @param poll makes the poll thread
 */
record SubscriptionThreads(
        ExecutorService workers,
        ScheduledExecutorService timer,
        ExecutorService lookups,
        ExecutorService writes,
        ExecutorService topics,
        ExecutorService transactions,
        ThreadFactory poll) {

    /** Several, so that a schema whose lookup hangs doesn't hold up another. */
    private static final int LOOKUPS = 4;

    /** Several, so that a topic that is away doesn't hold up another. */
    private static final int WRITES = 4;

    static SubscriptionThreads of(SubscriptionSettings settings) {
        String name = "schemabus-" + settings.group();
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named(name + "-timer-"));
        timer.setRemoveOnCancelPolicy(true);
        return new SubscriptionThreads(
                Executors.newFixedThreadPool(
                        settings.concurrency(),
                        VirtualThreads.factory(name + "-worker-").orElseGet(() -> named(name + "-worker-"))),
                timer,
                upTo(LOOKUPS, named(name + "-registry-")),
                upTo(WRITES, named(name + "-write-")),
                upTo(1, named(name + "-topics-")),
                upTo(1, named(name + "-transaction-")),
                named(name + "-poll-"));
    }

    /** Interrupts what works on records, and takes nothing more. What commits goes on until {@link #end}. */
    void endWork() {
        workers.shutdownNow();
        timer.shutdownNow();
        lookups.shutdownNow();
        writes.shutdownNow();
        topics.shutdownNow();
    }

    void end() {
        endWork();
        transactions.shutdown();
    }

    private static ExecutorService upTo(int most, ThreadFactory threads) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
