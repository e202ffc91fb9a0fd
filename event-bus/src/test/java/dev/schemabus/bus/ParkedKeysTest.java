package dev.schemabus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.ParkedKeys.Turn;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of key-ordered retry, one by one and then all together with crashes. */
class ParkedKeysTest {

    private final AtomicLong now = new AtomicLong();
    private final ParkedKeys parked = new ParkedKeys(2, 3, now::get);

    @Test
    void aKeyThatIsNotParkedIsHandled() {
        assertThat(parked.ofSource("k", 10)).isEqualTo(Turn.HANDLE);
    }

    @Test
    void laterRecordsOfAParkedKeyFollowAndOtherKeysAreHandled() {
        park("k", 10, 0);

        assertThat(parked.ofSource("k", 11)).isEqualTo(Turn.FOLLOW);
        assertThat(parked.ofSource("other", 12)).isEqualTo(Turn.HANDLE);
    }

    @Test
    void aSourceRecordThatIsParkedAlreadyIsADuplicate() {
        park("k", 10, 0);
        park("k", 12, 1);

        assertThat(parked.ofSource("k", 10)).isEqualTo(Turn.DROP);
        assertThat(parked.ofSource("k", 12)).isEqualTo(Turn.DROP);
        assertThat(parked.ofSource("k", 13)).isEqualTo(Turn.FOLLOW);
    }

    @Test
    void aSourceRecordBeforeThoseParkedWasFinishedEarlierAndIsADuplicateToo() {
        parked.found("k", 12, 5);

        assertThat(parked.ofSource("k", 10)).isEqualTo(Turn.DROP);
    }

    @Test
    void aKeyIsParkedUntilItsLastRecordIsCommittedAndNotOnlyHandled() {
        park("k", 10, 0);
        parked.finished("k", 0);

        assertThat(parked.ofSource("k", 11)).isEqualTo(Turn.WAIT);
        parked.committed(1);
        assertThat(parked.ofSource("k", 11)).isEqualTo(Turn.HANDLE);
        assertThat(parked.size()).isZero();
    }

    @Test
    void duplicatesFromTheSourceAreKnownUntilItIsCommittedBeyondThem() {
        park("k", 10, 0);
        parked.finished("k", 0);
        parked.committed(1);

        assertThat(parked.ofSource("k", 10)).isEqualTo(Turn.DROP);
        assertThat(parked.remembered()).isEqualTo(1);
        parked.sourceCommitted(11);
        assertThat(parked.remembered()).isZero();
    }

    @Test
    void ifTheCommitTakesLongTheKeyGoesOnThroughTheRetryTopic() {
        park("k", 10, 0);
        parked.finished("k", 0);
        now.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(parked.ofSource("k", 11)).isEqualTo(Turn.FOLLOW);
    }

    @Test
    void ifAnotherKeyHoldsUpTheCommitItIsNotWaitedFor() {
        park("slow", 9, 0);
        park("k", 10, 1);
        parked.finished("k", 1);

        assertThat(parked.ofSource("k", 11)).isEqualTo(Turn.FOLLOW);
    }

    @Test
    void recordsBehindOneThatMovedToTheEndMoveBehindIt() {
        park("k", 10, 0);
        park("k", 11, 1);
        assertThat(parked.ofRetry("k", 0)).isEqualTo(Turn.HANDLE);

        move("k", 10, 0, 2);

        assertThat(parked.ofRetry("k", 1)).isEqualTo(Turn.FOLLOW);
        move("k", 11, 1, 3);
        assertThat(parked.ofRetry("k", 2)).isEqualTo(Turn.HANDLE);
        parked.finished("k", 2);
        assertThat(parked.ofRetry("k", 3)).isEqualTo(Turn.HANDLE);
    }

    @Test
    void ofSeveralCopiesOnlyTheLastCounts() {
        parked.found("k", 10, 0);
        parked.found("k", 10, 4);

        assertThat(parked.ofRetry("k", 0)).isEqualTo(Turn.DROP);
        assertThat(parked.ofRetry("k", 4)).isEqualTo(Turn.HANDLE);
    }

    @Test
    void aCopyThatNobodyHereKnowsOfWasWrittenByAFormerOwnerAndIsDropped() {
        parked.arrived("k", 10, 7);

        assertThat(parked.ofRetry("k", 7)).isEqualTo(Turn.DROP);
        assertThat(parked.ofSource("k", 10)).isEqualTo(Turn.HANDLE);
    }

    @Test
    void aCopyThatArrivesBeforeItsAcknowledgementIsOurs() {
        assertThat(parked.appending("k", 10, false)).isTrue();
        parked.arrived("k", 10, 7);

        assertThat(parked.ofRetry("k", 7)).isEqualTo(Turn.HANDLE);
        parked.finished("k", 7);
        parked.committed(8);
        parked.appended("k", 10, 7);
        assertThat(parked.size()).isZero();
    }

    @Test
    void aReplayStandsInNoOrderWithTheSource() {
        parked.arrived("k", ParkedKeys.NO_ORIGIN, 0);

        assertThat(parked.ofRetry("k", 0)).isEqualTo(Turn.HANDLE);
        assertThat(parked.ofSource("k", 3)).isEqualTo(Turn.FOLLOW);
    }

    @Test
    void beyondTheLimitsRecordsWaitAndNothingIsDropped() {
        park("k", 10, 0);
        park("k", 11, 1);
        park("k", 12, 2);
        assertThat(parked.full()).isFalse();

        assertThat(parked.ofSource("k", 13)).isEqualTo(Turn.WAIT);
        assertThat(parked.full()).isTrue();
        park("second", 14, 3);
        assertThat(parked.appending("third", 15, false)).isFalse();

        assertThat(parked.appending("k", 10, true))
                .as("one that moves has its room")
                .isTrue();
        parked.appended("k", 10, 4);
        parked.finished("k", 0);
        parked.finished("k", 1);
        assertThat(parked.ofSource("k", 13)).isEqualTo(Turn.FOLLOW);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(parked.full()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whateverCrashesInBetweenEachKeyStaysInOrderAndNothingIsLost(long seed) {
        for (int i = 0; i < 40; i++) {
            new KeyOrderModel(seed * 1_000 + i, true).run();
        }
    }

    /** The control: without the lock of rule 1 the same runs break the order. */
    @Test
    void aLockThatOpensWhenARecordIsHandledAndNotCommittedBreaksTheOrder() {
        int broken = 0;
        for (int i = 0; i < 400; i++) {
            try {
                new KeyOrderModel(1_000 + i, false).run();
            } catch (AssertionError e) {
                broken++;
            }
        }
        assertThat(broken).isPositive();
    }

    private void park(String key, long origin, long at) {
        assertThat(parked.appending(key, origin, false)).isTrue();
        parked.appended(key, origin, at);
    }

    private void move(String key, long origin, long from, long to) {
        assertThat(parked.appending(key, origin, true)).isTrue();
        parked.appended(key, origin, to);
        parked.finished(key, from);
    }
}
