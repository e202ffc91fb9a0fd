package dev.schemabus.registry;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance, as calls see them: tests bring their own. */
interface CallClock {

    /** The machine's. */
    CallClock SYSTEM = new CallClock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }
    };

    /** A count of nanoseconds that never jumps; only differences mean something. */
    long nanos();

    void sleep(long nanos) throws InterruptedException;

    /** At least 0 and less than 1. */
    double random();
}
