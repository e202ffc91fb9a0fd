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

    private RegistryAccessException(int code, String message, boolean writableStackTrace) {
        super(code, message, writableStackTrace);
    }

    /** One without a stack trace, to keep as the cause of those that are thrown later. */
    static RegistryAccessException remembered(int code, String message) {
        return new RegistryAccessException(code, message, false);
    }
}
