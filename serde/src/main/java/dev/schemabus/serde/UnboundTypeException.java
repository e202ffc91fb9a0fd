package dev.schemabus.serde;

import org.jspecify.annotations.Nullable;

/**
 * A record's schema names a type that the reader was not told about. Nothing on the wire picks a class: what may be read
 * is said when the reader is built.
 */
public final class UnboundTypeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnboundTypeException(String message) {
        this(message, null);
    }

    public UnboundTypeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
