package dev.schemabus.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is handed over when commits meet. Kafka's mock, because no real broker answers at a chosen moment. */
class AtMostOnceTest {

    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private final Assignment assignment = new Assignment(PARTITION, 1);
    private final LateConsumer consumer = new LateConsumer();
    private final List<Long> handedOver = new ArrayList<>();
    private final AtMostOnce<ShopEvent> commits = new AtMostOnce<>(
            work -> handedOver.add(work.incoming().offset()),
            partition -> {},
            consumer,
            new OffsetLedger(),
            new InFlight(new PollLimits(10, 1000, 10, 1000)),
            BusMetrics.NONE,
            "billing");

    @Test
    void aCommitThatIsAnsweredWhileAnotherIsWaitedForHandsNothingOverTwice() {
        commits.received(work(1));
        commits.turn();
        commits.received(work(2));
        assertThat(handedOver).as("none is committed").isEmpty();

        commits.commit(Set.of(PARTITION), Duration.ofSeconds(1));

        assertThat(handedOver).containsExactly(1L, 2L);
    }

    @Test
    void aCommitThatIsNeverAnsweredDoesntKeepTheNextFromHandingOver() {
        commits.received(work(1));
        commits.turn();
        consumer.answers = false;

        commits.commit(Set.of(PARTITION), Duration.ofSeconds(1));

        assertThat(handedOver).containsExactly(1L);
    }

    // It only passes through here, so the road of the records it belongs to isn't needed.
    @SuppressWarnings("NullAway")
    private RecordWork<ShopEvent> work(long offset) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("orders", 0, offset, "o-1".getBytes(UTF_8), new byte[] {1});
        return new RecordWork<>(null, assignment, Incoming.ofSource(record, "o-1", null));
    }

    /** Answers an asynchronous commit while the next one is waited for, as Kafka's own does. */
    private static final class LateConsumer extends MockConsumer<byte[], byte[]> {
        boolean answers = true;

        private @Nullable OffsetCommitCallback waiting;

        LateConsumer() {
            super("none");
            assign(List.of(PARTITION));
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
            waiting = callback;
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (answers && waiting != null) {
                waiting.onComplete(offsets, null);
            }
        }
    }
}
