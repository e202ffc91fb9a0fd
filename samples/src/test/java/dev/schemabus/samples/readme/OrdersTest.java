package dev.schemabus.samples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.EventBus;
import dev.schemabus.bus.Receipt;
import dev.schemabus.samples.readme.FirstEvents.OrderPaid;
import dev.schemabus.testkit.EmbeddedKafka;
import dev.schemabus.testkit.EmbeddedRegistry;
import dev.schemabus.testkit.SchemabusExtension;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// [readme]
@ExtendWith(SchemabusExtension.class)
class OrdersTest {

    @Test
    void aPaymentArrives(EmbeddedKafka kafka, EmbeddedRegistry registry) throws InterruptedException {
        BlockingQueue<OrderPaid> arrived = new LinkedBlockingQueue<>();
        try (EventBus bus = FirstEvents.bus(kafka.clientProperties(), registry.url())) {
            bus.subscribe(OrderPaid.class)
                    .group("test")
                    .on(OrderPaid.class, (paid, from) -> arrived.add(paid))
                    .start();

            Receipt receipt = bus.publish(new OrderPaid("o-7", Instant.ofEpochMilli(1_760_000_000_000L)));

            assertThat(receipt.topic()).isEqualTo("shop.order.events");
            assertThat(arrived.poll(30, TimeUnit.SECONDS))
                    .isEqualTo(new OrderPaid("o-7", Instant.ofEpochMilli(1_760_000_000_000L)));
        }
    }
}
// [readme]
