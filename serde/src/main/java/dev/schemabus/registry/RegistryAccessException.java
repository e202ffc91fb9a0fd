package dev.schemabus.registry;

/** The registry refuses the credentials, or what they may do. */
public final class RegistryAccessException extends RegistryException {

    private static final long serialVersionUID = 1L;

    public RegistryAccessException(int code, String message) {
        super(code, message);
    }

    public RegistryAccessException(int code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
