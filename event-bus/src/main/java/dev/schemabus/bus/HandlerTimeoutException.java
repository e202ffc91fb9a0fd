package dev.schemabus.bus;

/**
 * A handler ran longer than {@link SubscriptionBuilder#handlerTimeout} allows, and was interrupted. To the retry policy and
 * the dead letter it is what the handler failed with; its cause is what the handler threw, if it threw.
 */
public final class HandlerTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HandlerTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }

    HandlerTimeoutException(String message) {
        super(message);
    }
}
