package dev.schemabus.serde;

import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** The registry could not be asked: the record may be fine, and the same call may work later. */
public final class RetriableRegistryException extends RetriableException {

    private static final long serialVersionUID = 1L;

    public RetriableRegistryException(@Nullable String message, Throwable cause) {
        super(message, cause);
    }
}
