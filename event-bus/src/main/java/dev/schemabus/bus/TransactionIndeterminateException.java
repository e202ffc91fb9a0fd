package dev.schemabus.bus;

import java.util.List;

/**
 * The commit was asked for and not answered: the transaction is committed or aborted as a whole, and nobody knows which.
 * Run it again with the same event ids ({@link With#eventId}), so that consumers can recognise the duplicates.
 */
public final class TransactionIndeterminateException extends TransactionException {

    private static final long serialVersionUID = 1L;

    private final List<String> eventIds;

    TransactionIndeterminateException(List<String> eventIds, String message, Throwable cause) {
        super(message, cause);
        this.eventIds = List.copyOf(eventIds);
    }

    /** The ids of the events published in it, in order. */
    public List<String> eventIds() {
        return eventIds;
    }
}
