package dev.schemabus.registry;

import java.util.concurrent.atomic.LongAdder;

/** Counts what goes over the network. */
final class CallMeter {

    final LongAdder requests = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder retries = new LongAdder();
}
