package dev.schemabus.bus;

/** Publishing did not end with an acknowledgement; the two sub-types say whether the event may have been written. */
public abstract sealed class PublishException extends RuntimeException
        permits PublishRejectedException, PublishIndeterminateException {

    private static final long serialVersionUID = 1L;

    PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
