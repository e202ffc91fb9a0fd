package dev.schemabus.bus;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Internal: how often a record's handler was called, here and before the record came from a retry topic. */
final class Attempts {

    private int count;
    private @Nullable Instant firstFailure;

    /** @param before what the record had behind it when it was read */
    Attempts(RetryState before) {
        this.count = before.attempts();
        this.firstFailure = before.firstFailure();
    }

    int count() {
        return count;
    }

    /** The handler was called. */
    void add() {
        count++;
    }

    /** The handler has failed. */
    void failed(Instant now) {
        firstFailure = firstFailure == null ? now : firstFailure;
    }

    /**
     * When it failed first.
     *
     * @param now the answer if it never did before
     */
    Instant firstFailure(Instant now) {
        return firstFailure == null ? now : firstFailure;
    }

    /**
     * What the record takes along to a retry topic.
     *
     * @param due when it may be handled, in milliseconds since 1970; 0: at once
     */
    RetryState state(long due) {
        return new RetryState(count, due, firstFailure);
    }
}
