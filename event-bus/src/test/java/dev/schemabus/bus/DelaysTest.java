package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DelaysTest {

    private static final Duration DELAY = Duration.ofSeconds(10);
    private static final int RECORD_BYTES = 100;

    private final AtomicLong now = new AtomicLong();
    private final Delays delays =
            new Delays(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), now::get, new PollLimits(100, 1_000, 10, 200));

    @Test
    void whatWaitsInAllPartitionsTogetherIsBounded() {
        int taken = 0;
        while (!delays.full()) {
            delays.add(record(taken % 80, taken), DELAY);
            taken++;
        }

        // Another poll may bring 200 bytes.
        assertThat(taken).isEqualTo(9);

        delays.forget(Set.of(partition(0), partition(1), partition(2), partition(3)));
        assertThat(delays.full()).isFalse();
    }

    @Test
    void whatIsDueMakesRoom() {
        for (int i = 0; !delays.full(); i++) {
            delays.add(record(0, i), DELAY);
        }
        now.set(DELAY.toNanos() - 1);
        assertThat(delays.due()).isEmpty();
        assertThat(delays.full()).isTrue();

        now.incrementAndGet();
        assertThat(delays.due()).hasSize(9);
        assertThat(delays.full()).isFalse();
        assertThat(delays.holding()).isEmpty();
    }

    private static Incoming record(int partition, long offset) {
        ConsumerRecord<byte[], byte[]> event = new ConsumerRecord<>(
                "orders",
                partition,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                RECORD_BYTES,
                new byte[0],
                new byte[RECORD_BYTES],
                new RecordHeaders(),
                Optional.empty());
        return new Incoming(
                partition(partition),
                offset,
                Optional.empty(),
                event,
                new RetryState(1, DELAY.toMillis(), Instant.EPOCH),
                "lane",
                null);
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition("orders.billing.retry.1", number);
    }
}
