package dev.schemabus.bus;

import dev.schemabus.bus.PublishOutcome.RejectionReason;

/** The event was surely not written. */
public final class PublishRejectedException extends PublishException {

    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    PublishRejectedException(RejectionReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What was in the way. */
    public RejectionReason reason() {
        return reason;
    }
}
