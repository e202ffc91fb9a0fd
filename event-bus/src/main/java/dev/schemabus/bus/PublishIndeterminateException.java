package dev.schemabus.bus;

import dev.schemabus.bus.PublishOutcome.IndeterminateReason;

/** The event may or may not have been written. Publish it again with the same id ({@link With#eventId}). */
public final class PublishIndeterminateException extends PublishException {

    private static final long serialVersionUID = 1L;

    private final IndeterminateReason reason;
    private final String eventId;

    PublishIndeterminateException(IndeterminateReason reason, String eventId, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.eventId = eventId;
    }

    /** Why nobody knows. */
    public IndeterminateReason reason() {
        return reason;
    }

    /** The id the event was sent with. */
    public String eventId() {
        return eventId;
    }
}
