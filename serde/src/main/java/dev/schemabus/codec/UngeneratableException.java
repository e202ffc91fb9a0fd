package dev.schemabus.codec;

import org.jspecify.annotations.Nullable;

/** No class can be generated here: the codec is interpreted. */
final class UngeneratableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UngeneratableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
