package dev.schemabus.bus;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Internal: how far a record is on its way, with what only this part of the way needs. A record begins with
 * {@link Admission}, goes on with {@link Decoding}, then {@link Handling}, and has {@link Ended}, by way of a
 * {@link Move} if that failed.
 */
sealed interface RecordStage<T> permits Admission, Decoding, Move, Handling, RecordStage.Ended {

    /**
     * Goes on, as far as that is possible without waiting.
     *
     * @return null if the record has come to its next stage, or to its handler; else what its lane does now
     */
    @Nullable
    Step turn();

    /** Whether something is under way that a revocation waits for. */
    default boolean underWay() {
        return false;
    }

    /** It is finished or given up. */
    record Ended<T>() implements RecordStage<T> {
        @Override
        public Step turn() {
            return Step.NEXT;
        }
    }

    /** What a future that is done has failed with. */
    static Optional<Throwable> failure(CompletableFuture<?> done) {
        try {
            done.join();
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        }
    }
}
