package dev.schemabus.bus;

/** A setting, a name or a declaration that the bus can't work with: change it as the message says. */
public final class BusConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BusConfigurationException(String message) {
        super(message);
    }

    public BusConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
