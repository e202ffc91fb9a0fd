package dev.schemabus.codec;

import org.jspecify.annotations.Nullable;

/** Data written with one schema can't be read as the bound type, whatever the data. The message names both. */
public final class UnreadableSchemaException extends CodecException {

    private static final long serialVersionUID = 1L;

    public UnreadableSchemaException(String message) {
        this(message, null);
    }

    public UnreadableSchemaException(String message, @Nullable Throwable cause) {
        this(message, "", cause);
    }

    /**
     * With the place.
     *
     * @param path see {@link #path}
     */
    public UnreadableSchemaException(String message, String path, @Nullable Throwable cause) {
        super(message, path, cause);
    }
}
