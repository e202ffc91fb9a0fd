package dev.schemabus.registry;

/** What answers at the URL is not a schema registry: correct the URL. */
public final class NotARegistryException extends RegistryException {

    private static final long serialVersionUID = 1L;

    public NotARegistryException(int code, String message) {
        super(code, message);
    }

    public NotARegistryException(int code, String message, Throwable cause) {
        super(code, message, cause);
    }

    private NotARegistryException(int code, String message, boolean writableStackTrace) {
        super(code, message, writableStackTrace);
    }

    /** One without a stack trace, to keep as the cause of those that are thrown later. */
    static NotARegistryException remembered(int code, String message) {
        return new NotARegistryException(code, message, false);
    }
}
