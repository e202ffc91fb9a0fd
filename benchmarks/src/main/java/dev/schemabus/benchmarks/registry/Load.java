package dev.schemabus.benchmarks.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Requests from several threads, each with a connection of its own, each waiting for its answer. */
final class Load {

    private Load() {}

    /**
     * Sends requests as fast as the answers come.
     *
     * @param requests by number, from 0 to {@code count} - 1
     * @return answers a second
     */
    static double perSecond(String url, int threads, int count, IntFunction<byte[]> requests)
            throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long before = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> run(url, next, count, requests)));
            }
            for (Future<?> each : running) {
                each.get();
            }
            return count / ((System.nanoTime() - before) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }

    private static int run(String url, AtomicInteger next, int count, IntFunction<byte[]> requests) throws IOException {
        int sent = 0;
        try (Exchange exchange = new Exchange(url)) {
            for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                exchange.send(requests.apply(number));
                sent++;
            }
        }
        return sent;
    }
}
