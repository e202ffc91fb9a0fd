package dev.schemabus.bus;

/** A {@link ConsumptionStore} is away, and nothing was handled: the record waits until it is back. */
public final class ConsumptionStoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConsumptionStoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
