package dev.schemabus.bus;

import dev.schemabus.bus.PublishOutcome.RejectionReason;

/** Surely nothing of the transaction was or will be committed: running it again can't make a duplicate. */
public final class TransactionAbortedException extends TransactionException {

    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    TransactionAbortedException(RejectionReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What was in the way. */
    public RejectionReason reason() {
        return reason;
    }
}
