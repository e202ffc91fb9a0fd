package dev.schemabus.bus;

/**
 * A subscription stopped because its group's position is not in the log any more: going on anywhere else would skip records
 * or repeat them, which is for somebody to decide. See {@link SubscriptionBuilder#offsetReset}.
 */
public final class OffsetsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OffsetsUnavailableException(String message) {
        super(message);
    }
}
