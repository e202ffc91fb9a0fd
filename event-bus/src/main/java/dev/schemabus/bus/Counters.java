package dev.schemabus.bus;

import java.util.concurrent.atomic.LongAdder;

/** Internal: what a subscription counts. */
final class Counters {
    final Waits waits = new Waits();
    final LongAdder received = new LongAdder();
    final LongAdder handled = new LongAdder();
    final LongAdder ignored = new LongAdder();
    final LongAdder failedAttempts = new LongAdder();
    final LongAdder deadLettered = new LongAdder();

    Subscription.Counts snapshot() {
        return new Subscription.Counts(
                received.sum(), handled.sum(), ignored.sum(), failedAttempts.sum(), deadLettered.sum());
    }
}
