package dev.schemabus.bus;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Internal: a record on its way to another topic: it is written, waits on its lane for the answer, and is written again if
 * that says no. Its offset is complete once the copy is acknowledged.
 */
abstract sealed class Move<T> implements RecordStage<T> permits RetryMove, DeadLetterMove {

    private final RecordWork<T> work;
    private @Nullable CompletableFuture<Void> writing;

    Move(RecordWork<T> work) {
        this.work = work;
    }

    final RecordWork<T> work() {
        return work;
    }

    @Override
    public final boolean underWay() {
        return writing != null;
    }

    @Override
    public final Step turn() {
        if (writing == null) {
            Step obstacle = obstacle();
            if (obstacle != null) {
                return obstacle;
            }
        }
        CompletableFuture<Void> copy = writing != null ? writing : write();
        writing = copy;
        if (!copy.isDone()) {
            return new Step.Until(copy);
        }
        writing = null;
        Optional<Throwable> unwritten = RecordStage.failure(copy);
        if (unwritten.isEmpty()) {
            written();
            return work.end(true, Step.NEXT);
        }
        return unwritten(unwritten.get());
    }

    /** What keeps it from being written now, or null. */
    abstract @Nullable Step obstacle();

    /** Starts to write it. */
    abstract CompletableFuture<Void> write();

    /** It is acknowledged. */
    abstract void written();

    /** What can't be done, to be said when the topic is away. */
    abstract String purpose();

    /** It is not acknowledged. */
    Step unwritten(Throwable error) {
        return error instanceof KafkaException ? work.infra("Can't write " + purpose(), error) : work.giveUp(error);
    }
}
