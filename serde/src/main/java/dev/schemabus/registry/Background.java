package dev.schemabus.registry;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads for what the caller doesn't do itself: they are there while there is something to do, and keep neither the
 * JVM alive nor a class loader that isn't ours.
 */
final class Background implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private static final int IDLE_SECONDS = 5;

    private static final int LAST_WORDS_MILLIS = 1_000;

    private final ThreadPoolExecutor threads;

    /**
     * @param what what they do, for their names
     * @param most how many there are at most
     * @param waiting how much waits at most while all are busy; more than that isn't remembered
     */
    Background(String what, int most, int waiting) {
        threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), task -> {
                    Thread made = new Thread(task, "schemabus-registry-" + what);
                    made.setDaemon(true);
                    made.setContextClassLoader(Background.class.getClassLoader());
                    return made;
                });
        threads.allowCoreThreadTimeOut(true);
        threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("Something failed in the background of a registry's cache", e);
            }
        });
    }

    /** Ends what was begun, for at most a second. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts what was begun, for which the caller waits no longer. */
    void closeNow() {
        threads.shutdownNow();
    }
}
