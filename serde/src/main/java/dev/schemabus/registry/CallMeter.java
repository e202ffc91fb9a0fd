package dev.schemabus.registry;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what goes over the network. */
final class CallMeter {

    final LongAdder requests = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder retries = new LongAdder();

    /** As a snapshot, of which the cache's part is empty. */
    RegistryMetrics metrics(CircuitState circuit) {
        return new RegistryMetrics(
                0, 0, 0, 0, Duration.ZERO, 0, 0, 0, 0, requests.sum(), failures.sum(), retries.sum(), circuit);
    }
}
