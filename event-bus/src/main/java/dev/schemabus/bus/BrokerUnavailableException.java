package dev.schemabus.bus;

/** No Kafka broker answered in time: try again later, or correct {@code bootstrap.servers}. */
public final class BrokerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
