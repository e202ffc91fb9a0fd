package dev.schemabus.registry;

/** The registry can't be reached, doesn't answer in time, or fails: try again later. */
public final class RegistryUnavailableException extends RegistryException {

    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(int code, String message) {
        super(code, message);
    }

    public RegistryUnavailableException(int code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
