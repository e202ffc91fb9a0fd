package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetLedgerTest {

    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final Optional<Integer> EPOCH = Optional.of(5);

    private final OffsetLedger ledger = new OffsetLedger();
    private final Assignment first = new Assignment(PARTITION, 1);

    @Test
    void nothingReceivedIsNothingToCommit() {
        ledger.assigned(first);

        assertThat(committable()).isEmpty();
    }

    @Test
    void theLowestIncompleteOffsetHoldsTheCommit() {
        ledger.assigned(first);
        receive(first, 10, 11, 12);

        ledger.completed(first, 11);
        ledger.completed(first, 12);

        assertThat(committable()).isEqualTo(Map.of(first, 10L));

        ledger.completed(first, 10);

        assertThat(committable()).isEqualTo(Map.of(first, 13L));
    }

    @Test
    void gapsBetweenOffsetsHoldNothing() {
        ledger.assigned(first);
        receive(first, 10, 15, 40);

        ledger.completed(first, 10);
        assertThat(committable()).isEqualTo(Map.of(first, 15L));

        ledger.completed(first, 15);
        ledger.completed(first, 40);
        assertThat(committable()).isEqualTo(Map.of(first, 41L));
    }

    @Test
    void whatIsCommittedIsNotCommittedAgain() {
        ledger.assigned(first);
        receive(first, 10);
        ledger.completed(first, 10);

        ledger.committed(ledger.committable());

        assertThat(committable()).isEmpty();
    }

    @Test
    void aResultOfAnEarlierTermIsDropped() {
        ledger.assigned(first);
        receive(first, 10);
        Assignment second = new Assignment(PARTITION, 2);
        ledger.assigned(second);
        receive(second, 10, 11);
        ledger.completed(second, 11);

        assertThat(ledger.completed(first, 10)).isFalse();

        assertThat(committable()).isEqualTo(Map.of(second, 10L));
    }

    @Test
    void aCommitOfAnEarlierTermSaysNothingAboutTheNext() {
        ledger.assigned(first);
        Assignment second = new Assignment(PARTITION, 2);
        ledger.assigned(second);
        receive(second, 5);
        ledger.completed(second, 5);

        ledger.committed(Map.of(first, new OffsetAndMetadata(100L)));

        assertThat(committable()).isEqualTo(Map.of(second, 6L));
    }

    @Test
    void aForgottenPartitionCommitsNothing() {
        ledger.assigned(first);
        receive(first, 10);
        ledger.completed(first, 10);

        ledger.forget(PARTITION);

        assertThat(committable()).isEmpty();
        assertThat(ledger.completed(first, 10)).isFalse();
        assertThat(ledger.assignment(PARTITION)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverTheOrderOfResultsNoIncompleteOffsetIsEverPassed(long seed) {
        Random random = new Random(seed);
        ledger.assigned(first);
        TreeSet<Long> incomplete = new TreeSet<>();
        long next = random.nextInt(100);
        for (int round = 0; round < 200; round++) {
            for (int i = random.nextInt(5); i > 0; i--) {
                next += 1 + random.nextInt(3);
                ledger.received(first, next, EPOCH);
                incomplete.add(next);
            }
            List<Long> some = new ArrayList<>(incomplete);
            Collections.shuffle(some, random);
            some.subList(0, random.nextInt(some.size() + 1)).forEach(offset -> {
                ledger.completed(first, offset);
                incomplete.remove(offset);
            });
            Map<Assignment, Long> committable = committable();
            if (!incomplete.isEmpty()) {
                assertThat(committable.values()).as("seed %d", seed).allMatch(offset -> offset <= incomplete.first());
            }
            ledger.committed(ledger.committable());
        }
    }

    @Test
    void whatAnEarlierMemberCompletedAheadIsNotToBeDoneAgain() {
        ledger.assigned(first);
        receive(first, 10, 11, 12, 13, 14);
        ledger.completed(first, 11);
        ledger.completed(first, 13);
        OffsetAndMetadata committed = committableOfFirst();
        assertThat(committed.offset()).isEqualTo(10);

        Assignment second = new Assignment(PARTITION, 2);
        ledger.assigned(second, CompletedAhead.read(10, committed.metadata()).orElseThrow());

        assertThat(ledger.received(second, 10, EPOCH)).isTrue();
        assertThat(ledger.received(second, 11, EPOCH)).isFalse();
        assertThat(ledger.received(second, 12, EPOCH)).isTrue();
        assertThat(ledger.received(second, 13, EPOCH)).isFalse();
        assertThat(ledger.received(second, 14, EPOCH)).isTrue();
        assertThat(ledger.received(second, 15, EPOCH)).isTrue();
    }

    @Test
    void aRecordOfALaterLeaderIsNotWhatAnEarlierMemberCompleted() {
        // Truncated at 12: what stands there now is new.
        Assignment second = afterOneThatCompleted(11, 13, 14);

        assertThat(ledger.received(second, 10, EPOCH)).isTrue();
        assertThat(ledger.received(second, 11, EPOCH)).isFalse();
        assertThat(ledger.received(second, 12, Optional.of(6))).isTrue();
        assertThat(ledger.received(second, 13, Optional.of(6))).isTrue();
        assertThat(ledger.received(second, 14, Optional.of(6))).isTrue();
        assertThat(CompletedAhead.read(10, committableOfFirst().metadata())
                        .orElseThrow()
                        .incomplete())
                .containsExactlyInAnyOrder(10L, 12L, 13L, 14L);
    }

    @Test
    void aRecordOfAnUnknownLeaderIsHandledAgain() {
        Assignment second = afterOneThatCompleted(11);

        assertThat(ledger.received(second, 10, Optional.empty())).isTrue();
        assertThat(ledger.received(second, 11, Optional.empty())).isTrue();
    }

    @Test
    void aCommitGoesOnSayingWhatWasCompletedBeyondWhatItHasRead() {
        Assignment second = afterOneThatCompleted(11, 13, 14);
        ledger.received(second, 10, EPOCH);
        ledger.received(second, 11, EPOCH);

        OffsetAndMetadata committed = committableOfFirst();

        CompletedAhead ahead =
                CompletedAhead.read(committed.offset(), committed.metadata()).orElseThrow();
        assertThat(ahead.incomplete()).containsExactlyInAnyOrder(10L, 12L);
        assertThat(ahead.end()).isEqualTo(15);
    }

    @Test
    void aCommitGoesOnSayingItWhenAllThatCameIsComplete() {
        Assignment second = afterOneThatCompleted(11, 12, 13, 14);
        ledger.received(second, 10, EPOCH);
        ledger.completed(second, 10);

        OffsetAndMetadata committed = committableOfFirst();

        assertThat(committed.offset()).isEqualTo(11);
        assertThat(CompletedAhead.read(11, committed.metadata()).orElseThrow().contains(14, EPOCH))
                .isTrue();
    }

    /** A second term, after one that received 10 to 14. */
    private Assignment afterOneThatCompleted(long... offsets) {
        ledger.assigned(first);
        receive(first, 10, 11, 12, 13, 14);
        for (long offset : offsets) {
            ledger.completed(first, offset);
        }
        OffsetAndMetadata committed = committableOfFirst();
        Assignment second = new Assignment(PARTITION, 2);
        ledger.assigned(
                second,
                CompletedAhead.read(committed.offset(), committed.metadata()).orElseThrow());
        return second;
    }

    @Test
    void whatIsCompletedAheadIsWorthACommitThoughTheOffsetStays() {
        ledger.assigned(first);
        receive(first, 10, 11, 12);
        ledger.completed(first, 11);
        ledger.committed(ledger.committable());
        assertThat(ledger.committable()).isEmpty();

        ledger.completed(first, 12);

        assertThat(committable()).isEqualTo(Map.of(first, 10L));
        assertThat(ledger.widestGap()).isEqualTo(2);
    }

    @Test
    void theEpochOfTheLastRecordBeforeThePositionIsCommittedWithIt() {
        ledger.assigned(first);
        ledger.received(first, 10, Optional.of(3));
        ledger.received(first, 11, Optional.of(3));
        ledger.received(first, 12, Optional.of(5));

        ledger.completed(first, 10);
        assertThat(committableOfFirst().leaderEpoch()).hasValue(3);

        ledger.completed(first, 11);
        ledger.completed(first, 12);
        assertThat(committableOfFirst().leaderEpoch()).hasValue(5);
    }

    private OffsetAndMetadata committableOfFirst() {
        return ledger.committable().values().iterator().next();
    }

    private Map<Assignment, Long> committable() {
        return ledger.committable().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private void receive(Assignment assignment, long... offsets) {
        for (long offset : offsets) {
            ledger.received(assignment, offset, EPOCH);
        }
    }
}
