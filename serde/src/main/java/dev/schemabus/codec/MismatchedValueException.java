package dev.schemabus.codec;

import org.jspecify.annotations.Nullable;

/** The value doesn't fit its type's schema, for instance a null where one is required. The message gives the path. */
public final class MismatchedValueException extends CodecException {

    private static final long serialVersionUID = 1L;

    public MismatchedValueException(String message) {
        this(message, null);
    }

    public MismatchedValueException(String message, @Nullable Throwable cause) {
        this(message, "", cause);
    }

    /**
     * With the place.
     *
     * @param path see {@link #path}
     */
    public MismatchedValueException(String message, String path, @Nullable Throwable cause) {
        super(message, path, cause);
    }
}
