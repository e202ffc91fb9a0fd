package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemabus.bus.ShopEvent.OrderPaid;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How much lanes bring: one partition, as many keys as records, handlers that wait for 0 to 5 ms. With
 * {@code -Dtest.long=true} 10 000 records, else 1 000.
 */
@ExtendWith(SchemabusExtension.class)
@Timeout(180)
class LaneThroughputTest {

    private static final int RECORDS = Boolean.getBoolean("test.long") ? 10_000 : 1_000;
    private static final long SEED = 6;

    private final EmbeddedKafka kafka;

    LaneThroughputTest(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void lanesHandleOnePartitionManyTimesFasterThanOneHandlerAfterTheOther() {
        try (Shop shop = new Shop(kafka, 1)) {
            for (int i = 0; i < RECORDS; i++) {
                shop.bus().publishAsync(new OrderPaid("o-" + i, i));
            }
            shop.bus().publish(new OrderPaid("last", RECORDS));

            Duration serial = handle(shop, "serial", Ordering.BY_PARTITION);
            Duration lanes = handle(shop, "lanes", Ordering.BY_KEY);

            System.out.printf(
                    "%d records: one after the other %d ms, lanes %d ms%n",
                    RECORDS, serial.toMillis(), lanes.toMillis());
            assertThat(lanes).isLessThan(serial.dividedBy(4));
        }
    }

    /** From the first call of the handler to the last, with retries and dead letters armed. */
    private static Duration handle(Shop shop, String group, Ordering ordering) {
        long[] waits = new Random(SEED).longs(RECORDS + 1, 0, 5_000_000).toArray();
        AtomicLong begin = new AtomicLong();
        AtomicLong end = new AtomicLong();
        AtomicInteger handled = new AtomicInteger();
        try (Subscription subscription = shop.bus()
                .subscribe(ShopEvent.class)
                .group(group)
                .ordering(ordering)
                .concurrency(64)
                .on(OrderPaid.class, (event, context) -> {
                    begin.compareAndSet(0, System.nanoTime());
                    LockSupport.parkNanos(waits[(int) event.cents()]);
                    end.accumulateAndGet(System.nanoTime(), Math::max);
                    handled.incrementAndGet();
                })
                .on(ShopEvent.class, (event, context) -> {})
                .start()) {
            await().atMost(Duration.ofMinutes(2)).until(() -> handled.get() == RECORDS + 1);
            assertThat(subscription.counts().deadLettered()).isZero();
        }
        return Duration.ofNanos(end.get() - begin.get());
    }
}
