package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TransactionalProducersTest {

    private final TransactionalProducers producers = new TransactionalProducers(
            "shop", 3, id -> new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()));

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void closingASecondTimeWaitsForNothing() throws InterruptedException {
        TransactionalProducers.Seat seat = Objects.requireNonNull(producers.acquire(Duration.ZERO));
        producers.release(seat);
        producers.close(Duration.ofMinutes(1));

        producers.close(Duration.ofMinutes(1));

        assertThatThrownBy(() -> producers.acquire(Duration.ZERO)).isInstanceOf(BusClosedException.class);
    }
}
