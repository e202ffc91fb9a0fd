package dev.schemabus.registry;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for what nobody waits for: it is there while there is something to do, and keeps neither the JVM alive nor a
 * class loader that isn't ours.
 */
final class Background implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private static final int IDLE_SECONDS = 5;

    /** More than this isn't remembered: it would be old before its turn. */
    private static final int WAITING = 10_000;

    private static final int LAST_WORDS_MILLIS = 1_000;

    private final ThreadPoolExecutor thread;

    /** @param what what it does, for the thread's name */
    Background(String what) {
        thread = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread made = new Thread(task, "schemabus-registry-" + what);
                    made.setDaemon(true);
                    made.setContextClassLoader(Background.class.getClassLoader());
                    return made;
                });
        thread.allowCoreThreadTimeOut(true);
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(() -> {
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
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
