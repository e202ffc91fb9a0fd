package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.OffsetResets.NewGroupStart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Where partitions begin, when the broker is slow to say. Kafka's mock, because no real broker is slow at one question. */
class OffsetStartTest {

    private static final TopicPartition SOURCE = new TopicPartition("orders", 0);
    private static final TopicPartition RETRY = new TopicPartition("orders.billing.retry.1", 0);

    private final SlowConsumer consumer = new SlowConsumer();
    private final OffsetLedger ledger = new OffsetLedger();
    private final OffsetResets resets =
            new OffsetResets(consumer, "billing", NewGroupStart.LATEST, OffsetReset.LATEST, ledger);

    OffsetStartTest() {
        consumer.assign(List.of(SOURCE, RETRY));
        consumer.updateBeginningOffsets(Map.of(SOURCE, 3L, RETRY, 3L));
        consumer.updateEndOffsets(Map.of(SOURCE, 40L, RETRY, 40L));
        ledger.assigned(new Assignment(SOURCE, 1));
        ledger.assigned(new Assignment(RETRY, 2));
    }

    @Test
    void theEndWhereAGroupBeginsIsCommittedOnceItIsKnown() {
        consumer.slow = true;
        resets.begin(Set.of(SOURCE));
        resets.noteStarts();
        assertThat(ledger.committable()).isEmpty();

        consumer.slow = false;
        resets.noteStarts();

        assertThat(ledger.committable().values())
                .singleElement()
                .satisfies(offset -> assertThat(offset.offset()).isEqualTo(40));
    }

    @Test
    void aStartNeverPassesARecordThatWasReceived() {
        resets.begin(Set.of(SOURCE));
        Assignment assignment = new Assignment(SOURCE, 1);
        ledger.received(assignment, 38, Optional.of(1));

        resets.noteStarts();

        assertThat(ledger.position(SOURCE)).isEqualTo(38);
    }

    @Test
    void goingOnAtTheEndSkipsNothingOfARetryTopic() {
        resets.goOn(new OffsetOutOfRangeException(Map.of(SOURCE, 100L, RETRY, 100L)));

        assertThat(consumer.position(SOURCE)).isEqualTo(40);
        assertThat(consumer.position(RETRY)).isEqualTo(3);
    }

    /** Gives no position while it is slow. */
    private static final class SlowConsumer extends MockConsumer<byte[], byte[]> {
        boolean slow;

        SlowConsumer() {
            super("none");
        }

        @Override
        public synchronized long position(TopicPartition partition, Duration timeout) {
            if (slow) {
                throw new TimeoutException("no answer");
            }
            return super.position(partition, timeout);
        }
    }
}
