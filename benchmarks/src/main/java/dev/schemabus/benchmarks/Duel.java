package dev.schemabus.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** The two sides of a case, round by round. With more threads than one, all do the same at the same time. */
final class Duel {

    /** Long enough for the clock, short enough that a neighbour disturbs few of them. */
    private static final long LAP_NANOS = 1_500_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Case contest;
    private final Side ours;
    private final Side other;

    Duel(Case contest, int threads) {
        this.contest = contest;
        this.ours = new Side(contest.ours(), threads);
        this.other = new Side(contest.other(), threads);
    }

    String name() {
        return contest.name();
    }

    void warm(long nanos) {
        ours.warm(nanos / 2);
        other.warm(nanos / 2);
    }

    void round(Random random) {
        if (random.nextBoolean()) {
            ours.measure();
            other.measure();
        } else {
            other.measure();
            ours.measure();
        }
    }

    double nanosOfOurs() {
        return ours.nanos();
    }

    double nanosOfOther() {
        return other.nanos();
    }

    /** The median of the rounds' ratios, not the ratio of the medians: a round's two halves saw the same weather. */
    double ratio() {
        double[] ratios = new double[ours.results.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.results.get(i) / other.results.get(i);
        }
        return median(ratios);
    }

    long bytesOfOurs() {
        return ours.bytes();
    }

    long bytesOfOther() {
        return other.bytes();
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static final class Side {
        private final Lap[] laps;
        private final List<Double> results = new ArrayList<>();
        private int times = 1;

        Side(Operation operation, int threads) {
            laps = new Lap[threads];
            Arrays.setAll(laps, i -> new Lap(operation));
        }

        void warm(long nanos) {
            long spent = 0;
            while (spent < nanos) {
                double each = lap();
                spent += (long) (each * times);
                times = (int) Math.max(1, LAP_NANOS / Math.max(each, 1));
            }
        }

        void measure() {
            results.add(lap());
        }

        double nanos() {
            return median(results.stream().mapToDouble(Double::doubleValue).toArray());
        }

        long bytes() {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            laps[0].run(times);
            return (THREADS.getCurrentThreadAllocatedBytes() - before) / times;
        }

        /** Gives the nanoseconds that one operation of one thread took. */
        private double lap() {
            if (laps.length == 1) {
                // The time that this thread had, whatever else the machine had to do meanwhile.
                long begin = THREADS.getCurrentThreadCpuTime();
                laps[0].run(times);
                return (THREADS.getCurrentThreadCpuTime() - begin) / (double) times;
            }
            long[] nanos = new long[laps.length];
            CyclicBarrier start = new CyclicBarrier(laps.length);
            Thread[] threads = new Thread[laps.length];
            for (int i = 0; i < threads.length; i++) {
                int mine = i;
                threads[i] = new Thread(() -> {
                    await(start);
                    long begin = System.nanoTime();
                    laps[mine].run(times);
                    nanos[mine] = System.nanoTime() - begin;
                });
                threads[i].start();
            }
            for (Thread thread : threads) {
                join(thread);
            }
            return Arrays.stream(nanos).average().orElseThrow() / times;
        }

        private static void await(CyclicBarrier start) {
            try {
                start.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException("nobody interrupts a benchmark", e);
            }
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a benchmark", e);
            }
        }
    }
}
