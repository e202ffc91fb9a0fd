package dev.schemabus.bus;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: keeps what a user's {@link BusMetrics} throws off the road of records. */
final class GuardedMetrics implements BusMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedMetrics.class);

    private final BusMetrics metrics;
    private final RateLimit log = new RateLimit(Duration.ofMinutes(1));

    private GuardedMetrics(BusMetrics metrics) {
        this.metrics = metrics;
    }

    static BusMetrics of(BusMetrics metrics) {
        return metrics == NONE || metrics instanceof GuardedMetrics ? metrics : new GuardedMetrics(metrics);
    }

    @Override
    public void published(String topic, Publication end, long nanos) {
        guard(() -> metrics.published(topic, end, nanos));
    }

    @Override
    public void transactionEnded(TransactionEnd end, long nanos) {
        guard(() -> metrics.transactionEnded(end, nanos));
    }

    @Override
    public void subscriptionStarted(SubscriptionFigures figures) {
        guard(() -> metrics.subscriptionStarted(figures));
    }

    @Override
    public void subscriptionEnded(SubscriptionFigures figures) {
        guard(() -> metrics.subscriptionEnded(figures));
    }

    @Override
    public void decoded(String group, String topic, Decoding end) {
        guard(() -> metrics.decoded(group, topic, end));
    }

    @Override
    public void handled(String group, String topic, String type, Handling end, long nanos) {
        guard(() -> metrics.handled(group, topic, type, end, nanos));
    }

    @Override
    public void retried(String group, String topic) {
        guard(() -> metrics.retried(group, topic));
    }

    @Override
    public void deadLettered(String group, String topic, String failureClass) {
        guard(() -> metrics.deadLettered(group, topic, failureClass));
    }

    @Override
    public void rebalanced(String group, Rebalance kind, int partitions) {
        guard(() -> metrics.rebalanced(group, kind, partitions));
    }

    @Override
    public void committed(String group, boolean succeeded) {
        guard(() -> metrics.committed(group, succeeded));
    }

    @Override
    public void breaker(String group, boolean open) {
        guard(() -> metrics.breaker(group, open));
    }

    private void guard(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException | LinkageError e) {
            if (log.permits()) {
                LOG.warn("The metrics threw; nothing else is concerned", e);
            }
        }
    }
}
