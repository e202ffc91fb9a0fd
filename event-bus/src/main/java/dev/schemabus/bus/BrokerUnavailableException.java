package dev.schemabus.bus;

import org.jspecify.annotations.Nullable;

/**
 * No Kafka broker answered in time, or no controller behind it: try again later, or correct {@code bootstrap.servers}. The
 * message says which.
 */
public final class BrokerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokerUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
