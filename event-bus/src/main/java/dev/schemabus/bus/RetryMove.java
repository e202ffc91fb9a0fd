package dev.schemabus.bus;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Internal: a record on its way to its retry topic. */
final class RetryMove<T> extends Move<T> {

    private static final Logger LOG = LoggerFactory.getLogger(RetryMove.class);

    private final RetryState state;
    private final RecordStage<T> otherwise;

    /**
     * A move to the retry topic.
     *
     * @param state what the record takes along
     * @param otherwise where it goes on if it is too large for that topic
     */
    RetryMove(RecordWork<T> work, RetryState state, RecordStage<T> otherwise) {
        super(work);
        this.state = state;
        this.otherwise = otherwise;
    }

    @Override
    @Nullable
    Step obstacle() {
        return work().incoming().moving() ? null : work().again(Admission.ASIDE);
    }

    @Override
    CompletableFuture<Void> write() {
        return work().road().retries().write(work().incoming(), state);
    }

    @Override
    void written() {}

    @Override
    String purpose() {
        return "to the retry topic";
    }

    @Override
    Step unwritten(Throwable error) {
        if (!RetryWriter.isTooLarge(error)) {
            return super.unwritten(error);
        }
        LOG.warn("Too large for its retry topic, so it waits in memory: {}", work());
        work().incoming().notMoved();
        return work().stay(otherwise, Duration.ofMillis(Math.max(0, state.due() - System.currentTimeMillis())));
    }
}
