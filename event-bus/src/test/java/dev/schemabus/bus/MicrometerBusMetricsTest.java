package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.schemabus.bus.BusMetrics.Decoding;
import dev.schemabus.bus.BusMetrics.Handling;
import dev.schemabus.bus.BusMetrics.Publication;
import dev.schemabus.bus.BusMetrics.Rebalance;
import dev.schemabus.bus.BusMetrics.TransactionEnd;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerBusMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BusMetrics metrics = new MicrometerBusMetrics(registry);

    private record Figures(String group, long inFlightRecords, long inFlightBytes, long lag, long watermarkGap)
            implements SubscriptionFigures {
        @Override
        public double oldestInFlightSeconds() {
            return watermarkGap / 2.0;
        }
    }

    @Test
    void everySignalHasItsMeterAndTags() {
        metrics.published("orders", Publication.ACKED, 2_000_000);
        metrics.transactionEnded(TransactionEnd.COMMITTED, 1);
        metrics.decoded("g", "orders", Decoding.UNKNOWN_SCHEMA);
        metrics.handled("g", "orders", "Placed", Handling.FAILED, 1);
        metrics.retried("g", "orders");
        metrics.deadLettered("g", "orders", "POISON");
        metrics.rebalanced("g", Rebalance.LOST, 3);
        metrics.committed("g", false);
        metrics.breaker("g", true);

        assertThat(registry.get("schemabus.bus.publish")
                        .tags("topic", "orders", "outcome", "acked")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(2);
        assertThat(registry.getMeters().stream().map(Meter::getId).map(id -> id.getName() + id.getTags()))
                .contains(
                        "schemabus.bus.transactions[tag(outcome=committed)]",
                        "schemabus.bus.decode[tag(group=g), tag(outcome=unknown_schema), tag(topic=orders)]",
                        "schemabus.bus.handle[tag(group=g), tag(outcome=failed), tag(topic=orders), tag(type=Placed)]",
                        "schemabus.bus.retries[tag(group=g), tag(topic=orders)]",
                        "schemabus.bus.deadletters[tag(class=POISON), tag(group=g), tag(topic=orders)]",
                        "schemabus.bus.rebalances[tag(group=g), tag(kind=lost)]",
                        "schemabus.bus.commit[tag(group=g), tag(outcome=failed)]",
                        "schemabus.bus.breaker.opened[tag(group=g)]");
    }

    @Test
    void membersOfOneGroupShareGaugesThatGoWithTheLast() {
        Figures one = new Figures("g", 1, 100, 10, 4);
        Figures two = new Figures("g", 2, 200, 20, 6);
        metrics.subscriptionStarted(one);
        metrics.subscriptionStarted(two);

        assertThat(gauge("inflight.records")).isEqualTo(3);
        assertThat(gauge("inflight.bytes")).isEqualTo(300);
        assertThat(gauge("lag")).isEqualTo(30);
        assertThat(gauge("watermark.gap")).isEqualTo(6);
        assertThat(gauge("oldest.inflight.seconds")).isEqualTo(3);

        metrics.subscriptionEnded(one);
        assertThat(gauge("inflight.records")).isEqualTo(2);
        metrics.subscriptionEnded(two);
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void whatMetricsThrowStaysWithThem() {
        BusMetrics broken = GuardedMetrics.of(new BusMetrics() {
            @Override
            public void published(String topic, Publication end, long nanos) {
                throw new IllegalStateException("no");
            }
        });

        assertThatCode(() -> broken.published("orders", Publication.ACKED, 1)).doesNotThrowAnyException();
    }

    private double gauge(String name) {
        return registry.get("schemabus.bus." + name).tag("group", "g").gauge().value();
    }
}
