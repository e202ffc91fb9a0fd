package dev.schemabus.bus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemabus.bus.faults.History.Delivery;
import dev.schemabus.bus.faults.History.Logged;
import dev.schemabus.bus.faults.History.Outcome;
import dev.schemabus.bus.faults.History.Publication;
import dev.schemabus.bus.faults.HistoryCheck.Finding;
import dev.schemabus.bus.faults.HistoryCheck.Sin;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The control of all fault tests: the check finds every sin, and none where there is none. */
class HistoryCheckTest {

    private final History history = new History();
    private long clock;

    @Test
    void aFaultlessHistoryHasNoFindings() {
        acked("a", 1, 0);
        acked("a", 2, 1);
        indeterminate("b", 1);
        rejected("b", 2);
        logged(0, "a", 1);
        logged(1, "a", 2);
        delivered("m", 0, "a", 1);
        delivered("m", 1, "a", 2);

        assertThat(publishing()).isEmpty();
        assertThat(delivery()).isEmpty();
        assertThat(history.redeliveries()).isZero();
    }

    @Test
    void anAckedEventThatIsNotInTheTopicIsLost() {
        acked("a", 1, 0);

        assertThat(publishing()).containsExactly(Sin.LOST);
    }

    @Test
    void anEventThatIsTwiceInTheTopicIsADuplicate() {
        acked("a", 1, 0);
        logged(0, "a", 1);
        logged(1, "a", 1);

        assertThat(publishing()).containsExactly(Sin.DUPLICATED);
    }

    @Test
    void aLaterEventOfAKeyInFrontIsAReordering() {
        acked("a", 1, 1);
        acked("a", 2, 0);
        logged(0, "a", 2);
        logged(1, "a", 1);

        assertThat(publishing()).containsExactly(Sin.REORDERED);
    }

    @Test
    void aRejectedEventInTheTopicIsASin() {
        rejected("a", 1);
        logged(0, "a", 1);

        assertThat(publishing()).containsExactly(Sin.REJECTED_BUT_WRITTEN);
    }

    @Test
    void aReceiptThatNamesAnotherPlaceIsASin() {
        acked("a", 1, 7);
        logged(0, "a", 1);

        assertThat(publishing()).containsExactly(Sin.MISPLACED);
    }

    @Test
    void aRecordThatNobodyGotIsFound() {
        logged(0, "a", 1);

        assertThat(delivery()).containsExactly(Sin.NOT_DELIVERED);
    }

    @Test
    void aRecordThatCameBeforeItsPredecessorWasSkippedTo() {
        logged(0, "a", 1);
        logged(1, "a", 2);
        delivered("m", 1, "a", 2);
        delivered("m", 0, "a", 1);

        assertThat(delivery()).containsExactly(Sin.SKIPPED);
    }

    @Test
    void goingBackIsAllowedAndJumpingForwardFromThereIsNot() {
        for (int number = 0; number < 4; number++) {
            logged(number, "a", number);
            delivered("m", number, "a", number);
        }
        delivered("n", 1, "a", 1);
        delivered("n", 2, "a", 2);
        assertThat(delivery()).isEmpty();
        assertThat(history.redeliveries()).isEqualTo(2);

        delivered("n", 1, "a", 1);
        delivered("n", 3, "a", 3);

        assertThat(delivery()).containsExactly(Sin.OUT_OF_ORDER);
    }

    @Test
    void anotherAttemptIsNoRedelivery() {
        logged(0, "a", 1);
        delivered("m", 0, "a", 1);
        history.add(new Delivery("m", 0, 0, "a", 1, 2, ++clock, ++clock));

        assertThat(delivery()).isEmpty();
        assertThat(history.redeliveries()).isZero();
    }

    @Test
    void twoRecordsOfAKeyInHandlersAtTheSameTimeAreFound() {
        logged(0, "a", 1);
        logged(1, "a", 2);
        history.add(new Delivery("m", 0, 0, "a", 1, 1, 10, 30));
        history.add(new Delivery("n", 0, 1, "a", 2, 1, 20, 40));

        assertThat(delivery()).containsExactly(Sin.OVERLAPPED);
    }

    @Test
    void aHandlerThatNeverReturnedOverlapsWithNobody() {
        logged(0, "a", 1);
        history.add(new Delivery("killed", 0, 0, "a", 1, 1, 10, Delivery.NEVER));
        history.add(new Delivery("n", 0, 0, "a", 1, 1, 20, 40));

        assertThat(delivery()).isEmpty();
    }

    @Test
    void anEventOfAnAbortedTransactionMustNotBeSeen() {
        history.add(new Publication("a", 1, Outcome.ABORTED, -1, -1));
        delivered("m", 0, "a", 1);

        assertThat(delivery()).containsExactly(Sin.ABORTED_READ);
    }

    @Test
    void aDeliveryOfWhatIsNotInTheTopicIsFound() {
        delivered("m", 0, "a", 1);

        assertThat(delivery()).containsExactly(Sin.OUT_OF_NOWHERE);
    }

    private void acked(String key, long number, long offset) {
        history.add(new Publication(key, number, Outcome.ACKED, 0, offset));
    }

    private void rejected(String key, long number) {
        history.add(new Publication(key, number, Outcome.REJECTED, -1, -1));
    }

    private void indeterminate(String key, long number) {
        history.add(new Publication(key, number, Outcome.INDETERMINATE, -1, -1));
    }

    private void logged(long offset, String key, long number) {
        history.add(new Logged(0, offset, key, number));
    }

    private void delivered(String member, long offset, String key, long number) {
        history.add(new Delivery(member, 0, offset, key, number, 1, ++clock, ++clock));
    }

    private List<Sin> publishing() {
        return HistoryCheck.ofPublishing(history).stream().map(Finding::sin).toList();
    }

    private List<Sin> delivery() {
        return HistoryCheck.ofDelivery(history).stream().map(Finding::sin).toList();
    }
}
