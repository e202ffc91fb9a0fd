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
}
