package dev.schemabus.registry;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Counts what the caches of one registry do. */
final class CacheMeter {

    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder loads = new LongAdder();
    final LongAdder failedLoads = new LongAdder();
    final LongAdder loadNanos = new LongAdder();
    final LongAdder evictions = new LongAdder();

    /** Answers that are older than they should be, because the registry couldn't be asked. */
    final LongAdder stale = new LongAdder();

    /** Counts a load and its time. */
    <V> V timed(Supplier<V> load) {
        long began = System.nanoTime();
        boolean loaded = false;
        try {
            V value = load.get();
            loaded = true;
            return value;
        } finally {
            (loaded ? loads : failedLoads).increment();
            loadNanos.add(System.nanoTime() - began);
        }
    }
}
